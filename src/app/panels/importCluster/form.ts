import { type ImportChoice, importObjects, type Judgement, modeTitle } from "../../../imports/index.ts";
import type { ImportForm, ImportObject, ImportState, ImportTone } from "../../../shared/importCluster.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import { commandLine, shortPath } from "../../connection/kubeconfigs.ts";
import { foundText } from "../../imports/wishes.ts";
import { errorLines, type ImportSession, type Item } from "./session.ts";

const TONES: Readonly<Record<Judgement["state"], ImportTone>> = {
  ok: "pass",
  info: "info",
  warning: "warning",
  problem: "error",
};

/** The panel as its page draws it. `choice` is what the first chosen context would become. */
export function formOf(session: ImportSession, choice: ImportChoice | undefined): ImportForm {
  const { items, chosen, several, fields, managementName: management, run } = session;
  const [first] = chosen;
  const ready = chosen.filter((item) => session.isReady(item));
  const done = chosen.filter(({ outcome }) => outcome?.kind === "done");
  const phase =
    run !== undefined
      ? "importing"
      : chosen.length > 0 && done.length === chosen.length
        ? "done"
        : chosen.some(({ checking }) => checking !== undefined)
          ? "checking"
          : "editing";
  const name = first === undefined || first.name === "" ? "the cluster" : first.name;
  const objects = objectsOf(session, choice, first);
  return {
    management,
    phase,
    several,
    contexts: items.map((item) => ({
      id: item.id,
      title: item.place.context,
      file: shortPath(item.place.path),
      server: item.place.server,
      chosen: item.chosen,
      name: item.name,
      nameError: session.nameError(item),
      state: stateOf(session, item),
    })),
    broken: session.broken.map(({ message }) => message),
    namespace: fields.namespace,
    namespaceError: session.fieldError("namespace"),
    labels: fields.labels,
    labelsError: session.fieldError("labels"),
    address: fields.address,
    addressError: session.fieldError("address"),
    tlsServerName: fields.tlsServerName,
    proxyUrl: fields.proxyUrl,
    mode: session.mode,
    consent: consentOf(chosen),
    checks:
      first === undefined || several
        ? []
        : session.checksOf(first).map(({ title, here, there }) => ({
            title,
            here: stateOfJudgement(here),
            there: stateOfJudgement(there),
          })),
    found: several ? null : foundOf(first),
    onCluster: {
      title: `On ${several ? "each cluster" : name}, ${count(objects.imported.length)}`,
      objects: objects.imported,
    },
    onManagement: {
      title: `On ${management}, ${count(objects.management.length)}${several ? " each" : ""}`,
      objects: objects.management,
    },
    progress:
      run === undefined
        ? null
        : {
            done: run.done,
            total: run.total,
            text: `Importing ${run.item.name}, ${run.done} of ${run.total} steps done. Stopping removes its objects again.`,
          },
    notice: phase === "importing" ? null : noticeOf(chosen),
    canImport: phase === "editing" && ready.length > 0,
    primary: several
      ? `Import ${ready.length === 1 ? "1 Cluster" : `${ready.length} Clusters`}`
      : "Import Cluster",
    status: statusOf(session, phase, ready.length),
  };
}

function consentOf(chosen: readonly Item[]): ImportForm["consent"] {
  const exec = chosen.find(({ asks }) => asks)?.place;
  return exec?.exec === undefined
    ? null
    : { command: commandLine(exec.exec.command, exec.exec.args), file: shortPath(exec.path) };
}

function stateOfJudgement({ state, message, next }: Judgement): ImportState {
  return { tone: TONES[state], text: next === undefined ? message : `${message} ${next}` };
}

/** Why the last try to import an item came to nothing. */
function failureOf({ outcome }: Item): unknown {
  return outcome?.kind === "undone" ? outcome.error : undefined;
}

/** How one context stands, in a few words. */
function stateOf(session: ImportSession, item: Item): ImportState | null {
  if (!item.chosen) {
    return null;
  }
  if (item.outcome?.kind === "done") {
    return { tone: "pass", text: "Imported" };
  }
  const error = item.error ?? failureOf(item);
  if (error !== undefined) {
    return { tone: "error", text: errorLines(error).join(" ") };
  }
  if (item.asks) {
    return { tone: "warning", text: "Runs a program to sign in. Allow it first." };
  }
  if (item.checking !== undefined) {
    return { tone: "sync", text: "Checking" };
  }
  if (item.facts === undefined) {
    return { tone: "info", text: "Not checked yet" };
  }
  const judgements = session.checksOf(item).flatMap(({ here, there }) => [here, there]);
  const worst =
    judgements.find(({ state }) => state === "problem") ??
    judgements.find(({ state }) => state === "warning");
  return worst === undefined ? { tone: "pass", text: "Ready" } : stateOfJudgement(worst);
}

function foundOf(item: Item | undefined): ImportForm["found"] {
  if (item?.facts === undefined) {
    return null;
  }
  const { network, storage, releases } = item.facts.found;
  const software = ({ title, name, version }: { title?: string; name?: string; version?: string }): string =>
    [title ?? name, version].filter((part) => part !== undefined).join(" ");
  return {
    summary: foundText(item.facts),
    facts: [
      ...(network === undefined ? [] : ([["Network", software(network)]] as const)),
      ...(storage.length === 0 ? [] : ([["Storage", storage.map(software).join(", ")]] as const)),
      ...(releases.length === 0 ? [] : ([["Helm releases", releases.map(software).join(", ")]] as const)),
    ],
  };
}

const NOTES: Readonly<Record<string, (object: KubeObject, mode: string) => string>> = {
  ClusterRole: (object, mode) =>
    mode === "full"
      ? "Everything"
      : `Reads ${(object.rules as { resources?: string[] }[]).flatMap(({ resources }) => resources ?? []).length} kinds beside those of view, no secrets`,
  Role: () => "Renews its own token",
  Secret: () => "Address, certificate and a 24-hour token of palette-agent",
  ValidatingAdmissionPolicy: () => "Shared. Refuses add-ons on read-only clusters",
};

function objectsOf(session: ImportSession, choice: ImportChoice | undefined, item: Item | undefined) {
  if (choice === undefined) {
    return { imported: [], management: [] };
  }
  const all = importObjects(choice);
  const { run } = session;
  const rows = all.map(({ side, object, shared }, index) => {
    const row: ImportObject = {
      kind: object.kind,
      name: object.metadata.name,
      note: NOTES[object.kind]?.(object, choice.mode) ?? "",
      state:
        run !== undefined && run.item === item
          ? stepState(index, run.done)
          : item?.outcome?.kind === "done"
            ? { tone: "pass", text: object.kind === "SveltosCluster" ? "Connected" : "Created" }
            : item?.outcome?.kind === "undone" && shared !== true
              ? { tone: "discard", text: "Removed" }
              : null,
    };
    return { side, row };
  });
  const of = (which: string) => rows.filter(({ side }) => side === which).map(({ row }) => row);
  return { imported: of("imported"), management: of("management") };
}

function stepState(index: number, done: number): ImportState {
  return index < done
    ? { tone: "pass", text: "Created" }
    : index === done
      ? { tone: "sync", text: "Creating" }
      : { tone: "circle-large-outline", text: "Next" };
}

function noticeOf(chosen: readonly Item[]): ImportForm["notice"] {
  const failed = chosen.filter(({ outcome }) => outcome?.kind === "undone");
  const done = chosen.filter(({ outcome }) => outcome?.kind === "done");
  const names = (items: readonly Item[]): string => items.map(({ name }) => name).join(", ");
  const doneLines = done.map(({ name, outcome }) =>
    outcome?.kind === "done"
      ? `The token of ${name} renews itself every hour, the current one is valid until ${new Date(outcome.tokenUntil).toLocaleString()}.`
      : name,
  );
  if (failed.length > 0) {
    return {
      tone: "error",
      title: `${names(failed)} ${failed.length === 1 ? "was" : "were"} not imported`,
      lines: [
        ...failed.flatMap((item) => errorLines(failureOf(item))),
        ...(done.length === 0 ? [] : [`Imported: ${names(done)}.`]),
      ],
    };
  }
  return done.length === 0 || done.length < chosen.length
    ? null
    : {
        tone: "pass",
        title: `${names(done)} ${done.length === 1 ? "is" : "are"} imported and healthy`,
        lines: doneLines,
      };
}

function statusOf(session: ImportSession, phase: ImportForm["phase"], ready: number): ImportState {
  const { chosen, several, run, mode } = session;
  const [first] = chosen;
  if (phase === "importing") {
    return { tone: "sync", text: `${run?.step ?? "Importing"}.` };
  }
  if (phase === "done") {
    return { tone: "pass", text: `Imported, ${modeTitle(mode).toLowerCase()}.` };
  }
  if (first === undefined) {
    return { tone: "info", text: "Choose a context." };
  }
  if (phase === "checking") {
    return { tone: "sync", text: "Checking." };
  }
  if (several) {
    return {
      tone: ready > 0 ? "pass" : "error",
      text: `${ready} of ${chosen.length} ready. One that fails does not stop the others.`,
    };
  }
  if (ready > 0) {
    return { tone: "pass", text: "Ready. Takes less than a minute." };
  }
  if (first.asks) {
    return { tone: "warning", text: "Allow the program in step 1 first." };
  }
  const wrong =
    session.nameError(first) ??
    session.fieldError("namespace") ??
    session.fieldError("labels") ??
    session.fieldError("address");
  return wrong !== null
    ? { tone: "error", text: wrong }
    : (stateOf(session, first) ?? { tone: "info", text: "" });
}

function count(objects: number): string {
  return objects === 1 ? "1 object" : `${objects} objects`;
}
