import type { CreateClusterForm } from "../../shared/createCluster.ts";
import { type FieldPath, fieldId } from "../../shared/form.ts";
import type { Ui } from "./ui.ts";

/** Puts the focus on the field at `path`, or what holds it, and unfolds what hides it. */
export function goTo(root: HTMLElement, ui: Ui, path: FieldPath): void {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const row = `${fieldId(part)}-more`;
    const found = document.getElementById(fieldId(part));
    if (found !== null) {
      for (
        let up = found.closest("details");
        up !== null;
        up = up.parentElement?.closest("details") ?? null
      ) {
        ui.setOpen(up.dataset.id ?? "", true);
      }
      found.focus();
      return;
    }
    // A row that hides its fields: unfold it, and look again.
    if (
      root.querySelector(`[data-row="${fieldId(path.slice(0, length - 1))}-${path[length - 1]}"]`) !== null &&
      !ui.isOpen(row)
    ) {
      ui.setOpen(row, true);
      if (document.getElementById(fieldId(path)) !== null) {
        goTo(root, ui, path);
        return;
      }
    }
  }
  root.querySelector<HTMLElement>("h1")?.focus();
}

/** After adding a row its first field, after removing one the row that took its place (mocks/README.md, Focus). */
export function grantWish(root: HTMLElement, ui: Ui): void {
  const { wish } = ui;
  if (wish === undefined) {
    return;
  }
  const id = fieldId(wish.path);
  const rows = [...root.querySelectorAll<HTMLElement>(`[data-row^="${id}-"]`)];
  if (rows.length === wish.rows) {
    return;
  }
  ui.wish = undefined;
  const row = rows[wish.row] ?? rows.at(-1);
  const target =
    row?.querySelector<HTMLElement>("input, select, textarea") ??
    root.querySelector<HTMLElement>(`[data-add="${id}"]`);
  target?.focus();
}

/** Where a new page begins: at its notice, or the first field to fill. */
export function openingFocus(root: HTMLElement, form: CreateClusterForm): void {
  const notice = form.notice === null ? null : document.getElementById("notice-box");
  const empty = [...root.querySelectorAll<HTMLInputElement>("form :required")].find(
    ({ value }) => value === "",
  );
  (notice ?? empty ?? root.querySelector<HTMLElement>("form input, form select"))?.focus();
}
