import { html, nothing, type TemplateResult } from "lit-html";
import type { CreatePreview } from "../../shared/createCluster.ts";
import { icon, toneIcon } from "./parts.ts";
import type { Ui } from "./ui.ts";
import { yamlTokens } from "./yaml.ts";

const TABS = ["request", "objects"] as const;

/** The document beside the form, and the objects that it becomes. */
export function drawPreview(preview: CreatePreview, ui: Ui): TemplateResult {
  const tab = (
    id: (typeof TABS)[number],
    words: string | TemplateResult,
  ) => html`<button type="button" role="tab" id="tab-${id}"
    aria-controls="panel-${id}" aria-selected=${ui.tab === id ? "true" : "false"} tabindex=${ui.tab === id ? "0" : "-1"}
    @click=${() => ui.show(id)} @keydown=${(event: KeyboardEvent) => turn(event, ui)}>${words}</button>`;
  return html`<aside class="side" id="preview" aria-label="Preview" tabindex="-1"><div class="side-inner">
    <div class="tabs">
      <div role="tablist" aria-label="Preview">
        ${tab("request", "Request")}${tab("objects", html`Objects ${preview.badge === "" ? nothing : html`<span class="badge">${preview.badge}</span>`}`)}
      </div>
      <div class="actions"><button type="button" @click=${() => ui.press({ action: "editYaml", argument: null })}>${icon("go-to-file")} Edit as YAML</button></div>
    </div>
    <div role="tabpanel" id="panel-request" aria-labelledby="tab-request" ?hidden=${ui.tab !== "request"}>${request(preview)}</div>
    <div role="tabpanel" id="panel-objects" aria-labelledby="tab-objects" ?hidden=${ui.tab !== "objects"}>${objects(preview, ui)}</div>
  </div></aside>`;
}

/** The arrow keys go from tab to tab. */
function turn(event: KeyboardEvent, ui: Ui): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const next = TABS[(TABS.indexOf(ui.tab) + step + TABS.length) % TABS.length] ?? "request";
    ui.show(next);
    document.getElementById(`tab-${next}`)?.focus();
  }
}

function request({ file, text, hits }: CreatePreview): TemplateResult {
  const wrong = new Set(hits);
  return html`<pre class="code" role="region" tabindex="0" aria-label="Request ${file}, read-only">${text
    .replace(/\n$/, "")
    .split("\n")
    .map(
      (line, index) =>
        html`<span class="line ${wrong.has(index + 1) ? "hit" : ""}">${yamlTokens(line).map(
          ({ text: part, kind }) => (kind === "" ? part : html`<span class="tk-${kind}">${part}</span>`),
        )}</span>`,
    )}</pre>`;
}

function objects({ objects: all, noObjects }: CreatePreview, ui: Ui): TemplateResult {
  if (all.length === 0) {
    return html`<p class="help">${noObjects}</p>`;
  }
  return html`<table>
    <caption class="visually-hidden">Objects to be created</caption>
    <thead><tr><th scope="col">Object</th><th scope="col">Validation</th></tr></thead>
    <tbody>${all.map(
      ({ kind, name, note, tone, state }, index) => html`<tr>
        <th scope="row"><button type="button" class="link" aria-label="Open ${kind} ${name}" @click=${() =>
          ui.press({
            action: "openObject",
            argument: String(index),
          })}>${name}</button><span class="sub">${kind}${note === "" ? "" : `, ${note}`}</span></th>
        <td>${tone === null ? state : html`<span class="status">${toneIcon(tone)}<span>${state}</span></span>`}</td></tr>`,
    )}</tbody>
  </table>
  <p class="mt-2"><button type="button" class="link" @click=${() => ui.press({ action: "openObjects", argument: null })}>Open All as YAML</button></p>`;
}
