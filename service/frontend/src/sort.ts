/** Column headers that sort: a button per header, `aria-sort` on the header in force. */

type Direction = "ascending" | "descending";

export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const headers = Array.from(table.tHead?.rows[0]?.cells ?? []);
  if (body === undefined || body.rows.length < 2) return;
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-button";
    button.append(...Array.from(header.childNodes));
    header.append(button);
    button.addEventListener("click", () => {
      const direction: Direction =
        header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", direction);
      sortRows(body, column, direction);
    });
  });
}

function sortRows(body: HTMLTableSectionElement, column: number, direction: Direction): void {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const turn = direction === "ascending" ? 1 : -1;
  const keyed = Array.from(body.rows, (row) => ({ row, key: keyOf(row.cells[column]) }));
  keyed.sort((a, b) => {
    if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
    return turn * compare(a.key, b.key, collator);
  });
  body.append(...keyed.map(({ row }) => row));
}

function keyOf(cell: HTMLTableCellElement | undefined): string {
  if (cell === undefined) return "";
  return cell.dataset["value"] ?? cell.textContent?.trim() ?? "";
}

function compare(a: string, b: string, collator: Intl.Collator): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}
