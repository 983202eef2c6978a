/**
 * `node test/bench/scaleInMemory.ts [CLUSTERS]`: creates that many in-memory clusters (200) with real controllers, one
 * machine each, as the product does, and measures meanwhile whether tree and progress stay live: a cluster that is
 * there first is changed again and again. For a quiet machine and for the nightly run.
 */
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type SandboxStatus, up } from "../../sandbox/index.ts";
import { type ClusterNode, childNodes, clusterNodes, clusterRow } from "../../src/app/views/clusterNodes.ts";
import { PROFILE_VERSION, parseRequest, requestOf } from "../../src/cluster/index.ts";
import {
  connect,
  createCluster,
  type Fleet,
  type ManagementCluster,
  planCreation,
  waitAvailable,
  watchCluster,
  watchFleet,
} from "../../src/kube/index.ts";
import { isPaletteError } from "../../src/shared/errors.ts";
import { type ClusterDetail, progressOf } from "../../src/status/index.ts";
import { temporaryHome } from "../engine/engines.ts";
import { median } from "./languageServer.ts";

const CLUSTERS = Number(process.argv[2] ?? 200);
const PARALLEL = 4;
const PROBE_MS = 2_000;
const TELL_MS = 30_000;
const LIMIT_MS = 40 * 60_000;
const CLUSTER = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster" };
const WATCHED = { namespace: "default", name: "watched" };

const examples = resolve(import.meta.dirname, "../../src/cluster/clouds/in-memory/examples");
const profileText = readFileSync(join(examples, "smallest.profile.yaml"), "utf8");
const example = requestOf(parseRequest(readFileSync(join(examples, "smallest.cluster.yaml"), "utf8")));
if (example === undefined) {
  throw new Error("The example of in-memory clusters has errors");
}
const request = {
  ...example,
  machinePools: example.machinePools.filter(({ isControlPlane }) => isControlPlane),
};

/** How often the server did not answer. */
let unanswered = 0;

const home = await temporaryHome();
try {
  const status = await up();
  const { kubeconfig, context } = status;
  const management = await connect({ path: kubeconfig, context }, { allowExec: async () => false });
  await measure(management, status);
  management.close();
} finally {
  await home.end();
}

async function measure(management: ManagementCluster, status: SandboxStatus): Promise<void> {
  const loadBefore = loadavg()[0] ?? 0;
  await create(management, WATCHED.name);
  await waitAvailable(management, WATCHED);
  const views = watchViews(management);
  const delay = monitorEventLoopDelay();
  delay.enable();
  const started = Date.now();
  const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  let created = 0;
  let written: string | undefined;
  let failure: unknown;
  const creating = Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let i = created++; i < CLUSTERS; i = created++) {
        const name = `c-${String(i).padStart(3, "0")}`;
        await answered(() => create(management, name));
      }
    }),
  ).then(
    () => {
      written = seconds();
    },
    (error: unknown) => {
      failure = error; // Thrown below, so that the plane is ended.
    },
  );
  const probes: Probe[] = [];
  const loads: number[] = [];
  let told = started;
  // The watched cluster is one more.
  while (failure === undefined && views.available() <= CLUSTERS && Date.now() - started < LIMIT_MS) {
    probes.push(await probe(management, views, probes.length));
    loads.push(loadavg()[0] ?? 0);
    if (Date.now() - told > TELL_MS) {
      told = Date.now();
      console.error(`${seconds()}: ${created} begun, ${views.available()} available`);
    }
    await sleep(PROBE_MS);
  }
  const all = seconds();
  await creating;
  if (failure !== undefined) {
    throw failure;
  }
  const row = (what: string, value: string): void => console.log(`| ${what} | ${value} |`);
  const spread = (pick: (probe: Probe) => number): string => {
    const sorted = probes.map(pick).sort((a, b) => a - b);
    return `${median(sorted)} / ${sorted[Math.ceil(sorted.length * 0.95) - 1]} / ${sorted.at(-1)} ms`;
  };
  console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.log("| what | measured |\n|---|---:|");
  row("clusters available", `${views.available() - 1} of ${CLUSTERS}`);
  row("until all are written", written ?? "");
  row(
    "creations and changes that were tried again, as the server did not answer in 20 s",
    String(unanswered),
  );
  row("until all are available", all);
  row("changes of the watched cluster meanwhile", String(probes.length));
  row(
    "until a change is written, median / 95th percentile / most",
    spread((each) => each.written),
  );
  row(
    "until it shows in the tree",
    spread((each) => each.tree),
  );
  row(
    "until it shows in the progress",
    spread((each) => each.progress),
  );
  row("longest time that the process could not answer", `${(delay.max / 1e6).toFixed(0)} ms`);
  row("memory of the process", `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
  row("memory of the management cluster", `${(memoryOf(status) / 2 ** 20).toFixed(0)} MB`);
  row("load average before / most", `${loadBefore.toFixed(1)} / ${Math.max(...loads).toFixed(1)}`);
  views.dispose();
}

async function create(management: ManagementCluster, name: string): Promise<void> {
  const input = { request: { ...request, name }, profileText };
  await createCluster(management, await planCreation(management, input));
}

/** Does it again where the server did not answer, as the error tells a user to. */
async function answered<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPaletteError(error, "Unreachable")) {
        throw error;
      }
      unanswered++;
    }
  }
}

/** What tree and progress show of the fleet and of the watched cluster. */
interface Views {
  available(): number;
  /** Version of the watched cluster's profile as the rows of the tree tell it, and as its progress does. */
  tree(): string | undefined;
  progress(): string | undefined;
  dispose(): void;
}

/** Follows as both views do, and makes with each change what they draw, the tree unfolded to its last row. */
function watchViews(management: ManagementCluster): Views {
  let fleet: Fleet | undefined;
  let inTree: string | undefined;
  let inProgress: string | undefined;
  const tree = watchFleet(management, (seen) => {
    fleet = seen;
    const rows = clusterNodes(seen.clusters)
      .flatMap(unfold)
      .map((node) => clusterRow(node, { stale: false, namespaced: false }));
    inTree = versionIn(rows.find(({ label }) => label === WATCHED.name)?.tooltip.join("\n"));
  });
  const progress = watchCluster(management, WATCHED, (detail: ClusterDetail | undefined) => {
    const facts = detail === undefined ? [] : progressOf(detail).overview;
    inProgress = versionIn(facts.find(({ title }) => title === "Profile")?.value);
  });
  return {
    available: () => fleet?.clusters.filter((cluster) => cluster.available).length ?? 0,
    tree: () => inTree,
    progress: () => inProgress,
    dispose() {
      tree.dispose();
      progress.dispose();
    },
  };
}

function unfold(node: ClusterNode): ClusterNode[] {
  return [node, ...childNodes(node).flatMap(unfold)];
}

function versionIn(text: string | undefined): string | undefined {
  return /in-memory-development (\S+)/.exec(text ?? "")?.[1];
}

/** Milliseconds from asking for a change. */
interface Probe {
  readonly written: number;
  readonly tree: number;
  readonly progress: number;
}

/** Gives the watched cluster another version of its profile, and waits until both views have it. */
async function probe(management: ManagementCluster, views: Views, i: number): Promise<Probe> {
  const version = `1.0.${i + 1}`;
  const started = Date.now();
  const until = async (shown: () => string | undefined): Promise<number> => {
    while (shown() !== version) {
      await sleep(5);
    }
    return Date.now() - started;
  };
  const label = { metadata: { labels: { [PROFILE_VERSION]: version } } };
  const [written, tree, progress] = await Promise.all([
    answered(() => management.patch({ ...CLUSTER, ...WATCHED }, label)).then(() => Date.now() - started),
    until(views.tree),
    until(views.progress),
  ]);
  return { written, tree, progress };
}

/** Resident memory of all components, in bytes. */
function memoryOf({ components }: SandboxStatus): number {
  return components
    .flatMap(({ pid }) => (pid === undefined ? [] : [readFileSync(`/proc/${pid}/status`, "utf8")]))
    .reduce((sum, text) => sum + Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) * 1024, 0);
}
