// Scoring in one go: single keys, reasons that outlive a lost connection, the next answer fetched ahead.
// Everything is the server's own page and form; without this script they work as they are.
import { initAll } from "/static/govuk-frontend.min.js";
import { forget, keep, kept } from "/static/kept_reasons.js";

const REMEMBERED = "scoring-keys";
const RETRY = 4000; // milliseconds
const LONGEST_WAIT = 15000; // in a tunnel nothing fails, it hangs; the same score sent twice is saved once
const SLOW = 800;

let chosen = null; // the score button that waits for its reason
let waiting = null; // the form and button that wait for the connection
let sending = false;
let ahead = null; // { address, text } of the next answer
let retry;
let shown = location.pathname + location.search;

const form = () => document.getElementById("scores");
const keysBox = () => document.getElementById("use-keys");
const criterionOf = (field) => field.name.slice("reason-".length);
const reasons = () => [...(form()?.querySelectorAll("textarea[name^=reason-]") ?? [])];

function say(words) {
  const region = document.getElementById("connection");
  if (region && region.textContent !== words) region.textContent = words;
}

function setUp() {
  document.querySelectorAll("[data-saved]").forEach((notice) => forget(notice.dataset.handle, notice.dataset.saved));
  if (!form()) return;
  document.getElementById("shortcuts").hidden = false;
  keysBox().checked = localStorage.getItem(REMEMBERED) !== "off";
  for (const field of reasons()) {
    const words = kept(form().dataset.handle, criterionOf(field));
    if (words === null) continue;
    if (words === field.value) forget(form().dataset.handle, criterionOf(field));
    else field.value = words;
  }
  fetchAhead();
}

async function fetchAhead() {
  const link = document.querySelector(".govuk-pagination a[rel=next]");
  ahead = null;
  if (!link) return;
  try {
    const answer = await fetch(link.href, { redirect: "error" });
    const text = await answer.text();
    // Another answer may have come up in between.
    if (answer.ok && document.contains(link)) ahead = { address: link.href, text };
  } catch {
    // No connection: the link still stands.
  }
}

// The part of a page that a visit changes; all of it when somebody was signed out meanwhile.
function changing(page, other) {
  const isSame = Boolean(page.querySelector(".site-sign-out")) === Boolean(other.querySelector(".site-sign-out"));
  return (isSame && page.querySelector("main")?.parentElement) || page.body;
}

// The new page is put in place, and the focus where a reader goes on.
function show(text, address, isNew) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const here = changing(document, page);
  document.title = page.title;
  here.replaceChildren(...changing(page, document).childNodes);
  initAll({ scope: here });
  if (isNew) history.pushState(null, "", address);
  shown = location.pathname + location.search;
  chosen = null;
  setUp();
  const problem = document.querySelector(".govuk-error-summary");
  const target = problem ?? document.querySelector(".sift-notice")?.closest(".sift-criterion") ?? document.querySelector("h1");
  target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
  if (target?.matches("h1")) window.scrollTo(0, 0);
  else target?.scrollIntoView();
}

async function send(sent, button) {
  if (sending) return;
  sending = true;
  clearTimeout(retry);
  const body = new URLSearchParams(new FormData(sent));
  body.append(button.name, button.value);
  const isScore = button.name.startsWith("score-");
  const slow = setTimeout(() => say(isScore ? `Saving your score ${button.value}.` : "Saving."), SLOW);
  try {
    const answer = await fetch(sent.action, { method: "POST", body, signal: AbortSignal.timeout(LONGEST_WAIT) });
    const text = await answer.text();
    waiting = null;
    // The sign-in page, too, comes as a page: it carries what was typed.
    show(text, answer.url, answer.url !== location.href);
  } catch {
    waiting = { sent, button };
    say(`No connection. ${isScore ? `Your score ${button.value}` : "Your change"} is not saved yet. What you typed is kept in this tab, and is sent when the connection is back.`);
    retry = setTimeout(again, RETRY);
  } finally {
    clearTimeout(slow);
    sending = false;
  }
}

function again() {
  if (waiting && document.contains(waiting.sent)) send(waiting.sent, waiting.button);
  else waiting = null;
}

const scoreButton = (section, digit) => [...section.querySelectorAll("button[name^=score-]")]
  .find((button) => button.value === digit) ?? (digit === "0" ? section.querySelector("button[value='10']") : null);

function current() {
  const sections = [...form().querySelectorAll(".sift-criterion")].filter((each) => each.querySelector("textarea"));
  return sections.find((each) => each.contains(document.activeElement))
    ?? sections.find((each) => each.dataset.scored === "no") ?? sections[0];
}

function score(digit) {
  const section = current();
  const button = section && scoreButton(section, digit);
  if (!button) return;
  const field = section.querySelector("textarea");
  if (Number(button.value) < Number(section.dataset.minimum) && !field.value.trim()) {
    chosen = button;
    field.focus();
    say(`Enter a reason for ${button.value}, then press Control and Enter to save both.`);
  } else {
    button.click();
  }
}

function go(direction) {
  const link = document.querySelector(`.govuk-pagination a[rel=${direction}]`);
  link?.click();
}

const ACTS = {
  r: () => current()?.querySelector("textarea").focus(),
  n: () => go("next"),
  p: () => go("prev"),
  u: () => document.querySelector("[name^=undo-]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (!form() || event.altKey || event.defaultPrevented) return;
  const isTyping = event.target.matches("textarea, input:not([type=checkbox])");
  if (isTyping) {
    if (event.key === "Escape") form().focus();
    const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isSent && chosen?.closest(".sift-criterion").contains(event.target)) chosen.click();
    return;
  }
  if (!keysBox().checked || event.ctrlKey || event.metaKey || event.repeat) return;
  const act = /^[0-9]$/.test(event.key) ? () => score(event.key) : ACTS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("#scores textarea")) {
    keep(form().dataset.handle, criterionOf(event.target), event.target.value);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "use-keys") localStorage.setItem(REMEMBERED, event.target.checked ? "on" : "off");
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#scores, .sift-undo") || !event.submitter) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".govuk-pagination a[rel=next]");
  if (!link || link.href !== ahead?.address || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // A score that waits for the connection stays on the page until it is saved.
  if (waiting) {
    event.preventDefault();
    again();
    return;
  }
  event.preventDefault();
  show(ahead.text, ahead.address, true);
});

window.addEventListener("online", again);
// A link within the page comes here, too.
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});
setUp();
