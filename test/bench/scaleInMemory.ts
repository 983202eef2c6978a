/**
 * `node test/bench/scaleInMemory.ts [CLUSTERS]`: makes that many in-memory clusters (200) with real controllers, and
 * measures meanwhile whether what the views are made of stays live. For a quiet machine and for the nightly run.
 */
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { up } from "../../sandbox/index.ts";
import { parseRequest, publishedProfile, renderCluster, requestOf } from "../../src/cluster/index.ts";
import { connect, type Fleet, type ManagementCluster, watchFleet } from "../../src/kube/index.ts";
import { parseProfile, profileOf } from "../../src/profile/index.ts";
import { temporaryHome } from "../engine/engines.ts";
import { median } from "./languageServer.ts";

const CLUSTERS = Number(process.argv[2] ?? 200);
const PARALLEL = 4;
const PROBE_MS = 2_000;
const LIMIT_MS = 60 * 60_000;

const examples = resolve(import.meta.dirname, "../../src/cluster/clouds/in-memory/examples");
const profileText = readFileSync(join(examples, "smallest.profile.yaml"), "utf8");
const profile = profileOf(parseProfile(profileText));
const request = requestOf(parseRequest(readFileSync(join(examples, "smallest.cluster.yaml"), "utf8")));
if (profile === undefined || request === undefined) {
  throw new Error("The example of in-memory clusters has errors");
}

const home = await temporaryHome();
try {
  const { kubeconfig, context } = await up();
  const management = await connect({ path: kubeconfig, context }, { allowExec: async () => false });
  await measure(management);
  management.close();
} finally {
  await home.end();
}

async function measure(management: ManagementCluster): Promise<void> {
  console.log(
    `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)} before\n`,
  );
  let fleet: Fleet | undefined;
  const delay = monitorEventLoopDelay();
  delay.enable();
  const watch = watchFleet(management, (seen) => {
    fleet = seen;
  });
  const started = Date.now();
  let created = 0;
  const creating = Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let i = created++; i < CLUSTERS; i = created++) {
        await create(management, `c-${String(i).padStart(3, "0")}`);
      }
    }),
  ).then(() => Date.now() - started);
  let hasFailed = false;
  creating.catch(() => {
    hasFailed = true; // Thrown below, where it is awaited, so that the plane is ended.
  });
  const available = (): number => fleet?.clusters.filter((cluster) => cluster.available).length ?? 0;
  const probes: number[] = [];
  while (!hasFailed && available() < CLUSTERS && Date.now() - started < LIMIT_MS) {
    probes.push(await probe(management, () => fleet, probes.length));
    await sleep(PROBE_MS);
  }
  const sorted = probes.sort((a, b) => a - b);
  const rows: readonly (readonly [string, string])[] = [
    ["clusters available", `${available()} of ${CLUSTERS}`],
    ["until all are written", `${((await creating) / 1000).toFixed(0)} s`],
    ["until all are available", `${((Date.now() - started) / 1000).toFixed(0)} s`],
    ["until a change shows meanwhile, median / most", `${median(sorted)} / ${sorted.at(-1)} ms`],
    ["longest time that the process could not answer", `${(delay.max / 1e6).toFixed(0)} ms`],
    ["memory of the process", `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`],
  ];
  console.log("| what | measured |\n|---|---:|");
  for (const [what, value] of rows) {
    console.log(`| ${what} | ${value} |`);
  }
  watch.dispose();
}

async function create(management: ManagementCluster, name: string): Promise<void> {
  if (profile !== undefined && request !== undefined) {
    for (const object of renderCluster({ ...request, name }, profile, profileText)) {
      await management.apply(object);
    }
  }
}

/** Publishes a version and gives the time until it is seen. */
async function probe(
  management: ManagementCluster,
  fleet: () => Fleet | undefined,
  i: number,
): Promise<number> {
  const version = `1.0.${i}`;
  const started = Date.now();
  await management.create(
    publishedProfile(profileText, { name: "probe", version, cloudType: "docker" }, "default"),
  );
  while (fleet()?.published.some((seen) => seen.name === "probe" && seen.version === version) !== true) {
    await sleep(5);
  }
  return Date.now() - started;
}
