import { html, nothing, type TemplateResult } from "lit-html";
import type {
  ClusterProgress,
  ProgressEmpty,
  ProgressEvent,
  ProgressFact,
  ProgressLayer,
  ProgressNotice,
  ProgressPool,
  ProgressStale,
  ProgressStep,
  ProgressToHost,
  ProgressTone,
} from "../../shared/clusterProgress.ts";
import { formatDuration } from "../../shared/duration.ts";
import type { Ui } from "./ui.ts";

type Action = (ProgressToHost & { readonly type: "act" })["action"];

const ICONS: Readonly<Record<ProgressTone, readonly [icon: string, tone: string]>> = {
  ok: ["pass", "ok"],
  busy: ["sync", "info"],
  warning: ["warning", "warn"],
  error: ["error", "err"],
  waiting: ["circle-large-outline", "idle"],
  none: ["circle-slash", "idle"],
  stale: ["history", "idle"],
};

const STALE = "stale-h";

/** The whole page, in the order it is read. */
export function drawPage(progress: ClusterProgress, ui: Ui): TemplateResult {
  const { name, facts, phase, status, stale, notice, steps, overview, pools, layers, events, takesLayers } =
    progress;
  return html`<main class="page">
    <header class="page-head">
      <div>
        <h1 tabindex="-1">${name}</h1>
        <ul class="meta" aria-label="About this cluster">
          <li class="status">${icon(status.tone)}<span>${status.text}${status.since === null ? nothing : html` for ${ui.age(status.since)}`}</span></li>
          ${facts.map((fact) => html`<li>${fact}</li>`)}
        </ul>
      </div>
      <div class="actions">
        ${phase === "running" ? button(ui, "openKubeconfig", "Open Kubeconfig", stale, true) : nothing}
        ${takesLayers ? button(ui, "attachProfile", "Attach Add-on Profile", stale) : nothing}
        ${button(ui, "copyDiagnostics", "Copy Diagnostics", null)}
        ${button(ui, "openYaml", "Open YAML", stale)}
        ${phase === "deleting" ? nothing : button(ui, "deleteCluster", "Delete Cluster", stale)}
      </div>
    </header>
    ${stale === null ? nothing : drawStale(stale, ui)}
    ${notice === null ? nothing : drawNotice(notice, ui)}
    <div class=${steps.length + overview.length === 0 ? "" : "cols"}>
      ${
        steps.length + overview.length === 0
          ? nothing
          : html`<div>
              ${phase === "running" ? drawOverview(overview, ui) : nothing}
              ${phase === "creating" ? drawSteps(steps, ui) : nothing}
            </div>`
      }
      <div>
        ${drawPools(pools, ui)}
        ${layers.length === 0 ? nothing : drawLayers(layers, ui)}
        ${drawEvents(events, ui)}
      </div>
    </div>
  </main>`;
}

/** What is shown instead of a cluster. */
export function drawEmpty({ title, text, actions }: ProgressEmpty, ui: Ui): TemplateResult {
  const titles = { retry: "Retry Now", showLog: "Show Log", close: "Close" } as const;
  return html`<main class="page">
    <h1 tabindex="-1">${title}</h1>
    <p class="muted mt-2">${text}</p>
    <div class="actions mt-2">${actions.map((action) => button(ui, action, titles[action], null))}</div>
  </main>`;
}

function icon(tone: ProgressTone): TemplateResult {
  const [name, color] = ICONS[tone];
  return html`<span class="codicon codicon-${name} ${color}" aria-hidden="true"></span>`;
}

/** A button; while the connection is gone it stays reachable, and says why it does nothing. */
function button(
  ui: Ui,
  action: Action,
  title: string,
  blockedBy: ProgressStale | null,
  primary = false,
): TemplateResult {
  const press = () => {
    if (blockedBy === null) {
      ui.press(action);
    }
  };
  return html`<button
    type="button"
    class=${primary ? "primary" : ""}
    aria-disabled=${blockedBy === null ? nothing : "true"}
    aria-describedby=${blockedBy === null ? nothing : STALE}
    @click=${press}
  >${title}</button>`;
}

function drawStale({ management, since, nextTry }: ProgressStale, ui: Ui): TemplateResult {
  return html`<section class="notice warning" aria-labelledby=${STALE}>
    <span class="codicon codicon-debug-disconnect warn" aria-hidden="true"></span>
    <div>
      <h2 id=${STALE}>No connection to ${management}${since === null ? nothing : html` since ${ui.clock(since)}`}</h2>
      <p>This is the last known state. Changes are not possible until it is back.${nextTry === null ? nothing : html` Next try ${ui.until(nextTry)}.`}</p>
    </div>
    <div class="actions">${button(ui, "retry", "Retry Now", null)}${button(ui, "showLog", "Show Log", null)}</div>
  </section>`;
}

function drawNotice(notice: ProgressNotice, ui: Ui): TemplateResult {
  const { tone, headline, since, text, todo, source } = notice;
  return html`<section class="notice ${tone === "busy" ? "" : tone}" aria-labelledby="cause-h">
    ${icon(tone)}
    <div>
      <h2 id="cause-h">${headline}</h2>
      ${since === null && text === "" ? nothing : html`<p>${since === null ? nothing : html`For ${ui.age(since)}. `}${text}</p>`}
      ${
        todo.length === 0
          ? nothing
          : html`<h3 class="mt-2">What to do</h3>
              <ol>${todo.map(
                (item, index) =>
                  html`<li>${item.text}${item.link === null ? nothing : html` <button type="button" class="link" @click=${() => ui.link(index)}>${item.link}</button>`}</li>`,
              )}</ol>`
      }
      ${
        source === null
          ? nothing
          : html`<details class="mt-1" ?open=${ui.isOpen("source")} @toggle=${(event: Event) => ui.toggled("source", event)}>
              <summary><span>${source.title}</span></summary>
              <pre class="code wrap" role="region" tabindex="0" aria-label=${source.title}>${source.text}</pre>
              <div class="actions mt-2">${button(ui, "openSource", `Open ${source.kind}`, null)}${button(ui, "copyMessage", "Copy Message", null)}</div>
            </details>`
      }
    </div>
  </section>`;
}

function drawSteps(steps: readonly ProgressStep[], ui: Ui): TemplateResult {
  return html`<section class="section" aria-labelledby="steps-h">
    <h2 id="steps-h">Steps</h2>
    <ol class="timeline">${steps.map(
      ({ title, tone, isCurrent, word, since, seconds, detail }) => html`<li
        class=${tone === "none" ? "none" : ""}
        aria-current=${isCurrent ? "step" : nothing}
      >
        ${icon(tone)}<strong>${title}</strong>
        <span class="time">${since !== null ? ui.age(since) : seconds === null ? "" : formatDuration(seconds)}</span>
        <span class="sub">${
          // The icon says it to the eye; where it asks for something, the word stays.
          isCurrent || tone === "none" ? `${word}. ` : html`<span class="visually-hidden">${word}. </span>`
        }${detail}</span>
      </li>`,
    )}</ol>
  </section>`;
}

function drawOverview(facts: readonly ProgressFact[], ui: Ui): TemplateResult {
  return html`<section class="section" aria-labelledby="facts-h">
    <h2 id="facts-h">Overview</h2>
    <dl class="facts">${facts.map(
      ({ title, date, value }) =>
        html`<dt>${title}</dt><dd>${title === "API server" ? html`<code>${value}</code>` : html`${date === null ? nothing : ui.day(date)}${value}`}</dd>`,
    )}</dl>
  </section>`;
}

function drawPools(pools: readonly ProgressPool[], ui: Ui): TemplateResult {
  const time = (since: string | null) => (since === null ? "" : ui.shortAge(since));
  return html`<section class="section" aria-labelledby="pools-h">
    <h2 id="pools-h">Machine pools</h2>
    ${
      pools.length === 0
        ? html`<p class="muted">There are no machines yet.</p>`
        : html`<table>
            <caption class="visually-hidden">Machine pools, and their machines</caption>
            <thead><tr><th class="c-44" scope="col">Machine</th><th scope="col">State</th><th class="num opt" scope="col">Since</th></tr></thead>
            <tbody>${pools.map(
              ({ name, detail, tone, state, machines }) => html`<tr>
                  <th scope="row">${name}<span class="sub">${detail}</span></th>
                  <td><span class="status">${icon(tone)}<span>${state}</span></span></td>
                  <td class="num opt"></td>
                </tr>
                ${machines.map(
                  (machine) => html`<tr>
                    <th scope="row" class="indent"><button
                      type="button"
                      class="plain"
                      @click=${() => ui.machine(machine.name)}
                    >${machine.name}</button>${machine.zone === "" ? nothing : html`<span class="sub">${machine.zone}</span>`}</th>
                    <td><span class="status">${icon(machine.tone)}<span class="clamp" title=${machine.state}>${machine.state}</span></span></td>
                    <td class="num opt">${time(machine.since)}</td>
                  </tr>`,
                )}`,
            )}</tbody>
          </table>`
    }
  </section>`;
}

const LAYERS_SHOWN = 6;

function drawLayers(all: readonly ProgressLayer[], ui: Ui): TemplateResult {
  const rest = all.length - LAYERS_SHOWN;
  const open = rest <= 1 || ui.isOpen("layers");
  return html`<section class="section" aria-labelledby="layers-h">
    <h2 id="layers-h">Layers</h2>
    <table>
      <caption class="visually-hidden">Layers in install order</caption>
      <thead><tr><th class="c-26" scope="col">Layer</th><th class="c-18 opt" scope="col">Kind</th><th scope="col">State</th><th class="num" scope="col">Version</th></tr></thead>
      <tbody>${(open ? all : all.slice(0, LAYERS_SHOWN)).map(
        ({ name, kind, tone, state, version }) => html`<tr>
          <th scope="row">${name}</th><td class="muted opt">${kind}</td>
          <td><span class="status">${icon(tone)}<span>${state}</span></span></td><td class="num">${version}</td>
        </tr>`,
      )}</tbody>
    </table>
    ${open ? nothing : html`<div class="mt-1"><button type="button" class="link" @click=${() => ui.open("layers")}>Show ${rest} More Layers</button></div>`}
  </section>`;
}

const EVENTS_SHOWN = 8;

function drawEvents(all: readonly ProgressEvent[], ui: Ui): TemplateResult {
  const wanted = ui.warningsOnly ? all.filter(({ isWarning }) => isWarning) : all;
  const rest = wanted.length - EVENTS_SHOWN;
  const open = rest <= 1 || ui.isOpen("events");
  return html`<section class="section" aria-labelledby="events-h">
    <div class="section-head">
      <h2 id="events-h">Events</h2>
      <div class="choice"><input type="checkbox" id="warnings" .checked=${ui.warningsOnly} @change=${(event: Event) => ui.filter(event)}><label for="warnings">Warnings only</label></div>
    </div>
    ${
      wanted.length === 0
        ? html`<p class="muted">${ui.warningsOnly ? "No warnings" : "No events"} in the last hour.</p>`
        : html`<table>
            <caption class="visually-hidden">Newest events first</caption>
            <thead><tr><th class="num c-time" scope="col">Time</th><th scope="col">Event</th></tr></thead>
            <tbody>${(open ? wanted : wanted.slice(0, EVENTS_SHOWN)).map(
              ({ time, isWarning, text, object }) => html`<tr>
                <td class="num">${ui.clock(time)}</td>
                <td><span class="status"><span class="codicon codicon-${isWarning ? "warning warn" : "info info"}" aria-hidden="true"></span><span>${
                  isWarning ? html`<span class="visually-hidden">Warning: </span>` : nothing
                }${text}<span class="sub">${object}</span></span></span></td>
              </tr>`,
            )}</tbody>
          </table>`
    }
    ${open ? nothing : html`<div class="mt-1"><button type="button" class="link" @click=${() => ui.open("events")}>Show ${rest} More Events</button></div>`}
  </section>`;
}
