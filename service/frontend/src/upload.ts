/** Sends the upload form with progress in sight, and puts the answer in place of the page. */

interface Parts {
  form: HTMLFormElement;
  progress: HTMLElement;
  bar: HTMLProgressElement;
  cancel: HTMLButtonElement;
  status: HTMLElement;
  error: HTMLElement;
}

interface Shown {
  shows?: string;
}

const STEP_PERCENT = 10;
let shown = (history.state as Shown | null)?.shows;

/** `enhance` is called once another page stands here. */
export function addUpload(enhance: () => void): void {
  const parts = partsOf(document);
  if (parts === null) return;
  parts.form.addEventListener("submit", (event) => {
    // a file comes back, which the browser saves by itself
    if (event.submitter instanceof HTMLButtonElement && event.submitter.value === "marked") return;
    event.preventDefault();
    if (parts.progress.hidden) send(parts, event.submitter, enhance);
  });
}

/** Back and forward between two answers that came without the browser loading a page. */
export function followHistory(): void {
  window.addEventListener("popstate", (event) => {
    const wanted = (event.state as Shown | null)?.shows;
    if (location.hash === "" && wanted !== shown) location.reload();
  });
}

function partsOf(page: Document): Parts | null {
  const form = page.getElementById("upload-form");
  const progress = page.getElementById("upload-progress");
  const bar = progress?.querySelector("progress") ?? null;
  const cancel = page.getElementById("upload-cancel");
  const status = page.getElementById("upload-status");
  const error = page.getElementById("upload-error");
  if (!(form instanceof HTMLFormElement) || !(cancel instanceof HTMLButtonElement)) return null;
  if (progress === null || bar === null || status === null || error === null) return null;
  return { form, progress, bar, cancel, status, error };
}

function send(parts: Parts, submitter: HTMLElement | null, enhance: () => void): void {
  const data = new FormData(parts.form);
  const commits = submitter instanceof HTMLButtonElement && submitter.value === "commit";
  data.append("mode", commits ? "commit" : "preview");
  parts.status.textContent = "";
  parts.error.textContent = "";
  const file = data.get("file");
  if (file instanceof File && file.size > Number(parts.form.dataset["mostBytes"])) {
    say(parts.error, "tooLarge");
    return;
  }
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  let sent = false;
  setBusy(parts, true);
  say(parts.status, "sending", { percent: "0" });
  parts.cancel.addEventListener("click", stop);
  followProgress(request, parts, () => {
    sent = true;
    say(parts.status, commits ? "recording" : "checking");
    parts.cancel.hidden = commits;
  });
  request.addEventListener("load", () => show(request, parts, enhance));
  request.addEventListener("error", () => say(parts.error, commits && sent ? "unsure" : "lost"));
  request.addEventListener("abort", () => say(parts.status, "stopped"));
  request.addEventListener("loadend", () => {
    parts.cancel.removeEventListener("click", stop);
    setBusy(parts, false);
  });
  request.open("POST", parts.form.action);
  request.send(data);
}

function setBusy(parts: Parts, busy: boolean): void {
  for (const button of parts.form.querySelectorAll('button[type="submit"]')) {
    button.setAttribute("aria-disabled", String(busy));
  }
  parts.progress.hidden = !busy;
  parts.cancel.hidden = false;
  parts.bar.removeAttribute("value");
  if (!busy && parts.error.textContent !== "") parts.status.textContent = "";
}

/** The bar follows closely; what is read aloud changes only at every tenth part. */
function followProgress(request: XMLHttpRequest, parts: Parts, whenSent: () => void): void {
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    parts.bar.value = percent;
    say(parts.status, "sending", { percent: String(percent - (percent % STEP_PERCENT)) });
  });
  request.upload.addEventListener("load", () => {
    parts.bar.removeAttribute("value");
    whenSent();
  });
}

function say(place: HTMLElement, name: string, values: Record<string, string> = {}): void {
  let words = place.dataset[name] ?? "";
  for (const [key, value] of Object.entries(values)) words = words.replace(`{${key}}`, value);
  if (place.textContent !== words) place.textContent = words;
}

function show(request: XMLHttpRequest, parts: Parts, enhance: () => void): void {
  const kind = request.getResponseHeader("Content-Type") ?? "";
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  if (!kind.startsWith("text/html") || answer.getElementById("main") === null) {
    say(parts.error, "strange", { status: String(request.status) });
    return;
  }
  const field = parts.form.querySelector<HTMLInputElement>('input[type="file"]');
  shown = `${Date.now()}`;
  history.pushState({ shows: shown } satisfies Shown, "", request.responseURL);
  document.title = answer.title;
  document.body.replaceWith(document.adoptNode(answer.body));
  keepFile(field?.files ?? null);
  enhance();
  goTo("error-summary", "report", "notice-recorded", "main");
}

/** A good file stays chosen, so that it can be recorded as it was checked. */
function keepFile(files: FileList | null): void {
  const again = document.getElementById("choose-again");
  const field = document.getElementById("field-file");
  const record = document.getElementById("record");
  const status = document.getElementById("upload-status");
  if (again === null || record === null || status === null || files === null) return;
  if (!(field instanceof HTMLInputElement)) return;
  field.files = files;
  again.textContent = status.dataset["kept"] ?? "";
}

function goTo(...ids: string[]): void {
  const target = ids.map((id) => document.getElementById(id)).find((found) => found !== null);
  if (!target) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}
