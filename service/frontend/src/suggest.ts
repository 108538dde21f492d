/** Names that a search may mean, offered while somebody types. Without them the search works as well. */

const PAUSE_MS = 150;
const FEWEST_LETTERS = 2;

interface Suggestion {
  label: string;
  alsoCalled: string | null;
  type: { label: string };
}

/** Offer names below `field` from the address in its `data-suggests`. */
export function addSuggestions(field: HTMLInputElement): void {
  const address = field.dataset["suggests"];
  if (!address) return;
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer = 0;
  let asked: AbortController | undefined;
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    asked?.abort();
    timer = window.setTimeout(() => {
      asked = new AbortController();
      void offer(field.value, address, list, asked.signal);
    }, PAUSE_MS);
  });
}

async function offer(
  typed: string,
  address: string,
  list: HTMLDataListElement,
  signal: AbortSignal,
): Promise<void> {
  if (typed.trim().length < FEWEST_LETTERS) {
    list.replaceChildren();
    return;
  }
  const query = new URLSearchParams({ q: typed, lang: document.documentElement.lang });
  try {
    const answer = await fetch(`${address}?${query}`, { signal });
    if (answer.ok) {
      const found = (await answer.json()) as { suggestions: Suggestion[] };
      list.replaceChildren(...found.suggestions.map(option));
    }
  } catch {
    // typed on, or no network: what stands there stays
  }
}

function option(one: Suggestion): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = one.alsoCalled ?? one.label;
  made.label = one.alsoCalled ? `${one.label} (${one.type.label})` : one.type.label;
  return made;
}
