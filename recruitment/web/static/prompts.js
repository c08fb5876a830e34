// While an answer is written, the page asks now and then what of it shortlisters would not read.
// Nothing is saved by asking; when anything fails, nothing is said.

const PAUSE = 1500;
const region = document.querySelector("[data-prompts-at]");
const field = region?.closest("form").querySelector("textarea");
const token = region?.closest("form").querySelector("[name=csrf_token]")?.value;

let waiting, asked, request;

async function ask() {
  if (field.value === asked) return;
  asked = field.value;
  request?.abort();
  request = new AbortController();
  try {
    const answer = await fetch(region.dataset.promptsAt, {
      method: "POST",
      body: new URLSearchParams({ answer: asked, csrf_token: token }),
      redirect: "error",
      signal: request.signal,
    });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-prompts]");
    // Written again only when it says something else, so that it is not read out twice.
    if (found && found.textContent.trim() !== region.textContent.trim()) region.replaceChildren(...found.childNodes);
  } catch {
    // Offline, signed out or overtaken by the next request.
  }
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
