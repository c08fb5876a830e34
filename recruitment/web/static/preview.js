// Words selected in an answer can be hidden with one button; without this, they are copied into the field below.

const LONGEST = 60;

function selectedIn(answer) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!answer.contains(range.startContainer) || !answer.contains(range.endContainer)) return "";
  // A mark or a neutral word does not stand in what was written.
  const inner = range.cloneContents();
  const inMark = (node) => (node instanceof Element ? node : node.parentElement).closest(".passage-hidden, .preview-number, .preview-neutral");
  if (inner.querySelector(".passage-hidden, .preview-number, .preview-neutral")) return "";
  if (inMark(range.startContainer) || inMark(range.endContainer)) return "";
  return range.toString().trim();
}

for (const answer of document.querySelectorAll("[data-answer]")) {
  const form = document.getElementById(`hide-${answer.dataset.answer}`);
  const field = form.querySelector("textarea");
  const bar = document.createElement("div");
  bar.className = "preview-bar";
  bar.hidden = true;
  const button = document.createElement("button");
  button.type = "submit";
  button.className = "govuk-button govuk-button--secondary";
  button.setAttribute("form", form.id);
  bar.append(button);
  answer.after(bar);

  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const words = selectedIn(answer);
      // A tap on the button takes the selection away: the bar stays until something else is touched.
      if (!words) return;
      field.value = words;
      button.textContent = `Hide “${words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}”`;
      bar.hidden = false;
    }, 250);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!bar.contains(event.target)) bar.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") bar.hidden = true;
  });
}
