import { html, nothing, type TemplateResult } from "lit-html";
import type { CreatePool, CreatePools } from "../../shared/createCluster.ts";
import { type FieldPath, type FormField, fieldId } from "../../shared/form.ts";
import { drawControl, drawItems, holdsWrong } from "./fields.ts";
import { icon, messageBox } from "./parts.ts";
import type { Ui } from "./ui.ts";

/** The list that the rows of the table are. */
const POOLS: FieldPath = ["spec", "machinePools"];

/** The table of machine pools; each row unfolds what is rarely needed. */
export function drawPools(pools: CreatePools, ui: Ui): TemplateResult {
  const columns = 4 + pools.columns.length;
  return html`<fieldset class="section" id=${fieldId(POOLS)} tabindex="-1" ?disabled=${ui.locked}>
    <legend><h2>Machine pools</h2></legend>
    ${
      pools.rows.length === 0
        ? html`<p class="help">No machine pool yet. A cluster needs machines for its control plane.</p>`
        : html`<table class="pools">
        <caption class="visually-hidden">Machine pools of the cluster</caption>
        <thead><tr>
          <th class="c-22" scope="col">Name</th><th class="c-12" scope="col">Machines</th>
          <th class="c-22" scope="col">Autoscale from, to</th>
          ${pools.columns.map((title) => html`<th scope="col">${title}</th>`)}
          <th scope="col"><span class="visually-hidden">Actions</span></th>
        </tr></thead>
        <tbody>${pools.rows.map((pool, index) => row(pool, index, pools, columns, ui))}</tbody>
      </table>`
    }
    ${pools.messages.map((each) => messageBox(each))}
    <div class="actions mt-2"><button type="button" data-add=${fieldId(POOLS)} @click=${() => ui.add(POOLS, pools.rows.length)}>
      ${icon("add")} Add Machine Pool</button></div>
    ${pools.notes.length === 0 ? nothing : html`<div class="mt-2">${drawItems(pools.notes, ui)}</div>`}
  </fieldset>`;
}

function row(pool: CreatePool, index: number, pools: CreatePools, columns: number, ui: Ui): TemplateResult {
  const more = `${fieldId(pool.path)}-more`;
  const inCells = [
    pool.name,
    pool.size,
    ...(typeof pool.autoscaling === "string" ? [] : [pool.autoscaling.min, pool.autoscaling.max]),
    ...pool.cells.filter((each) => each !== null),
  ];
  const open = ui.isOpen(more, holdsWrong(pool.more, ui));
  const said = inCells.filter((field) => ui.speaksOf(field) && field.messages.length > 0);
  const rows = pools.rows.length;
  return html`<tr data-row="${fieldId(POOLS)}-${String(pool.path.at(-1))}">
      <th scope="row" class="w6">${cell(pool.name, `Name, ${pool.title}`, ui)}</th>
      <td>${cell(pool.size, "Machines", ui)}</td>
      <td class="auto">${
        typeof pool.autoscaling === "string"
          ? html`<span class="cell-label" aria-hidden="true">Autoscale</span><span class="as-field muted">${pool.autoscaling}</span>`
          : html`<span class="cell-label" aria-hidden="true">Autoscale from, to</span><div class="range">
            ${drawControl(pool.autoscaling.min, ui, `Autoscale ${pool.title} from`, false)}<span aria-hidden="true">to</span>
            ${drawControl(pool.autoscaling.max, ui, `Autoscale ${pool.title} to`, false)}</div>`
      }</td>
      ${pool.cells.map(
        (field, at) =>
          html`<td class="w3">${field === null ? nothing : cell(field, pools.columns[at] ?? field.label, ui)}</td>`,
      )}
      <td class="w6"><div class="row-actions">
        <button type="button" class="icon" aria-label="${open ? "Hide" : "Show"} more of ${pool.title}" title="${open ? "Less" : "More"}"
          aria-expanded=${open ? "true" : "false"} aria-controls=${open ? more : nothing} @click=${() => ui.setOpen(more, !open)}>
          ${icon(open ? "chevron-down" : "chevron-right")}</button>
        ${action("Clone", "copy", pool, () => ui.clone(POOLS, pool.path, rows))}
        ${action("Remove", "trash", pool, () => ui.remove(POOLS, pool.path, index, rows))}
      </div></td>
    </tr>
    ${
      open || said.length > 0 || pool.messages.length > 0
        ? html`<tr class="more"><td colspan=${columns}>
        ${pool.messages.map((each) => messageBox(each))}
        ${said.map(
          (field) =>
            html`<span class="messages" id="${fieldId(field.path)}-msg">${field.messages.map((each) =>
              messageBox(each, `${field.label}: `),
            )}</span>`,
        )}
        ${
          open
            ? html`<div class="inset" id=${more} role="group" aria-label="More of machine pool ${pool.title}">${drawItems(pool.more, ui)}</div>`
            : nothing
        }
      </td></tr>`
        : nothing
    }`;
}

function cell(field: FormField, label: string, ui: Ui): TemplateResult {
  return html`<label class="cell-label" for=${fieldId(field.path)}>${label}</label>${drawControl(field, ui, undefined, false)}`;
}

/** An action of a row. Where it is not possible the button stays, and its name says why. */
function action(verb: string, name: string, pool: CreatePool, act: () => void): TemplateResult {
  const words = `${verb} ${pool.title}`;
  return pool.fixed === null
    ? html`<button type="button" class="icon" aria-label=${words} title=${verb} @click=${act}>${icon(name)}</button>`
    : html`<button type="button" class="icon" aria-disabled="true" aria-label="${words}: ${pool.fixed}" title=${pool.fixed}>${icon(name)}</button>`;
}
