/** A box that hides the rows of a table, or the entries of a list, which do not hold the words in it. */

interface Part {
  group: HTMLElement | null;
  element: HTMLElement;
  text: string;
}

export function addFilter(field: HTMLInputElement): void {
  const whole = document.getElementById(field.dataset["filters"] ?? "");
  if (whole === null) return;
  field.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
  const form = field.form;
  form?.addEventListener("submit", (event) => event.preventDefault());
  form?.querySelector("button")?.setAttribute("hidden", "");
  let parts: Part[] | null = null;
  field.addEventListener("input", () => {
    parts ??= partsOf(whole);
    show(parts, folded(field.value).split(/\s+/).filter(Boolean));
    report(field, parts.filter(({ element }) => !element.hidden).length, parts.length);
  });
}

function partsOf(whole: HTMLElement): Part[] {
  const found = whole.querySelectorAll<HTMLElement>(
    "tbody > tr:not(.case-title, .case-facts), section li",
  );
  return Array.from(found, (element) => {
    const group = element.closest<HTMLElement>("tbody.case, section");
    const heads = Array.from(group?.querySelectorAll(".case-title, .case-facts") ?? []);
    return { group, element, text: folded([element, ...heads].map(textOf).join(" ")) };
  });
}

function show(parts: Part[], words: string[]): void {
  const kept = new Set<HTMLElement>();
  for (const { group, element, text } of parts) {
    element.hidden = !words.every((word) => text.includes(word));
    if (group !== null && !element.hidden) kept.add(group);
  }
  for (const { group } of parts) {
    if (group !== null) group.hidden = !kept.has(group);
  }
}

/** What an element says, without the labels of what is in it. */
function textOf(element: Element): string {
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return "";
  copy.querySelectorAll("dt, .visually-hidden").forEach((label) => label.remove());
  return `${copy.textContent ?? ""} ${copy.dataset["words"] ?? ""}`;
}

function report(field: HTMLInputElement, shown: number, all: number): void {
  const status = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  if (status === null) return;
  const words = status.dataset["words"] ?? "";
  status.textContent = words.replace("{shown}", String(shown)).replace("{all}", String(all));
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
