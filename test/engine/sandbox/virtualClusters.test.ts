import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { down, type SandboxStatus, status, up } from "../../../sandbox/index.ts";
import { layoutOf } from "../../../sandbox/plane/layout.ts";
import { type ProcessRecord, readState } from "../../../sandbox/plane/state.ts";
import { missingEngines, type TemporaryHome, temporaryHome } from "../engines.ts";
import { gone, listening, pidOf, runs } from "./processes.ts";

async function kubectl(path: string, kubeconfig: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(path, [`--kubeconfig=${kubeconfig}`, ...args]);
  return stdout;
}

/** Waits until something is so; what fails meanwhile is not yet so. */
async function until(done: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 240; i++) {
    if (await done().catch(() => false)) {
      return;
    }
    await sleep(500);
  }
  throw new Error("It did not become so within two minutes.");
}

/** How many keys the plane's etcd has. */
async function etcdKeys(stateFile: string): Promise<number> {
  const { ports } = await readState(stateFile);
  const metrics = await (await fetch(`http://127.0.0.1:${ports["etcd/health"]}/metrics`)).text();
  return Number(/^etcd_debugging_mvcc_keys_total (.*)$/m.exec(metrics)?.[1]);
}

const STAND_IN = "workload-virtual-clusters";

/** What the stand-in goes by in vCluster's chart: its label, its replicas and the claim of its pod. */
const TENANT = `
apiVersion: v1
kind: Namespace
metadata: { name: vcluster-tenant }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: tenant, namespace: vcluster-tenant, labels: { app: vcluster, release: tenant } }
spec:
  replicas: 1
  serviceName: tenant-headless
  selector: { matchLabels: { app: vcluster, release: tenant } }
  template:
    metadata: { labels: { app: vcluster, release: tenant } }
    spec:
      containers:
        - name: syncer
          image: ghcr.io/loft-sh/vcluster-pro
          resources: { requests: { cpu: 200m, memory: 256Mi, ephemeral-storage: 400Mi } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

const SHOP = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.k8s.io/pause }] }
`;

describe("a virtual cluster", { skip: await missingEngines() }, () => {
  let home: TemporaryHome;
  let plane: SandboxStatus;
  /** Its kubeconfig as the Secret has it, in a file. */
  let tenant = "";

  const state = () => layoutOf(join(home.path, "sandbox"));
  const host = (...args: string[]) => kubectl(plane.kubectl, plane.workload?.kubeconfig ?? "", args);
  const virtual = (...args: string[]) => kubectl(plane.kubectl, tenant, args);

  async function kubeconfig(): Promise<string> {
    const text = await host(
      ..."get secret vc-tenant -n vcluster-tenant -o jsonpath={.data.config}".split(" "),
    );
    return Buffer.from(text, "base64").toString("utf8");
  }

  async function folders(): Promise<string[]> {
    return readdir(state().virtual).catch(() => []);
  }

  async function processes(): Promise<readonly ProcessRecord[]> {
    const [uid = ""] = await folders();
    return (await readState(layoutOf(join(state().virtual, uid)).stateFile)).components;
  }

  before(async () => {
    home = await temporaryHome();
    plane = await up({ workload: true });
    tenant = join(home.path, "tenant.kubeconfig");
  });
  after(() => home.end());

  test("has a real API server as soon as its StatefulSet is there", async () => {
    const file = join(home.path, "tenant.yaml");
    await writeFile(file, TENANT);
    await host("apply", "-f", file);
    await until(async () => (await host("get", "secret", "-n", "vcluster-tenant")).includes("vc-tenant"));
    await writeFile(tenant, await kubeconfig());
    assert.equal(
      await virtual("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"),
      "kubernetes-admin",
    );
    const uid = ["get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"];
    assert.notEqual(await virtual(...uid), await host(...uid));
  });

  test("has a volume, so that its pod runs", async () => {
    await host(..."rollout status statefulset/tenant -n vcluster-tenant --timeout=60s".split(" "));
  });

  test("runs what is deployed to it", async () => {
    const file = join(home.path, "shop.yaml");
    await writeFile(file, SHOP);
    await virtual("apply", "-f", file);
    await virtual(..."rollout status deployment/web -n shop --timeout=60s".split(" "));
  });

  test("listens on this machine's own address, and keeps its files to its user", {
    skip: process.platform !== "linux",
  }, async () => {
    const all = await processes();
    assert.equal(all.length, 4);
    for (const { name, pid } of all) {
      assert.deepEqual((await listening(pid)).open, [], name);
    }
    for (const entry of await readdir(state().virtual, { withFileTypes: true, recursive: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      assert.equal(mode & 0o077, 0, entry.name);
    }
  });

  test("goes on while the stand-in does not, and is taken up by the next one", async () => {
    const all = await processes();
    process.kill(pidOf(plane, STAND_IN), "SIGKILL");
    await gone(pidOf(plane, STAND_IN));
    await virtual("get", "deployment", "web", "-n", "shop");
    plane = await up();
    assert.equal(plane.healthy, true);
    await sleep(3_000);
    assert.deepEqual(
      (await processes()).map(({ pid }) => pid),
      all.map(({ pid }) => pid),
    );
  });

  test("comes back where its API server died", async () => {
    const server = (await processes()).find(({ name }) => name.endsWith("apiserver"));
    process.kill(server?.pid ?? 0, "SIGKILL");
    await until(async () => {
      await virtual("get", "deployment", "web", "-n", "shop");
      return true;
    });
  });

  test("pauses without pods, and goes on with its data", async () => {
    const all = await processes();
    await host(..."scale statefulset/tenant -n vcluster-tenant --replicas=0".split(" "));
    await Promise.all(all.map(({ pid }) => gone(pid)));
    await assert.rejects(virtual("get", "namespaces"));
    await host(..."scale statefulset/tenant -n vcluster-tenant --replicas=1".split(" "));
    await until(async () => {
      await virtual("get", "deployment", "web", "-n", "shop");
      return true;
    });
  });

  test("ends with the plane, even if the stand-in is gone by then, and comes back with it", async () => {
    const all = await processes();
    process.kill(pidOf(plane, STAND_IN), "SIGKILL");
    await gone(pidOf(plane, STAND_IN));
    await down();
    for (const { name, pid } of all) {
      assert.equal(await runs(pid), false, name);
    }
    const before = await readFile(tenant, "utf8");
    plane = await up({ workload: true });
    await until(async () => {
      await virtual("get", "deployment", "web", "-n", "shop");
      return true;
    });
    assert.equal(await kubeconfig(), before);
  });

  test("is gone with its StatefulSet, data and all", async () => {
    const all = await processes();
    const keys = await etcdKeys(state().stateFile);
    await host("delete", "namespace", "vcluster-tenant");
    await until(async () => (await folders()).length === 0);
    for (const { name, pid } of all) {
      assert.equal(await runs(pid), false, name);
    }
    const volumes = () => host("get", "persistentvolumes", "-o", "name");
    await until(async () => (await volumes()) === "");
    // A cluster has some hundred keys of its own: roles, nodes, priority levels, leases.
    assert.ok((await etcdKeys(state().stateFile)) < keys - 100);
    assert.equal((await status()).healthy, true);
  });
});
