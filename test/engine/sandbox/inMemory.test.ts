import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { down, type SandboxStatus, up } from "../../../sandbox/index.ts";
import { missingEngines, type TemporaryHome, temporaryHome } from "../engines.ts";
import { listening, pidOf } from "./processes.ts";

const one = `
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: {name: one, namespace: default}
spec:
  controlPlaneRef: {apiGroup: controlplane.cluster.x-k8s.io, kind: KubeadmControlPlane, name: one}
  infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevCluster, name: one}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevCluster
metadata: {name: one, namespace: default, annotations: {test: in-memory}}
spec: {backend: {inMemory: {}}}
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta2
kind: KubeadmControlPlane
metadata: {name: one, namespace: default}
spec:
  replicas: 1
  version: v1.36.4
  machineTemplate:
    spec:
      infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevMachineTemplate, name: one}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevMachineTemplate
metadata: {name: one, namespace: default}
spec: {template: {spec: {backend: {inMemory: {}}}}}`;

describe("an in-memory cluster", { skip: await missingEngines() }, () => {
  let home: TemporaryHome;
  let running: SandboxStatus;
  let own: string;
  const kubectl = async (kubeconfig: string, ...args: string[]) =>
    (await promisify(execFile)(running.kubectl, [`--kubeconfig=${kubeconfig}`, ...args])).stdout;
  const available = () =>
    kubectl(running.kubeconfig, "wait", "cluster/one", "--for=condition=Available", "--timeout=180s");

  /** Waits until the cluster answers again with these nodes: its provider makes the fake machines anew. */
  const nodesAre = async (names: string) => {
    const deadline = performance.now() + 120_000;
    let last: unknown;
    do {
      last = await kubectl(own, "get", "nodes", "-o", "name").catch((error: unknown) => error);
      await sleep(500);
    } while (last !== names && performance.now() < deadline);
    assert.equal(last, names);
  };

  before(async () => {
    home = await temporaryHome();
    running = await up();
    own = join(home.path, "one.kubeconfig");
  });
  after(() => home.end());

  test("becomes available, and answers on this machine only", async () => {
    const file = join(home.path, "one.yaml");
    await writeFile(file, one);
    await kubectl(running.kubeconfig, "apply", "--server-side", "-f", file);
    await available();
    const secret = await kubectl(
      running.kubeconfig,
      "get",
      "secret",
      "one-kubeconfig",
      "-o",
      "jsonpath={.data.value}",
    );
    await writeFile(own, Buffer.from(secret, "base64"), { mode: 0o600 });
    assert.match(await kubectl(own, "get", "nodes", "-o", "name"), /^node\/one-/);
    const port = Number(/server: https:\/\/127\.0\.0\.1:(\d+)/.exec(await readFile(own, "utf8"))?.[1]);
    assert.ok(port >= 20_000 && port < 30_000);
    if (process.platform === "linux") {
      const { local } = await listening(pidOf(running, "capi-dev"));
      assert.ok(local.includes(port));
    }
  });

  test("comes back under the same address after a stop and a start", async () => {
    const before = await kubectl(own, "get", "nodes", "-o", "name");
    await down();
    running = await up();
    await nodesAre(before);
    await available();
  });

  test("comes back when the provider alone died", async () => {
    const before = await kubectl(own, "get", "nodes", "-o", "name");
    process.kill(pidOf(running, "capi-dev"), "SIGKILL");
    running = await up();
    await nodesAre(before);
    await available();
  });

  test("can still be deleted after that", async () => {
    await kubectl(running.kubeconfig, "delete", "cluster", "one", "--timeout=120s");
    await assert.rejects(kubectl(own, "get", "nodes", "--request-timeout=5s"));
  });
});
