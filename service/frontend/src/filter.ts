/** A box that hides the rows of a table which do not hold the words typed in it. */

export function addFilter(field: HTMLInputElement): void {
  const table = document.getElementById(field.dataset["filters"] ?? "");
  const box = field.closest<HTMLElement>("[hidden]");
  if (!(table instanceof HTMLTableElement)) return;
  if (box !== null) box.hidden = false;
  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
    let shown = 0;
    for (const row of rows) {
      const text = folded(row.textContent ?? "");
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    report(field, shown, rows.length);
  });
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
