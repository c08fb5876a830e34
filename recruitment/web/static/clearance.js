// One key decides a passage and goes on to the next. The keys can be switched off (WCAG 2.1.4), and stay off.
const passages = [...document.querySelectorAll("[data-passage]")];
const save = document.querySelector("[data-save]");
const use = document.getElementById("use-keys");
const REMEMBERED = "clearance-keys";

document.getElementById("shortcuts").hidden = false;
use.checked = localStorage.getItem(REMEMBERED) !== "off";
use.addEventListener("change", () => localStorage.setItem(REMEMBERED, use.checked ? "on" : "off"));

const choice = (passage, value) => passage.querySelector(`input[type=radio][value=${value}]`);
const current = () => passages.findIndex((passage) => passage.contains(document.activeElement));
const goTo = (index) => (index < passages.length ? choice(passages[index], "restore") : save).focus();

const decide = (value) => {
  const here = current() < 0 ? passages.findIndex((one) => !one.querySelector("input[type=radio]:checked")) : current();
  if (here < 0) return;
  choice(passages[here], value).checked = true;
  goTo(here + 1);
};

const ACTS = {
  r: () => decide("restore"),
  h: () => decide("hide"),
  s: () => {
    const box = current() < 0 ? null : passages[current()].querySelector("[name=everywhere]");
    if (box) box.checked = !box.checked;
  },
  u: () => {
    const back = (current() < 0 ? passages.length : current()) - 1;
    if (back < 0) return;
    passages[back].querySelectorAll("input").forEach((input) => { input.checked = false; });
    goTo(back);
  },
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  const act = ACTS[event.key.toLowerCase()];
  if (!act || !use.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});
