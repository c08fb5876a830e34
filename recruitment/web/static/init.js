import { initAll } from "/static/govuk-frontend.min.js";
import { forgetAll } from "/static/kept_reasons.js";

initAll();

document.addEventListener("submit", (event) => {
  if (event.target.matches(".site-sign-out")) forgetAll();
});
