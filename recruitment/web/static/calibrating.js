// A sample answer: reasons typed and not saved yet outlive a lost connection, as they do beside candidates' answers.
import { forget, keep, kept } from "/static/kept_reasons.js";

const part = document.querySelector("[data-sample]");
const sample = part.dataset.sample;
const reasons = [...part.querySelectorAll("textarea[name^=reason_]")];

for (const field of reasons) {
  const words = kept(sample, field.name);
  if (words !== null) field.value = words;
  field.addEventListener("input", () => keep(sample, field.name, field.value));
}
// Once they are saved there is no form any more, and every criterion stands in a card of its own.
if (!reasons.length) {
  part.querySelectorAll(".govuk-summary-card").forEach((_, place) => forget(sample, `reason_${place + 1}`));
}
