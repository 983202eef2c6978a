import { html, nothing, type TemplateResult } from "lit-html";
import type { CreateButton } from "../../shared/createCluster.ts";
import type { FieldMessage } from "../../shared/form.ts";
import type { Ui } from "./ui.ts";

const TONES: Readonly<Record<string, string>> = { pass: "ok", error: "err", warning: "warn" };

/** An icon beside a word: it says nothing to a screen reader. */
export function icon(name: string, tone = ""): TemplateResult {
  return html`<span class="codicon codicon-${name} ${tone}" aria-hidden="true"></span>`;
}

/** The icon of a state, in its color. */
export function toneIcon(tone: string): TemplateResult {
  return icon(tone, TONES[tone] ?? "info");
}

/** Buttons of the host's own wording; links where they stand in a text. */
export function buttons(all: readonly CreateButton[], ui: Ui, kind = ""): TemplateResult[] {
  return all.map(
    (each) => html`<button type="button" class=${kind} @click=${() => ui.press(each)}>${each.label}</button>`,
  );
}

/** What is wrong, below a field. */
export function messageBox({ severity, text, quote }: FieldMessage, prefix = ""): TemplateResult {
  return html`<span class="msg ${severity}">${toneIcon(severity)}<span>${prefix}${text}${
    quote === null ? nothing : html` <q>${quote}</q>`
  }</span></span>`;
}
