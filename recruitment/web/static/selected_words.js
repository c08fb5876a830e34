// What a reader selects in a text goes into the field of the words that tell, unless they typed there themselves.
for (const text of document.querySelectorAll("[data-words-into]")) {
  const field = document.getElementById(text.dataset.wordsInto);
  let filled = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    const isInside = text.contains(selection.anchorNode) && text.contains(selection.focusNode);
    if (words && isInside && field.value.trim() === filled) {
      field.value = filled = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}
