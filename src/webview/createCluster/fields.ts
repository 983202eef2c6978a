import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { CreateButton } from "../../shared/createCluster.ts";
import {
  type FormFacts,
  type FormField,
  type FormGroup,
  type FormItem,
  type FormList,
  type FormNote,
  type FormStack,
  fieldId,
} from "../../shared/form.ts";
import { buttons, icon, messageBox, toneIcon } from "./parts.ts";
import type { Ui } from "./ui.ts";

type Drawn = TemplateResult | typeof nothing;

/** The items of a section, group or row, in their order. */
export function drawItems(items: readonly FormItem[], ui: Ui): TemplateResult {
  return html`<div class="fields">${items.map((item) => drawItem(item, ui))}</div>`;
}

function drawItem(item: FormItem, ui: Ui): Drawn {
  switch (item.kind) {
    case "field":
      return drawField(item, ui);
    case "group":
      return group(item, ui);
    case "list":
      return list(item, ui);
    case "note":
      return note(item, ui);
    case "facts":
      return facts(item, ui);
    case "stack":
      return stack(item);
  }
}

/** A field with its label, help and messages. */
function drawField(field: FormField, ui: Ui): TemplateResult {
  const id = fieldId(field.path);
  const width = field.wide ? "wide" : "";
  if (field.control.type === "checkbox") {
    return html`<div class="field ${width}">
      <div class="choice">${drawControl(field, ui)}<label for=${id}>${field.label}</label></div>
      ${under(field, ui)}
    </div>`;
  }
  return html`<div class="field ${width}">
    <label for=${id}>${field.label}${field.optional ? html` <span class="optional">(optional)</span>` : nothing}</label>
    ${
      field.buttons.length === 0
        ? drawControl(field, ui)
        : html`<div class="with-button">${drawControl(field, ui)}${buttons(field.buttons as readonly CreateButton[], ui)}</div>`
    }
    ${under(field, ui)}
  </div>`;
}

/** Whether a field has something to say that is wrong. */
function isWrong(field: FormField, ui: Ui): boolean {
  return ui.speaksOf(field) && field.messages.some(({ severity }) => severity === "error");
}

/** Whether any field of `items`, however deep, is wrong: what hides it opens by itself. */
export function holdsWrong(items: readonly FormItem[], ui: Ui): boolean {
  return items.some((item) => {
    switch (item.kind) {
      case "field":
        return isWrong(item, ui);
      case "group":
        return holdsWrong(item.items, ui);
      case "list":
        return listMessages(item, ui).length > 0 || item.rows.some((row) => holdsWrong(row, ui));
      default:
        return false;
    }
  });
}

function under(field: FormField, ui: Ui): TemplateResult {
  const id = fieldId(field.path);
  const messages = ui.speaksOf(field) ? field.messages : [];
  return html`${field.help === "" ? nothing : html`<span class="help" id="${id}-help">${field.help}</span>`}${
    messages.length === 0
      ? nothing
      : html`<span class="messages" id="${id}-msg">${messages.map((each) => messageBox(each))}</span>`
  }`;
}

/** The control alone. `name` is its accessible name where no label points to it. */
export function drawControl(field: FormField, ui: Ui, name?: string, below = true): TemplateResult {
  const { control, path } = field;
  const id = fieldId(path);
  const described =
    [
      ...(below && field.help !== "" ? [`${id}-help`] : []),
      ...(ui.speaksOf(field) && field.messages.length > 0 ? [`${id}-msg`] : []),
    ].join(" ") || nothing;
  const label = name ?? nothing;
  const invalid = isWrong(field, ui) ? "true" : nothing;
  const type = (event: Event) => ui.drafts.type(path, (event.target as HTMLInputElement).value);
  const leave = () => ui.leave(path);
  switch (control.type) {
    case "checkbox":
      return html`<input type="checkbox" id=${id} aria-label=${label} aria-describedby=${described} aria-invalid=${invalid}
        .checked=${live(control.value)}
        @change=${(event: Event) => ui.drafts.choose(path, (event.target as HTMLInputElement).checked)}>`;
    case "select":
      return html`<span class="select"><select id=${id} aria-label=${label} aria-describedby=${described} aria-invalid=${invalid}
        ?required=${!field.optional} @blur=${leave}
        @change=${(event: Event) => ui.drafts.choose(path, (event.target as HTMLSelectElement).value)}>${control.groups.map(
          (each) =>
            each.label === ""
              ? options(each.options, control.value)
              : html`<optgroup label=${each.label}>${options(each.options, control.value)}</optgroup>`,
        )}</select>${icon("chevron-down")}</span>`;
    case "lines":
      return html`<textarea id=${id} rows="3" spellcheck="false" aria-label=${label} aria-describedby=${described} aria-invalid=${invalid}
        ?required=${!field.optional} placeholder=${control.placeholder || nothing}
        .value=${live(ui.drafts.shown(path, control.value))} @input=${type} @blur=${leave}></textarea>`;
    case "number":
      return html`<input type="number" id=${id} aria-label=${label} aria-describedby=${described} aria-invalid=${invalid}
        min=${control.min ?? nothing} max=${control.max ?? nothing} step=${control.whole ? "1" : "any"}
        ?required=${!field.optional} placeholder=${control.placeholder || nothing}
        .value=${live(ui.drafts.shown(path, control.value))} @input=${type} @blur=${leave}>`;
    case "secret":
      return html`<input type="password" id=${id} autocomplete="new-password" aria-label=${label} aria-describedby=${described}
        aria-invalid=${invalid} ?required=${!field.optional && control.state !== "given"} placeholder=${control.state === "given" ? "••••••••" : nothing}
        .value=${live(ui.drafts.shown(path, ""))} @input=${type} @blur=${leave}>`;
    case "text":
      return html`<input type="text" id=${id} spellcheck="false" autocomplete="off" aria-label=${label} aria-describedby=${described}
        aria-invalid=${invalid} list=${control.suggestions.length > 0 ? `${id}-list` : nothing}
        ?required=${!field.optional} placeholder=${control.placeholder || nothing}
        .value=${live(ui.drafts.shown(path, control.value))} @input=${type} @blur=${leave}>${
          control.suggestions.length === 0
            ? nothing
            : html`<datalist id="${id}-list">${control.suggestions.map(
                ({ value, label: words }) => html`<option value=${value}>${words}</option>`,
              )}</datalist>`
        }`;
  }
}

function options(
  all: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
): TemplateResult[] {
  return all.map(
    ({ value, label }) => html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`,
  );
}

function group(item: FormGroup, ui: Ui): Drawn {
  if (item.items.length === 0) {
    return nothing;
  }
  if (!item.folded) {
    return html`<fieldset class="group wide"><legend><h3>${item.title}</h3></legend>${drawItems(item.items, ui)}</fieldset>`;
  }
  return details(item.id, item.title, drawItems(item.items, ui), ui, holdsWrong(item.items, ui));
}

/** Something that unfolds, and stays as it was left. */
export function details(
  id: string,
  summary: string | TemplateResult,
  content: TemplateResult,
  ui: Ui,
  byItself = false,
): TemplateResult {
  return html`<details class="wide" data-id=${id} .open=${live(ui.isOpen(id, byItself))}
    @toggle=${(event: Event) => ui.setOpen(id, (event.target as HTMLDetailsElement).open)}>
    <summary><span>${summary}</span></summary>
    <div class="indent">${content}</div>
  </details>`;
}

function list(item: FormList, ui: Ui): TemplateResult {
  const id = fieldId(item.path);
  return html`<fieldset class="group wide" id=${id} tabindex="-1">
    <legend><h3>${item.title}</h3></legend>
    ${item.help === "" ? nothing : html`<p class="help">${item.help}</p>`}
    ${item.rows.map(
      (
        row,
        index,
      ) => html`<div class="inset" role="group" aria-label="${item.item} ${index + 1}" data-row="${id}-${index}">
        ${drawItems(row, ui)}
        <div class="actions end"><button type="button" @click=${() => ui.remove(item.path, [...item.path, index], index, item.rows.length)}>
          Remove ${item.item} ${index + 1}</button></div>
      </div>`,
    )}
    ${listMessages(item, ui).map((each) => messageBox(each))}
    <div class="actions"><button type="button" data-add=${id} @click=${() => ui.add(item.path, item.rows.length)}>
      ${icon("add")} Add ${item.item}</button></div>
  </fieldset>`;
}

/** A list that nobody has filled in yet is not wrong yet. */
function listMessages({ messages, rows }: FormList, ui: Ui): FormList["messages"] {
  return ui.showAll || rows.length > 0 ? messages : [];
}

function note(item: FormNote, ui: Ui): TemplateResult {
  return html`<p class="status small wide">${toneIcon(item.severity)}<span>${item.text}${
    item.buttons.length === 0
      ? nothing
      : html` ${buttons(item.buttons as readonly CreateButton[], ui, "link")}`
  }</span></p>`;
}

function facts(item: FormFacts, ui: Ui): TemplateResult {
  const rows = item.facts.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`);
  return details(item.id, item.title, html`<dl class="facts">${rows}</dl>`, ui);
}

function stack(item: FormStack): TemplateResult {
  return html`<ol class="thumb wide" aria-label=${item.label}>${item.layers.map(
    ({ icon: name, title, mandatory }) =>
      html`<li class=${mandatory ? "base" : ""}>${icon(name)}<span>${title}</span></li>`,
  )}</ol>`;
}
