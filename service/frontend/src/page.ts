/** Small improvements. Every page works without them. */

import { addCopyButtons } from "./copy";
import { openNamedDetails } from "./details";
import { addFilter } from "./filter";
import { makeSortable } from "./sort";
import { addSuggestions } from "./suggest";
import { addUpload, followHistory } from "./upload";

function enhance(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
    makeSortable(table);
  }
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-filters]")) {
    addFilter(field);
  }
  addCopyButtons();
  addUpload(enhance);
}

document.documentElement.classList.add("has-script");
enhance();
openNamedDetails();
followHistory();
for (const field of document.querySelectorAll<HTMLInputElement>("input[data-suggests]")) {
  addSuggestions(field);
}
