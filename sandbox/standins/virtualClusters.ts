/**
 * Stands in for what runs in the pods of virtual clusters, since pods only look as if they ran here (kwok): for each
 * StatefulSet of vCluster's chart in the second cluster, a real cluster of its own (virtual/cluster.ts) and the Secret
 * with its kubeconfig, and for the claim of its pod a volume. Arguments: plane/components.ts. What it starts goes on
 * when it ends, and is ended by the plane's supervisor.
 */
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import process, { argv, exit, stderr, stdout } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Api, apiOf, apply } from "../cluster/api.ts";
import { layoutOf } from "../plane/layout.ts";
import { isPortFree } from "../plane/ports.ts";
import { readState } from "../plane/state.ts";
import { type Host, VirtualCluster } from "./virtual/cluster.ts";
import {
  CLAIMS,
  type Claim,
  kubeconfigSecret,
  STATEFUL_SETS,
  type StatefulSet,
  VOLUMES,
  type Volume,
  volumeFor,
  type Wanted,
  wantedOf,
} from "./virtual/objects.ts";
import { PortBook } from "./virtual/portBook.ts";

/** How often it looks, how often it writes a Secret that may have been lost, and how long it leaves a failure alone. */
const LOOK_MS = 1_000;
const SECRET_MS = 10_000;
const PAUSE_MS = 5_000;

const programs = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
const names = ["plane", "server", "etcd-servers", "stages", "health-addr", ...programs] as const;
const { values } = parseArgs({
  args: argv.slice(2),
  options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
});

function argument(name: (typeof names)[number]): string {
  const value = values[name];
  if (typeof value !== "string") {
    stderr.write(`It needs --${name}.\n`);
    exit(2);
  }
  return value;
}

const layout = layoutOf(argument("plane"));
const ending = new AbortController();
const host: Host = {
  layout,
  etcd: argument("etcd-servers"),
  stages: argument("stages"),
  programs: Object.fromEntries(programs.map((name) => [name, argument(name)])),
  // A component of the plane may have a port and not yet listen on it.
  ports: new PortBook(
    async (port) =>
      !Object.values((await readState(layout.stateFile)).ports).includes(port) && (await isPortFree(port)),
  ),
  signal: ending.signal,
};
const [address, port] = argument("health-addr").split(":");

let isReady = false;
createServer((_, res) => res.writeHead(isReady ? 200 : 503).end()).listen(Number(port), address);

const clusters = new Map<string, VirtualCluster>();
const working = new Map<string, Promise<void>>();
/** When a cluster may be tried again, and when its Secret was written. */
const failed = new Map<string, number>();
const written = new Map<string, { readonly server: string; readonly at: number }>();

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  // What is being started is written down first: nobody would know it.
  process.on(signal, () => {
    ending.abort();
    void Promise.all(working.values()).then(() => exit(0));
  });
}

async function run(): Promise<void> {
  const [ca, token] = await Promise.all([layout.ca, layout.token].map((path) => readFile(path, "utf8")));
  const api = apiOf(Number(new URL(argument("server")).port), { ca: ca ?? "", token: token ?? "" });
  while (!ending.signal.aborted) {
    try {
      const [sets, claims, volumes] = await Promise.all([
        list<StatefulSet>(api, STATEFUL_SETS),
        list<Claim>(api, CLAIMS),
        list<Volume>(api, VOLUMES),
      ]);
      isReady = true;
      await provideVolumes(api, claims, volumes);
      const wanted = new Map(sets.map((set) => [set.metadata.uid, wantedOf(set)]));
      for (const uid of new Set([...wanted.keys(), ...(await known())])) {
        begin(uid, () => work(api, uid, wanted.get(uid)));
      }
    } catch (error) {
      log(String(error));
    }
    await sleep(LOOK_MS);
  }
}

/** The clusters that have data here, whether this run of the stand-in knows them or not. */
async function known(): Promise<string[]> {
  return readdir(layout.virtual).catch(() => []);
}

function begin(uid: string, task: () => Promise<void>): void {
  if (ending.signal.aborted || working.has(uid) || Date.now() < (failed.get(uid) ?? 0)) {
    return;
  }
  const done = task()
    .then(
      () => failed.delete(uid),
      (error: unknown) => {
        failed.set(uid, Date.now() + PAUSE_MS);
        log(`${uid}: ${String(error)}`);
      },
    )
    .then(() => {
      working.delete(uid);
    });
  working.set(uid, done);
}

async function work(api: Api, uid: string, wanted: Wanted | undefined): Promise<void> {
  const cluster = clusters.get(uid) ?? (await VirtualCluster.open(host, uid));
  clusters.set(uid, cluster);
  if (wanted === undefined) {
    await cluster.remove();
    clusters.delete(uid);
    written.delete(uid);
    log(`${uid}: deleted`);
  } else if (wanted.runs) {
    const access = await cluster.run();
    const last = written.get(uid);
    if (last?.server !== access.server || Date.now() - last.at >= SECRET_MS) {
      await apply(api, kubeconfigSecret(wanted, access), ending.signal);
      written.set(uid, { server: access.server, at: Date.now() });
    }
    if (last?.server !== access.server) {
      log(`${wanted.namespace}/${wanted.name}: ${access.server}`);
    }
  } else {
    await cluster.pause();
  }
}

/** Does a provisioner's work for the claims of virtual clusters, of which there is none here. */
async function provideVolumes(api: Api, claims: readonly Claim[], volumes: readonly Volume[]): Promise<void> {
  for (const claim of claims) {
    const { metadata, spec } = claim;
    const isWaiting = spec.volumeName === undefined && metadata.deletionTimestamp === undefined;
    if (isWaiting && !volumes.some((volume) => volume.metadata.name.endsWith(metadata.uid))) {
      await apply(api, volumeFor(claim), ending.signal);
    }
  }
  for (const { metadata, status } of volumes) {
    if (status?.phase === "Released" && metadata.deletionTimestamp === undefined) {
      await api.call("DELETE", `/api/v1/persistentvolumes/${metadata.name}`);
    }
  }
}

async function list<T>(api: Api, path: string): Promise<T[]> {
  const { status, body } = await api.call("GET", path);
  if (status !== 200) {
    throw new Error(`HTTP ${status} for ${path}`);
  }
  return (JSON.parse(body) as { items: T[] }).items;
}

function log(line: string): void {
  stdout.write(`${new Date().toISOString()} ${line}\n`);
}

void run();
