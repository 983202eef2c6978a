import type { UsualTimes } from "../cluster/clouds/cloud.ts";
import { PROFILE } from "../cluster/labels.ts";
import { attachedProfiles } from "../layers/labels.ts";
import type {
  ClusterProgress,
  ProgressEvent,
  ProgressFact,
  ProgressLayer,
  ProgressNotice,
  ProgressPool,
  ProgressStep,
  ProgressTone,
} from "../shared/clusterProgress.ts";
import { formatDuration, formatRange } from "../shared/duration.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { mapOf } from "../shared/records.ts";
import { sameText } from "./cause.ts";
import type {
  ClusterEvent,
  ClusterStatus,
  Health,
  LayerStatus,
  MachineStatus,
  PoolStatus,
  StepStatus,
} from "./model.ts";
import { PoolFacts } from "./poolFacts.ts";
import { accountOf, isPretendedIn, targetOf } from "./provider.ts";

/** What a panel knows of its cluster. */
export interface ClusterDetail {
  readonly status: ClusterStatus;
  /** Its objects, the Cluster among them. */
  readonly objects: readonly KubeObject[];
  readonly events: readonly ClusterEvent[];
  /** Name of the management cluster, and its clock. */
  readonly management: string;
  readonly now: Date;
  /** The connection is gone since then; the next try is at `nextTry`. */
  readonly stale?: { readonly since?: string; readonly nextTry?: string };
}

const MOST_EVENTS = 50;
/** How many machines that run are listed one by one; all that do not are. */
const MOST_MACHINES = 20;

const TONES: Readonly<Record<Health, ProgressTone>> = {
  good: "ok",
  busy: "busy",
  attention: "warning",
  bad: "error",
  unknown: "waiting",
};

/** A cluster as its panel shows it (mocks/cluster-progress.html); `usual` is how long its cloud usually takes. */
export function progressOf(detail: ClusterDetail, usual?: UsualTimes): ClusterProgress {
  const { status, objects, events, management, now, stale } = detail;
  const phase = status.deleting ? "deleting" : status.creating ? "creating" : "running";
  const notice = noticeOf(status, events, usual);
  const pools = new PoolFacts(objects);
  return {
    name: status.name,
    phase,
    now: now.toISOString(),
    status: stateOf(detail),
    facts: [targetOf(objects), `Namespace ${status.namespace} on ${management}`].filter(
      (fact) => fact !== "",
    ),
    stale:
      stale === undefined ? null : { management, since: stale.since ?? null, nextTry: stale.nextTry ?? null },
    notice,
    spoken: spokenOf(status, stale !== undefined),
    steps: phase === "deleting" ? [] : status.steps.map((step) => stepOf(step, status.steps)),
    overview: phase === "running" ? overviewOf(detail) : [],
    takesLayers: phase === "running" && !isPretendedIn(objects),
    pools: status.pools.map((pool) => poolOf(pool, status, pools)),
    layers: status.layers.map(layerOf),
    events: events.slice(0, MOST_EVENTS).map(eventOf),
  };
}

function stateOf({ status, stale, now }: ClusterDetail): ClusterProgress["status"] {
  const { health, created, creating, deleting } = status;
  const attention = health === "bad" || health === "attention";
  if (stale !== undefined) {
    const ago =
      stale.since === undefined
        ? ""
        : ` ${formatDuration((now.getTime() - Date.parse(stale.since)) / 1000)} ago`;
    const known = deleting
      ? "Being deleted"
      : creating
        ? "Being created"
        : health === "good"
          ? "Healthy"
          : "Needed attention";
    return { tone: "stale", text: `${known}${ago}`, since: null };
  }
  if (deleting) {
    return { tone: TONES[health], text: "Being deleted", since: status.since ?? null };
  }
  if (creating) {
    return {
      tone: attention ? "warning" : "busy",
      text: attention ? "Needs attention, being created" : "Being created",
      since: created ?? null,
    };
  }
  return health === "good"
    ? { tone: "ok", text: "Healthy", since: null }
    : { tone: TONES[health], text: attention ? "Needs attention" : "Changing", since: status.since ?? null };
}

function noticeOf(
  status: ClusterStatus,
  events: readonly ClusterEvent[],
  usual: UsualTimes | undefined,
): ProgressNotice | null {
  const { health, headline, since = null, cause, creating, deleting } = status;
  if (health === "good" || health === "unknown") {
    return null;
  }
  const tone = health === "bad" ? "error" : health === "attention" ? "warning" : "busy";
  const { source } = cause ?? {};
  const tries = source === undefined ? 1 : triesOf(source, events);
  // Some providers keep the cloud's message out of their conditions and say it in an event (OpenStack, issue 3375).
  const warning = events.find(
    ({ isWarning, kind, name }) => isWarning && kind === source?.kind && name === source.name,
  );
  const said = source?.message || warning?.message || "";
  const goesOn = cause !== undefined && creating ? "Creation goes on by itself once this is solved." : "";
  const waits = tone === "busy" ? "Nothing to do." : "";
  const times = usual?.steps[status.steps.find(({ state }) => state === "current")?.id ?? ""];
  const takes =
    tone === "busy" && creating && times !== undefined
      ? `This step usually takes ${formatRange(times)}.`
      : "";
  const slow = tone === "warning" && cause === undefined ? "This takes longer than usual." : "";
  return {
    tone,
    headline,
    since,
    text: [tries > 1 ? `Tried ${tries} times.` : "", goesOn, deleting ? "" : waits, takes, slow]
      .filter((part) => part !== "")
      .join(" "),
    todo: (cause?.todo ?? []).map(({ text, link }) => ({ text, link: link?.title ?? null })),
    source:
      source === undefined || said === ""
        ? null
        : {
            title: `Message of ${source.provider}, on ${source.kind} ${source.name}`,
            kind: source.kind,
            name: source.name,
            text: `${source.type} is ${source.status}${source.reason === "" ? "" : `, reason ${source.reason}`}: ${said}`,
          },
  };
}

/** How often a provider tried in vain, as the events about its object count. */
function triesOf(
  { kind, name }: { readonly kind: string; readonly name: string },
  events: readonly ClusterEvent[],
): number {
  return events
    .filter((event) => event.isWarning && event.name === name && event.kind.endsWith(kind))
    .reduce((most, { count }) => Math.max(most, count), 1);
}

function spokenOf(status: ClusterStatus, stale: boolean): ClusterProgress["spoken"] {
  const step = status.steps.find(({ state }) => state === "problem" || state === "current");
  const text = `${status.name}: ${stale ? "no connection, last known state. " : ""}${status.headline}`;
  return { key: `${stale}|${step?.id ?? ""}|${sameText(status.headline)}`, text };
}

const STEPS: Readonly<Record<StepStatus["state"], { readonly tone: ProgressTone; readonly word: string }>> = {
  done: { tone: "ok", word: "Done" },
  current: { tone: "busy", word: "Now" },
  waiting: { tone: "waiting", word: "Waiting" },
  problem: { tone: "error", word: "Blocked" },
  "not-applicable": { tone: "none", word: "Not applicable here" },
};

function stepOf(step: StepStatus, all: readonly StepStatus[]): ProgressStep {
  const { tone, word } = STEPS[step.state];
  const looked = all.find(({ state }) => state === "problem") ?? all.find(({ state }) => state === "current");
  const { since, until } = step;
  return {
    title: step.title,
    tone,
    isCurrent: step === looked,
    word,
    since: step.state === "done" ? null : (since ?? null),
    seconds:
      since === undefined || until === undefined
        ? null
        : Math.max(0, (Date.parse(until) - Date.parse(since)) / 1000),
    detail: step.detail,
  };
}

function poolOf(pool: PoolStatus, status: ClusterStatus, facts: PoolFacts): ProgressPool {
  const { name, ready, desired, health, headline, machines, upToDate } = pool;
  const versions = [...new Set(machines.map(({ version }) => version).filter((each) => each !== undefined))];
  const count = machines.length === 1 ? "1 machine" : `${machines.length} machines`;
  const outdated = machines.length - upToDate;
  const state = `${ready} of ${desired} ready`;
  const troubled = machines.filter((machine) => machine.health !== "good");
  const rest = machines.filter((machine) => machine.health === "good").slice(0, MOST_MACHINES);
  return {
    name,
    detail: [count, versions.join(", "), ...facts.of(pool), outdated > 0 ? `${outdated} not up to date` : ""]
      .filter((part) => part !== "")
      .join(", "),
    tone: TONES[health],
    state: machines.length === 0 && headline !== undefined ? `${state}. ${headline}` : state,
    machines: [...troubled, ...rest].map((machine) => ({
      name: machine.name,
      zone: facts.zoneOf(machine.name) ?? "",
      tone: TONES[machine.health],
      state: stateOfMachine(machine, status),
      since: machine.since ?? null,
    })),
  };
}

/** What is so of a machine: where a known cause is to blame, its few words in place of the provider's many. */
function stateOfMachine({ headline, phase }: MachineStatus, { cause, ...status }: ClusterStatus): string {
  const why = /: (.+)$/.exec(status.headline)?.[1];
  const said = cause?.source?.message;
  return headline === undefined
    ? phase
    : cause?.known !== undefined && why !== undefined && said !== undefined && alike(said, headline)
      ? why.charAt(0).toUpperCase() + why.slice(1)
      : headline;
}

function alike(whole: string, part: string): boolean {
  return sameText(whole).includes(sameText(part));
}

const KINDS: Readonly<Record<LayerStatus["kind"], string>> = {
  network: "Network",
  storage: "Storage",
  "cloud-controller": "Automatic",
  "add-on": "Add-on",
};
const LAYERS: Readonly<Record<LayerStatus["state"], { readonly tone: ProgressTone; readonly word: string }>> =
  {
    ready: { tone: "ok", word: "Ready" },
    installing: { tone: "busy", word: "Installing" },
    waiting: { tone: "waiting", word: "Waiting" },
    failed: { tone: "error", word: "Not installed" },
  };

function layerOf({ name, kind, state, message, version = "", newer }: LayerStatus): ProgressLayer {
  const { tone, word } = LAYERS[state];
  const said = message === undefined ? word : state === "waiting" ? message : `${word}, ${message}`;
  return {
    name,
    kind: KINDS[kind],
    tone,
    state: newer === undefined ? said : `${said}, ${newer} is available`,
    version,
  };
}

function eventOf({ time, isWarning, reason, message, count, kind, name }: ClusterEvent): ProgressEvent {
  const times = count > 1 ? `, ${count} times` : "";
  return {
    time,
    isWarning,
    text: message === "" ? `${reason}${times}` : `${reason}${times}: ${message}`,
    object: `${kind} ${name}`,
  };
}

function overviewOf({ status, objects }: ClusterDetail): ProgressFact[] {
  const cluster = objects.find(({ kind }) => kind === "Cluster");
  const { host, port } =
    (cluster?.spec as { controlPlaneEndpoint?: { host?: string; port?: number } } | undefined)
      ?.controlPlaneEndpoint ?? {};
  const { created, layers, profile, version } = status;
  const done = status.steps.at(-1)?.until;
  const took =
    created === undefined || done === undefined
      ? ""
      : `, in ${formatDuration((Date.parse(done) - Date.parse(created)) / 1000)}`;
  const addOns = attachedProfiles(cluster?.metadata.labels)
    .filter(({ name }) => name !== cluster?.metadata.labels?.[PROFILE])
    .map(({ name, version: attached }) => `${name} ${attached}`);
  const ready = layers.filter(({ state }) => state === "ready").length;
  const facts: readonly (ProgressFact | undefined)[] = [
    fact("Kubernetes", version),
    fact("Profile", profile && `${profile.name} ${profile.version}`),
    fact("Add-on profiles", addOns.length === 0 ? undefined : addOns.join(", ")),
    ...status.pools.map((pool) =>
      fact(
        pool.isControlPlane ? "Control plane" : `Pool ${pool.name}`,
        `${pool.ready} of ${pool.desired} ready`,
      ),
    ),
    fact("Layers", layers.length === 0 ? undefined : `${ready} of ${layers.length} ready`),
    fact("Machine image", imagesOf(objects)),
    fact("Cloud account", accountOf(objects)),
    fact("API server", host ? `${host}:${port ?? 6443}` : undefined),
    created === undefined ? undefined : { title: "Created", date: created, value: took },
  ];
  return facts.filter((each) => each !== undefined);
}

/** What machines say that they run; nothing where they do not. */
function imagesOf(objects: readonly KubeObject[]): string | undefined {
  const images = objects.flatMap(({ kind, status }) => {
    const image = kind === "Machine" ? mapOf(mapOf(status).nodeInfo).osImage : undefined;
    return typeof image === "string" && image !== "" ? [image] : [];
  });
  return images.length === 0 ? undefined : [...new Set(images)].join(", ");
}

function fact(title: string, value: string | undefined): ProgressFact | undefined {
  return value === undefined ? undefined : { title, date: null, value };
}
