// A moderation meeting: single keys, the reason kept until it is saved, and what the others save shown as it comes.
import { forget, keep, kept } from "/static/kept_reasons.js";

const REMEMBERED = "scoring-keys";
const LOOK_AGAIN = 4000; // milliseconds
const LOOKS = 300; // then the page is left alone, so that an empty room is signed out like any other

const form = document.getElementById("proposal");
const box = document.getElementById("use-keys");
const voices = document.querySelector("[data-voices]");
const reason = form?.querySelector("textarea");
let looks = 0;

if (form) {
  document.getElementById("shortcuts").hidden = false;
  box.checked = localStorage.getItem(REMEMBERED) !== "off";
  box.addEventListener("change", () => localStorage.setItem(REMEMBERED, box.checked ? "on" : "off"));
  const [handle, criterion] = form.dataset.handle.split(" ");
  if (new URLSearchParams(location.search).has("proposed")) forget(handle, criterion);
  const words = kept(handle, criterion);
  if (words !== null) reason.value = words;
  reason.addEventListener("input", () => keep(handle, criterion, reason.value));
  setTimeout(look, LOOK_AGAIN);
}

async function look() {
  looks += 1;
  try {
    const answer = document.hidden ? null : await fetch(location.href, { redirect: "error" });
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const found = page?.querySelector("[data-voices]");
    if (found && !page.getElementById("proposal")) {
      location.reload(); // agreed
      return;
    }
    if (found && found.textContent !== voices.textContent) {
      voices.replaceChildren(...found.childNodes);
      document.getElementById("news").textContent = "Somebody has saved the score they would agree to.";
    }
  } catch {
    // No connection: the next look tells.
  }
  if (looks < LOOKS) setTimeout(look, LOOK_AGAIN);
}

function choose(digit) {
  const options = [...form.querySelectorAll("input[type=radio]")];
  const option = options.find((each) => each.value === digit) ?? (digit === "0" ? options.find((each) => each.value === "10") : null);
  if (!option) return;
  option.checked = true;
  option.focus();
}

const ACTS = {
  r: () => reason?.focus(),
  n: () => document.querySelector(".govuk-pagination a[rel=next]")?.click(),
  p: () => document.querySelector(".govuk-pagination a[rel=prev]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.altKey) return;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.target.matches("textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const isOff = box ? !box.checked : localStorage.getItem(REMEMBERED) === "off";
  if (isOff || event.ctrlKey || event.metaKey || event.repeat) return;
  const act = form && /^[0-9]$/.test(event.key) ? () => choose(event.key) : ACTS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
