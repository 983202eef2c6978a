import { html, nothing, type TemplateResult } from "lit-html";
import type { ImportState, ImportTone } from "../../shared/importCluster.ts";

const COLORS: Readonly<Partial<Record<ImportTone, string>>> = {
  pass: "ok",
  error: "err",
  warning: "warn",
  discard: "idle",
  "circle-large-outline": "idle",
};

/** The icon of a state, in its color; the word beside it says the same. */
export function toneIcon(tone: ImportTone): TemplateResult {
  return html`<span class="codicon codicon-${tone} ${COLORS[tone] ?? "info"}" aria-hidden="true"></span>`;
}

export function stateText({ tone, text }: ImportState): TemplateResult {
  return html`<span class="status">${toneIcon(tone)}<span>${text}</span></span>`;
}

/** A text field with help and what is wrong with it; what is typed is told when the field is left or a key ends it. */
export function textField(
  {
    id,
    label,
    value,
    error,
    help,
    optional = false,
    wide = false,
    disabled = false,
  }: {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly error: string | null;
    readonly help: string;
    readonly optional?: boolean;
    readonly wide?: boolean;
    readonly disabled?: boolean;
  },
  change: (value: string) => void,
): TemplateResult {
  return html`<div class="field ${wide ? "wide" : ""}">
    <label for=${id}>${label}${optional ? html` <span class="optional">(optional)</span>` : nothing}</label>
    <input id=${id} type="text" spellcheck="false" autocomplete="off" .value=${value} ?required=${!optional} ?disabled=${disabled}
      aria-invalid=${error === null ? "false" : "true"} aria-describedby="${id}-h ${id}-e"
      @change=${(event: Event) => change((event.target as HTMLInputElement).value)}>
    <span id="${id}-e">${error === null ? nothing : html`<span class="msg error">${toneIcon("error")}<span>${error}</span></span>`}</span>
    <span class="help" id="${id}-h">${help}</span>
  </div>`;
}
