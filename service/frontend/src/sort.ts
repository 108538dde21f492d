/** Column headers that sort, where rows stand by case within each: a button per header, `aria-sort` on the header in force. */

type Direction = "ascending" | "descending";

export function makeSortable(table: HTMLTableElement): void {
  const bodies = Array.from(table.tBodies);
  const headers = Array.from(table.tHead?.rows[0]?.cells ?? []);
  if (!bodies.some((body) => rowsOf(body).length > 1)) return;
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
      bodies.forEach((body) => sortRows(body, column, direction));
    });
  });
}

function sortRows(body: HTMLTableSectionElement, column: number, direction: Direction): void {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const turn = direction === "ascending" ? 1 : -1;
  const keyed = rowsOf(body).map((row) => ({ row, key: keyOf(row.cells[column]) }));
  keyed.sort((a, b) => {
    if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
    return turn * compare(a.key, b.key, collator);
  });
  body.append(...keyed.map(({ row }) => row));
}

/** The rows themselves, without what stands above those of one case. */
function rowsOf(body: HTMLTableSectionElement): HTMLTableRowElement[] {
  return Array.from(body.rows).filter((row) => !row.matches(".case-title, .case-facts"));
}

function keyOf(cell: HTMLTableCellElement | undefined): string {
  if (cell === undefined) return "";
  const main = cell.querySelector(".cell-main") ?? cell;
  return cell.dataset["value"] ?? main.textContent?.trim() ?? "";
}

function compare(a: string, b: string, collator: Intl.Collator): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}
