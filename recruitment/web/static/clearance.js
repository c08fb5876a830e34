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
const isOpen = (passage) => !passage.querySelector("input[type=radio]:checked");
const everywhere = (passage) => passage.querySelector("[name=everywhere]");
const goTo = (index) => (index >= 0 && index < passages.length ? choice(passages[index], "restore") : save).focus();

// What is decided "everywhere" is decided on this page at once; a choice made before stays.
const spread = (passage) => {
  const chosen = passage.querySelector("input[type=radio]:checked");
  if (!chosen || !everywhere(passage)?.checked) return;
  passages
    .filter((other) => isOpen(other) && other.dataset.passage === passage.dataset.passage)
    .forEach((other) => { choice(other, chosen.value).checked = true; });
};
passages.forEach((passage) => passage.addEventListener("change", () => spread(passage)));

const decide = (value) => {
  const here = current() < 0 ? passages.findIndex(isOpen) : current();
  if (here < 0) return;
  choice(passages[here], value).checked = true;
  spread(passages[here]);
  goTo(passages.findIndex((passage, index) => index > here && isOpen(passage)));
};

const ACTS = {
  r: () => decide("restore"),
  h: () => decide("hide"),
  s: () => {
    const box = current() < 0 ? null : everywhere(passages[current()]);
    if (!box) return;
    box.checked = !box.checked;
    spread(passages[current()]);
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
