/**
 * `node test/bench/scale.ts [CLUSTERS]`: a fleet of 1,000 clusters and 10,000 machines on a real API server whose
 * controllers are stopped, followed in the same run by what the views are made of, by `kubectl get -w` and by
 * plain informers of client-node. Prints the tables of docs/performance.md.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./languageServer.ts";
import { type ScalePlane, startScalePlane } from "./scalePlane.ts";
import type { Told } from "./scaleWatcher.ts";

const CLUSTERS = Number(process.argv[2] ?? 1000);
const MACHINES_OF_CLUSTER = 10;
const CHANGES = 30;
const BURST = Math.min(1000, CLUSTERS * 7);
const LATE_MS = 60_000;

/** Somebody who follows the fleet, in a process of its own. */
interface Watcher {
  readonly name: string;
  /** Until all clusters were there; absent for one that looks at machines only. */
  readonly opened: number | undefined;
  readonly complete: number;
  readonly openMemory: number;
  readonly child: ChildProcess;
  /** When each version was seen first. */
  readonly seen: Map<string, number>;
}

interface Result {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
}

async function watch(name: string, command: string, args: readonly string[]): Promise<Watcher> {
  const started = Date.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const seen = new Map<string, number>();
  const lines = createInterface({ input: child.stdout });
  let opened: number | undefined;
  const complete = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
    let rows = 0;
    lines.on("line", (line) => {
      const told = line.startsWith("{") ? (JSON.parse(line) as Told & { readonly at: number }) : undefined;
      const version = told?.seen ?? /\bv(1\.36\.\d{4,})\b/.exec(line)?.[1];
      if (version !== undefined && !seen.has(version)) {
        seen.set(version, told?.at ?? Date.now());
      }
      opened ??= told?.opened;
      if (told?.complete !== undefined) {
        resolve(told.complete);
      }
      rows += 1;
      if (told === undefined && rows > CLUSTERS * MACHINES_OF_CLUSTER) {
        resolve(Date.now() - started);
      }
    });
  });
  await sleep(3_000);
  return { name, opened, complete, openMemory: statusOf(child).peak, child, seen };
}

/** Resident memory now and at most in MB, and processor time in ms. */
function statusOf({ pid }: ChildProcess): { memory: number; peak: number; cpu: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (field: string) =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN);
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) | /);
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { memory: kilobytes("VmRSS") / 1024, peak: kilobytes("VmHWM") / 1024, cpu: ticks * 10 };
}

async function measure(plane: ScalePlane, watcher: Watcher): Promise<Result[]> {
  const latencies: number[] = [];
  for (let i = 0; i < CHANGES; i++) {
    const version = `1.36.${1000 + i}`;
    const start = Date.now();
    await plane.setVersion((i * 37) % CLUSTERS, i % MACHINES_OF_CLUSTER, `v${version}`);
    latencies.push((await seenAt(watcher, version)) - start);
    await sleep(150);
  }
  await sleep(1_000);
  const before = statusOf(watcher.child);
  const start = Date.now();
  await burst(plane, (i) => `v1.36.${10_000 + i}`);
  const written = Date.now();
  for (let i = 0; i < BURST; i++) {
    await seenAt(watcher, `1.36.${10_000 + i}`);
  }
  const last = Math.max(...[...watcher.seen.values()]);
  await sleep(1_000);
  const after = statusOf(watcher.child);
  return [
    {
      what: "until all clusters are there",
      unit: "ms",
      values: watcher.opened === undefined ? [] : [watcher.opened],
    },
    { what: "until all machines are there", unit: "ms", values: [watcher.complete] },
    { what: "until a change shows", unit: "ms", values: latencies },
    {
      what: `${BURST} changes in a row: the last one shows after it was written`,
      unit: "ms",
      values: [Math.max(0, last - written)],
    },
    { what: `${BURST} changes in a row: processor time`, unit: "ms", values: [after.cpu - before.cpu] },
    { what: "memory at most while opening", unit: "MB", values: [watcher.openMemory] },
    { what: "memory in the end", unit: "MB", values: [after.memory] },
    { what: `(writing took)`, unit: "ms", values: [written - start] },
  ];
}

/** Gives many machines another version each, eight at a time. */
async function burst(plane: ScalePlane, versionOf: (i: number) => string): Promise<void> {
  let next = 0;
  const write = async (): Promise<void> => {
    for (let i = next++; i < BURST; i = next++) {
      await plane.setVersion(i % CLUSTERS, 3 + Math.floor(i / CLUSTERS), versionOf(i));
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));
}

async function seenAt({ name, seen }: Watcher, version: string): Promise<number> {
  const deadline = Date.now() + LATE_MS;
  for (;;) {
    const at = seen.get(version);
    if (at !== undefined) {
      return at;
    }
    if (Date.now() > deadline) {
      throw new Error(`${name} did not see ${version} within ${LATE_MS / 1000} s`);
    }
    await sleep(2);
  }
}

function print(columns: readonly { readonly name: string; readonly results: readonly Result[] }[]): void {
  console.log(`| what | ${columns.map(({ name }) => name).join(" | ")} |`);
  console.log(`|---|${columns.map(() => "---:|").join("")}`);
  for (const [row, { what, unit }] of (columns[0]?.results ?? []).entries()) {
    const cells = columns.map(({ results }) => {
      const values = [...(results[row]?.values ?? [])].sort((a, b) => a - b);
      if (values.length === 0) {
        return "";
      }
      const numbers =
        values.length === 1 ? values : [median(values), values[Math.ceil(values.length * 0.95) - 1] ?? 0];
      return `${numbers.map((value) => value.toFixed(0)).join(" / ")} ${unit}`;
    });
    console.log(`| ${what} | ${cells.join(" | ")} |`);
  }
}

async function compare(plane: ScalePlane): Promise<void> {
  const { kubeconfig, context, kubectl } = plane.status;
  console.log(
    `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(1)} before; ${plane.objects} objects\n`,
  );
  const here = (file: string) => join(import.meta.dirname, file);
  const watchers: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "Palette",
      process.execPath,
      [here("scaleFleet.ts"), kubeconfig, context, String(CLUSTERS * MACHINES_OF_CLUSTER)],
    ],
    [
      "kubectl get machines -w",
      kubectl,
      [`--kubeconfig=${kubeconfig}`, "get", "machines.cluster.x-k8s.io", "-A", "-w"],
    ],
    ["client-node informers", process.execPath, [here("scaleInformer.ts"), kubeconfig]],
  ];
  const columns = [];
  for (const [name, command, args] of watchers) {
    const watcher = await watch(name, command, args);
    try {
      columns.push({ name, results: await measure(plane, watcher) });
    } finally {
      watcher.child.removeAllListeners("exit");
      watcher.child.kill();
    }
    // The next one has to see changes too.
    for (let i = 0; i < CHANGES; i++) {
      await plane.setVersion((i * 37) % CLUSTERS, i % MACHINES_OF_CLUSTER, "v1.36.4");
    }
    await burst(plane, () => "v1.36.4");
  }
  print(columns);
}

const plane = await startScalePlane(CLUSTERS);
try {
  await compare(plane);
} finally {
  await plane.end();
}
