import { html, nothing, type TemplateResult } from "lit-html";
import type {
  CreateClusterForm,
  CreateEnvironment,
  CreateLayer,
  CreateNotice,
  CreateSummary,
} from "../../shared/createCluster.ts";
import { type FieldPath, type FormSection, fieldId } from "../../shared/form.ts";
import { details, drawItems } from "./fields.ts";
import { buttons, toneIcon } from "./parts.ts";
import { drawPools } from "./pools.ts";
import { drawPreview } from "./preview.ts";
import type { Ui } from "./ui.ts";

/** The whole page, in the order it is read. */
export function drawPage(form: CreateClusterForm, ui: Ui, goTo: (path: FieldPath) => void): TemplateResult {
  return html`<div class="split">
    <main class="page">
      <header class="page-head">
        <div>
          <h1 tabindex="-1">${form.title}</h1>
          <ul class="meta" aria-label="Where it is created">${form.facts.map((fact) => html`<li>${fact}</li>`)}</ul>
        </div>
        <div class="actions">${buttons(form.headButtons, ui)}</div>
      </header>
      ${form.summary === null ? nothing : summary(form.summary, goTo)}
      ${form.notice === null ? nothing : notice(form.notice, ui)}
      ${form.environment === null ? nothing : environment(form.environment, ui)}
      <form aria-label="Cluster request" novalidate @submit=${(event: Event) => event.preventDefault()}>
        ${form.sections.map((each) => section(each, ui))}
        ${form.pools === null ? nothing : drawPools(form.pools, ui)}
        ${form.sectionsAfter.map((each) => section(each, ui))}
        ${form.layers.length === 0 ? nothing : layers(form.layers, ui)}
        ${form.policies === null ? nothing : section(form.policies, ui)}
      </form>
    </main>
    ${drawPreview(form.preview, ui)}
  </div>
  ${actionBar(form, ui)}`;
}

function section({ id, title, note, items }: FormSection, ui: Ui): TemplateResult {
  return html`<fieldset class="section" data-section=${id} ?disabled=${ui.locked}>
    <legend><h2>${title}${note === "" ? nothing : html` <span class="muted regular">${note}</span>`}</h2></legend>
    ${drawItems(items, ui)}
  </fieldset>`;
}

function summary({ title, items }: CreateSummary, goTo: (path: FieldPath) => void): TemplateResult {
  const go = (event: Event, path: FieldPath) => {
    event.preventDefault();
    goTo(path);
  };
  return html`<section class="notice error" role="alert" aria-labelledby="summary" id="summary-box" tabindex="-1">
    ${toneIcon("error")}
    <div><h2 id="summary">${title}</h2>
    ${
      items.length === 0
        ? nothing
        : html`<ul>${items.map(
            ({ path, label, text }) =>
              html`<li>${path === null ? label : html`<a href="#${fieldId(path)}" @click=${(event: Event) => go(event, path)}>${label}</a>`}: ${text}</li>`,
          )}</ul>`
    }</div>
  </section>`;
}

function notice({ tone, title, text, buttons: all, progress }: CreateNotice, ui: Ui): TemplateResult {
  return html`<section class="notice ${tone}" aria-labelledby="notice" id="notice-box" tabindex="-1">
    ${toneIcon(tone)}
    <div><h2 id="notice">${title}</h2><p>${text}</p>
    ${progress === null ? nothing : html`<progress class="mt-2" max=${progress.total} value=${progress.done} aria-labelledby="notice"></progress>`}
    ${all.length === 0 ? nothing : html`<div class="actions mt-2">${buttons(all, ui)}</div>`}</div>
  </section>`;
}

function environment({ tone, text, checks, buttons: all }: CreateEnvironment, ui: Ui): TemplateResult {
  return html`<section class="section first" aria-label="Environment check">${details(
    "environment",
    html`<span class="status">${toneIcon(tone)}<span><strong>Environment check</strong>: ${text}</span></span>`,
    html`<ul class="checks">${checks.map(
      (check) => html`<li class="status">${toneIcon(check.tone)}<span>${check.text}</span></li>`,
    )}</ul>
    ${all.length === 0 ? nothing : html`<div class="actions mt-2">${buttons(all, ui)}</div>`}`,
    ui,
  )}</section>`;
}

/** Enough to see what there is; a profile has eight on average. */
const LAYERS_SHOWN = 4;

function layers(all: readonly CreateLayer[], ui: Ui): TemplateResult {
  const rest = all.length - LAYERS_SHOWN;
  const open = rest <= 1 || ui.isOpen("layers");
  const shown = open ? all : all.slice(0, LAYERS_SHOWN);
  return html`<fieldset class="section" data-section="layers" ?disabled=${ui.locked}>
    <legend><h2>Layer values <span class="muted regular">for this cluster only</span></h2></legend>
    <table>
      <caption class="visually-hidden">Layers and their changed values</caption>
      <thead><tr><th scope="col">Layer</th><th scope="col">Changed here</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${shown.map(
        ({ name, title, version, changed }) => html`<tr>
          <th scope="row">${title} <span class="muted">${version}</span></th>
          <td>${changed.length === 0 ? html`<span class="muted">Nothing</span>` : changed.map((each, index) => html`${index > 0 ? ", " : ""}<code>${each}</code>`)}</td>
          <td class="end"><button type="button" class="link" aria-label="Edit values of ${title}" @click=${() =>
            ui.press({ action: "editLayer", argument: name })}>Edit Values</button></td></tr>`,
      )}</tbody>
    </table>
    ${open ? nothing : html`<div class="mt-1"><button type="button" class="link" @click=${() => ui.setOpen("layers", true)}>Show ${rest} More Layers</button></div>`}
  </fieldset>`;
}

function actionBar({ phase, canCreate, status }: CreateClusterForm, ui: Ui): TemplateResult {
  const busy = phase === "validating";
  const press =
    (
      action: "create" | "validate" | "saveFile" | "stop" | "firstProblem" | "showProgress",
      argument: string | null = null,
    ) =>
    () =>
      ui.press({ action, argument });
  return html`<section class="action-bar" aria-label="Actions">
    <div class="actions">${
      phase === "creating"
        ? html`<button type="button" @click=${press("stop")}>Stop and Undo</button>
            <button type="button" @click=${press("stop", "keep")}>Stop and Leave Unfinished</button>`
        : phase === "stopping"
          ? nothing
          : phase === "done"
            ? html`<button type="button" class="primary" @click=${press("showProgress")}>Show Progress</button>`
            : html`<button type="button" class="primary" aria-disabled=${canCreate && !busy ? nothing : "true"}
              aria-describedby=${canCreate && !busy ? nothing : "bar-status"}
              @click=${busy ? nothing : press(canCreate ? "create" : "firstProblem")}>Create Cluster</button>
            <button type="button" aria-disabled=${busy ? "true" : nothing} aria-describedby=${busy ? "bar-status" : nothing}
              @click=${busy ? nothing : press("validate")}>Validate</button>
            <button type="button" @click=${press("saveFile")}>Save as File</button>`
    }
      <a class="only-narrow" href="#preview" @click=${toPreview}>Preview</a>
    </div>
    <p class="status" id="bar-status">${status.tone === null ? nothing : toneIcon(status.tone)}<span>${status.text}</span></p>
  </section>`;
}

function toPreview(event: Event): void {
  event.preventDefault();
  document.getElementById("preview")?.focus();
}
