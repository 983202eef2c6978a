import { html, nothing, type TemplateResult } from "lit-html";
import type {
  ImportAction,
  ImportContext,
  ImportForm,
  ImportObject,
  ImportToHost,
} from "../../shared/importCluster.ts";
import { stateText, textField, toneIcon } from "./parts.ts";

type Send = (message: ImportToHost) => void;

/** The whole page, both steps visible, in the order they are read. */
export function drawPage(form: ImportForm, send: Send): TemplateResult {
  return html`<main class="page">
    <header class="page-head">
      <div>
        <h1 tabindex="-1">Import cluster</h1>
        <ul class="meta" aria-label="Where it is imported"><li>Management cluster ${form.management}</li><li>Namespace ${form.namespace}</li></ul>
      </div>
      <div class="actions">${button("Change Management Cluster", "changeManagementCluster", send)}</div>
    </header>
    ${notice(form, send)}
    <div class="halves">
      <section class="section" aria-labelledby="s1">
        <div class="section-head"><h2 id="s1">1. Choose</h2>${
          form.several
            ? link("Choose One Context", "one", send)
            : link("Choose Several Contexts", "several", send)
        }</div>
        ${choose(form, send)}
      </section>
      <section class="section" aria-labelledby="s2">
        <div class="section-head"><h2 id="s2">2. Confirm</h2></div>
        ${confirm(form)}
      </section>
    </div>
  </main>
  ${actionBar(form, send)}`;
}

function button(label: string, action: ImportAction, send: Send): TemplateResult {
  return html`<button type="button" @click=${() => send({ type: "act", action })}>${label}</button>`;
}

function link(label: string, action: ImportAction, send: Send): TemplateResult {
  return html`<button type="button" class="link" @click=${() => send({ type: "act", action })}>${label}</button>`;
}

function notice({ notice: shown }: ImportForm, send: Send): TemplateResult | typeof nothing {
  if (shown === null) {
    return nothing;
  }
  const { tone, title, lines } = shown;
  return html`<section class="notice ${tone === "error" ? "error" : ""}" role=${tone === "error" ? "alert" : "group"} aria-labelledby="notice" id="notice-box" tabindex="-1">
    ${toneIcon(tone)}
    <div><h2 id="notice">${title}</h2>${lines.map((line) => html`<p>${line}</p>`)}
    ${tone === "pass" ? html`<div class="actions mt-2">${button("Show Clusters", "showClusters", send)}</div>` : nothing}</div>
  </section>`;
}

function isLocked({ phase }: ImportForm): boolean {
  return phase === "importing" || phase === "done";
}

function choose(form: ImportForm, send: Send): TemplateResult {
  return html`<fieldset class="group fields-group" ?disabled=${isLocked(form)}>
    <legend class="visually-hidden">Clusters to import</legend>
    ${form.several ? contextTable(form, send) : contextSelect(form, send)}
    ${form.broken.map((message) => html`<p class="status">${toneIcon("warning")}<span>${message}</span></p>`)}
    ${fields(form, send)}
    ${modes(form, send)}
    ${consent(form, send)}
    ${form.checks.length === 0 ? nothing : checks(form, send)}
    ${found(form, send)}
  </fieldset>`;
}

function contextSelect({ contexts }: ImportForm, send: Send): TemplateResult {
  const chosen = contexts.find((each) => each.chosen);
  const files = [...new Set(contexts.map(({ file }) => file))];
  return html`<div class="field">
    <label for="ctx">Context</label>
    <div class="with-button">
      <span class="select"><select id="ctx" aria-describedby="ctx-h" @change=${(event: Event) =>
        send({ type: "choose", id: (event.target as HTMLSelectElement).value, on: true })}>
        ${chosen === undefined ? html`<option value="" selected>Choose a context</option>` : nothing}
        ${files.map(
          (file) =>
            html`<optgroup label=${file}>${contexts
              .filter((each) => each.file === file)
              .map(
                (each) => html`<option value=${each.id} .selected=${each.chosen}>${each.title}</option>`,
              )}</optgroup>`,
        )}
      </select><span class="codicon codicon-chevron-down" aria-hidden="true"></span></span>
      ${button("Add Kubeconfig", "addKubeconfig", send)}
    </div>
    <span class="help" id="ctx-h">${chosen?.server ?? "Of the kubeconfig files of this machine."}</span>
    ${chosen?.state === null || chosen?.state === undefined || chosen.state.tone === "pass" ? nothing : stateText(chosen.state)}
  </div>`;
}

function contextTable({ contexts }: ImportForm, send: Send): TemplateResult {
  const row = ({ id, title, file, chosen, name, nameError, state }: ImportContext, index: number) => html`<tr>
    <th scope="row"><div class="choice"><input type="checkbox" id="c${index}" .checked=${chosen}
      @change=${(event: Event) => send({ type: "choose", id, on: (event.target as HTMLInputElement).checked })}>
      <label for="c${index}">${title}<span class="sub">${file}</span></label></div></th>
    <td><input type="text" aria-label="Name of ${title}" spellcheck="false" .value=${name} aria-invalid=${nameError === null ? "false" : "true"}
      @change=${(event: Event) => send({ type: "rename", id, name: (event.target as HTMLInputElement).value })}>
      ${nameError === null ? nothing : html`<span class="msg error">${toneIcon("error")}<span>${nameError}</span></span>`}</td>
    <td>${state === null ? html`<span class="muted">Not chosen</span>` : stateText(state)}</td></tr>`;
  return html`<table>
    <caption class="visually-hidden">Contexts to import</caption>
    <thead><tr><th scope="col">Context</th><th scope="col">Name</th><th scope="col">Checks</th></tr></thead>
    <tbody>${contexts.map(row)}</tbody>
  </table>
  <div class="actions">${button("Add Kubeconfig", "addKubeconfig", send)}</div>`;
}

function fields(form: ImportForm, send: Send): TemplateResult {
  const chosen = form.contexts.find((each) => each.chosen);
  const edit =
    (field: "namespace" | "labels" | "address" | "tlsServerName" | "proxyUrl") => (value: string) =>
      send({ type: "edit", field, value });
  return html`<div class="fields">
    ${
      form.several || chosen === undefined
        ? nothing
        : textField(
            {
              id: "iname",
              label: "Name",
              value: chosen.name,
              error: chosen.nameError,
              help: "What it is called here.",
            },
            (name) => send({ type: "rename", id: chosen.id, name }),
          )
    }
    ${textField(
      {
        id: "inamespace",
        label: "Namespace",
        value: form.namespace,
        error: form.namespaceError,
        help: `On ${form.management}.`,
      },
      edit("namespace"),
    )}
    ${textField(
      {
        id: "ilabels",
        label: "Labels",
        value: form.labels,
        error: form.labelsError,
        help: "For example env=production.",
        optional: true,
      },
      edit("labels"),
    )}
    ${
      form.several
        ? nothing
        : html`${textField(
            {
              id: "iaddr",
              label: `Address for ${form.management}`,
              value: form.address,
              error: form.addressError,
              help: "If it is reached by another address than from here.",
              optional: true,
              wide: true,
            },
            edit("address"),
          )}
          ${textField(
            {
              id: "itls",
              label: "TLS server name",
              value: form.tlsServerName,
              error: null,
              help: "If the certificate has another name than the address.",
              optional: true,
            },
            edit("tlsServerName"),
          )}
          ${textField(
            {
              id: "iproxy",
              label: "Proxy",
              value: form.proxyUrl,
              error: null,
              help: `That ${form.management} goes through.`,
              optional: true,
            },
            edit("proxyUrl"),
          )}`
    }
  </div>`;
}

function modes({ mode }: ImportForm, send: Send): TemplateResult {
  const choice = (value: "read-only" | "full", label: string, help: string) => html`<div class="choice">
    <input type="radio" name="mode" id="m-${value}" .checked=${mode === value} aria-describedby="m-${value}-h"
      @change=${() => send({ type: "edit", field: "mode", value })}>
    <div><label for="m-${value}">${label}</label><div class="help" id="m-${value}-h">${help}</div></div></div>`;
  return html`<fieldset class="group">
    <legend>Mode</legend>
    ${choice("read-only", "Read-only", "See health, events and layers. No secrets are read and no add-on can be attached. Can be upgraded later.")}
    ${choice("full", "Full permission", "Also attach add-on profiles. Needs cluster-admin.")}
  </fieldset>`;
}

function consent({ consent: asked }: ImportForm, send: Send): TemplateResult | typeof nothing {
  return asked === null
    ? nothing
    : html`<section class="notice warning" aria-labelledby="consent">
        ${html`<span class="codicon codicon-shield warn" aria-hidden="true"></span>`}
        <div><h3 id="consent">This context runs a program on your machine</h3>
        <pre class="code" role="region" tabindex="0" aria-label="Command">${asked.command}</pre>
        <p class="help">Named in ${asked.file}. It is used for the checks and for step 2, and never stored on the management cluster.</p>
        <div class="actions mt-2">${button("Run and Check", "allow", send)}</div></div>
      </section>`;
}

function checks({ checks: rows, management }: ImportForm, send: Send): TemplateResult {
  return html`<div>
    <div class="section-head"><h3>Checks</h3>${link("Check Again", "check", send)}</div>
    <table>
      <caption class="visually-hidden">Checks from this machine and from the management cluster</caption>
      <thead><tr><th scope="col">Check</th><th scope="col">From here</th><th scope="col">From ${management}</th></tr></thead>
      <tbody>${rows.map(
        ({ title, here, there }) =>
          html`<tr><th scope="row">${title}</th><td>${stateText(here)}</td><td>${stateText(there)}</td></tr>`,
      )}</tbody>
    </table>
  </div>`;
}

function found({ found: seen }: ImportForm, send: Send): TemplateResult | typeof nothing {
  return seen === null
    ? nothing
    : html`<details>
        <summary><span>Found: ${seen.summary}</span></summary>
        <div class="indent">
          ${seen.facts.length === 0 ? nothing : html`<dl class="facts">${seen.facts.map(([title, value]) => html`<dt>${title}</dt><dd>${value}</dd>`)}</dl>`}
          <div class="actions mt-2">${button("Create Profile from This Cluster", "createProfile", send)}</div>
        </div>
      </details>`;
}

function confirm(form: ImportForm): TemplateResult {
  const { progress, onCluster, onManagement } = form;
  return html`${
    progress === null
      ? nothing
      : html`<p id="progress">${progress.text}</p><progress class="mt-2" max=${progress.total} value=${progress.done} aria-labelledby="progress"></progress>`
  }
  ${
    onCluster.objects.length === 0
      ? html`<p class="muted">What will be created is shown once a context is chosen and checked.</p>`
      : html`${objects(onCluster.title, onCluster.objects)}${objects(onManagement.title, onManagement.objects)}
        <p class="status mt-2"><span class="codicon codicon-lock idle" aria-hidden="true"></span><span>Your own credentials stay on this machine. Detach removes exactly these objects, the cluster itself stays as it is.</span></p>`
  }`;
}

function objects(title: string, all: readonly ImportObject[]): TemplateResult {
  return html`<h3 class="mt-2">${title}</h3>
    <table>
      <caption class="visually-hidden">${title}</caption>
      <thead class="visually-hidden"><tr><th scope="col">Object</th><th scope="col">State</th></tr></thead>
      <tbody>${all.map(
        ({ kind, name, note, state }) => html`<tr>
          <th scope="row">${kind} ${name}${note === "" ? nothing : html`<span class="sub">${note}</span>`}</th>
          <td class="end">${state === null ? html`<span class="muted">New</span>` : stateText(state)}</td></tr>`,
      )}</tbody>
    </table>`;
}

/** A blocked button leads to what is wrong; where no field is, to the context. */
function goToProblem(): void {
  const field =
    document.querySelector<HTMLElement>('[aria-invalid="true"]') ?? document.getElementById("ctx");
  field?.focus();
}

function actionBar(form: ImportForm, send: Send): TemplateResult {
  const { phase, canImport, primary, status, onCluster } = form;
  const act = (action: ImportAction) => () => send({ type: "act", action });
  const main =
    phase === "importing"
      ? button("Stop and Undo", "stop", send)
      : phase === "done"
        ? button("Import Another Cluster", "again", send)
        : html`<button type="button" class="primary" aria-disabled=${canImport ? "false" : "true"} aria-describedby="bar-status"
            @click=${canImport ? act("import") : goToProblem}>${primary}</button>`;
  const isBlocked = phase === "editing" && !canImport && onCluster.objects.length > 0;
  return html`<section class="action-bar" aria-label="Actions">
    <div class="actions">${main}
      ${onCluster.objects.length === 0 || phase === "importing" ? nothing : button("Open as YAML", "openYaml", send)}
      ${isBlocked ? button("Copy Manifest for Import from Inside", "copyManifest", send) : nothing}
    </div>
    <p class="status" id="bar-status">${toneIcon(status.tone)}<span>${status.text}</span></p>
  </section>`;
}
