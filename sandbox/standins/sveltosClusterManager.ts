/**
 * Stands in for sveltoscluster-manager, whose source the sandbox cannot compile: a program that does its work on
 * SveltosClusters (reconcile.ts). Arguments: `--kubeconfig=FILE --health-addr=127.0.0.1:PORT`.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argv, exit, stderr, stdout } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type KubeApi, kubeApi } from "./kubeApi.ts";
import { reconcile, type SveltosCluster, sveltosClusters } from "./reconcile.ts";

/** How often it looks for clusters that changed, and how often at each of them (upstream: on change, and every 10 s). */
const LOOK_MS = 500;
const EACH_MS = 5_000;

const { values } = parseArgs({
  args: argv.slice(2),
  options: { kubeconfig: { type: "string" }, "health-addr": { type: "string" } },
});
const [host, port] = (values["health-addr"] ?? "").split(":");
if (values.kubeconfig === undefined || port === undefined) {
  stderr.write("It needs --kubeconfig and --health-addr.\n");
  exit(2);
}

let isReady = false;
createServer((_, res) => res.writeHead(isReady ? 200 : 503).end()).listen(Number(port), host);

const looked = new Map<string, { readonly generation: number | undefined; readonly at: number }>();
const working = new Set<string>();

async function run(kubeconfig: string): Promise<never> {
  const management = kubeApi(await readFile(kubeconfig, "utf8"));
  for (;;) {
    try {
      const clusters = await sveltosClusters(management);
      isReady = true;
      for (const cluster of clusters.filter(isDue)) {
        void work(management, cluster);
      }
    } catch (error) {
      log(String(error));
    }
    await sleep(LOOK_MS);
  }
}

function isDue({ metadata: { uid, deletionTimestamp, generation }, spec }: SveltosCluster): boolean {
  const last = looked.get(uid);
  return (
    deletionTimestamp === undefined &&
    spec.paused !== true &&
    !working.has(uid) &&
    (last === undefined || last.generation !== generation || Date.now() - last.at >= EACH_MS)
  );
}

async function work(management: KubeApi, cluster: SveltosCluster): Promise<void> {
  const { uid, generation, namespace, name } = cluster.metadata;
  working.add(uid);
  try {
    await reconcile(management, cluster);
  } catch (error) {
    log(`${namespace}/${name}: ${String(error)}`);
  } finally {
    working.delete(uid);
    looked.set(uid, { generation, at: Date.now() });
  }
}

function log(line: string): void {
  stdout.write(`${new Date().toISOString()} ${line}\n`);
}

void run(values.kubeconfig);
