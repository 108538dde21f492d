/** A button beside every `[data-copy]` block that puts its text on the clipboard. */

const SHOWN_FOR_MS = 4000;

export function addCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    const source = document.getElementById(button.dataset["copies"] ?? "");
    if (source === null) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(button, textOf(source)));
  }
}

function textOf(source: HTMLElement): string {
  return source instanceof HTMLTextAreaElement ? source.value : (source.textContent ?? "");
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const status = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  const said = await write(text) ? button.dataset["done"] : button.dataset["failed"];
  if (status === null) return;
  status.textContent = said ?? "";
  window.setTimeout(() => (status.textContent = ""), SHOWN_FOR_MS);
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
