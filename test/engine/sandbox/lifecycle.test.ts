/** The life of one plane, in order: each test takes it over as the one before left it. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { down, reset, type SandboxStatus, status, up } from "../../../sandbox/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { missingEngines, type TemporaryHome, temporaryHome } from "../engines.ts";
import { accepts, gone, listening, pidOf, runs } from "./processes.ts";

const linux = process.platform === "linux";

describe("the local management plane", { skip: await missingEngines() }, () => {
  let home: TemporaryHome;
  let running: SandboxStatus;
  const state = () => join(home.path, "sandbox");
  const kubectl = async (...args: string[]) =>
    (
      await promisify(execFile)(join(state(), "kubectl"), [
        `--kubeconfig=${join(state(), "kubeconfig")}`,
        ...args,
      ])
    ).stdout;
  const ports = async () =>
    Object.values(
      (JSON.parse(await readFile(join(state(), "state.json"), "utf8")) as { ports: object }).ports,
    );

  before(async () => {
    home = await temporaryHome();
  });
  after(() => home.end());

  test("comes up with every component ready", async () => {
    running = await up();
    assert.deepEqual(
      running.components.map(({ name, state }) => `${name} ${state}`),
      [
        "etcd running",
        "kube-apiserver running",
        "kube-controller-manager running",
        "capi-core running",
        "capi-kubeadm-bootstrap running",
        "capi-kubeadm-control-plane running",
        "capi-dev running",
        "sveltos running",
        "sveltoscluster-manager running",
      ],
    );
    assert.equal(running.healthy, true);
    assert.equal(running.workload, undefined);
  });

  test("says what it is, in a kubeconfig of its own", async () => {
    assert.equal((await kubectl("config", "current-context")).trim(), "palette-sandbox");
    assert.match(
      await kubectl("get", "configmap", "palette-sandbox", "-n", "kube-public"),
      /palette-sandbox/,
    );
    assert.match(
      await kubectl("version", "-o", "json"),
      /"serverVersion": \{[^}]*"gitVersion": "v1\.\d+\.\d+"/,
    );
  });

  test("has its webhooks and conversions registered", async () => {
    // Refused by Cluster API's own webhook, not by the schema.
    const cluster = `
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: {name: Not-Valid., namespace: default}
spec:
  infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevCluster, name: x}
  clusterNetwork: {pods: {cidrBlocks: [not-a-range]}}`;
    const file = join(home.path, "cluster.yaml");
    await writeFile(file, cluster.replace("Not-Valid.", "valid"));
    await assert.rejects(
      kubectl("create", "-f", file, "--dry-run=server"),
      /invalid CIDR address: not-a-range/,
    );
    // An older version is only served by a conversion webhook.
    await writeFile(
      file,
      `
apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
kind: DevCluster
metadata: {name: old, namespace: default}
spec: {backend: {docker: {}}}`,
    );
    await kubectl("create", "-f", file);
    assert.equal(
      await kubectl(
        "get",
        "devclusters.v1beta2.infrastructure.cluster.x-k8s.io",
        "old",
        "-o",
        "jsonpath={.apiVersion}",
      ),
      "infrastructure.cluster.x-k8s.io/v1beta2",
    );
    await kubectl("delete", "devcluster", "old", "--wait=false");
  });

  test("keeps its files to its user", async () => {
    assert.equal((await stat(state())).mode & 0o777, 0o700);
    for (const entry of await readdir(state(), { withFileTypes: true, recursive: true })) {
      if (!entry.isSymbolicLink()) {
        const path = join(entry.parentPath, entry.name);
        const mode = (await stat(path)).mode & 0o777;
        assert.equal(mode.toString(8), entry.isDirectory() ? "700" : "600", path);
      }
    }
  });

  test("listens on 127.0.0.1, but for the webhook servers, which cannot", { skip: !linux }, async () => {
    for (const { name, pid } of running.components) {
      const { local, open } = await listening(pid ?? 0);
      assert.ok(local.length > 0, `${name} listens`);
      assert.equal(open.length, name.startsWith("capi-") ? 1 : 0, `${name} listens on ${open}`);
    }
  });

  test("keeps its store to its API servers", async () => {
    const { endpoint } = running.components[0] ?? {};
    const ask = (options: object) =>
      new Promise((resolve) => {
        get(`${endpoint}/version`, { ...options, agent: false }, (res) => {
          res.resume();
          resolve(res.statusCode);
        }).on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      });
    const [ca, cert, key] = await Promise.all(
      ["ca.crt", "etcd-client.crt", "etcd-client.key"].map((file) =>
        readFile(join(state(), "credentials", file)),
      ),
    );
    assert.equal(await ask({ ca, cert, key }), 200);
    assert.match(String(await ask({ ca })), /^ERR_SSL_|^EPROTO|^ECONNRESET/);
  });

  test("stays as it is when started again, also by two at once", async () => {
    const [first, second] = await Promise.all([up(), up()]);
    const pids = running.components.map(({ pid }) => pid);
    assert.deepEqual(
      first.components.map(({ pid }) => pid),
      pids,
    );
    assert.deepEqual(
      second.components.map(({ pid }) => pid),
      pids,
    );
  });

  test("says which component died, with the end of its log", async () => {
    const pid = pidOf(running, "capi-core");
    process.kill(pid, "SIGKILL");
    await gone(pid);
    const { healthy, components } = await status();
    assert.equal(healthy, false);
    const dead = components.filter(({ state }) => state !== "running");
    assert.deepEqual(
      dead.map(({ name, state }) => `${name} ${state}`),
      ["capi-core died"],
    );
    assert.ok((dead[0]?.lastLines ?? []).length > 0);

    const cli = resolve(import.meta.dirname, "../../../src/cli/main.ts");
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [cli, "sandbox", "status", ...args]).then(
        () => assert.fail("palette sandbox status ended with 0"),
        (error: { code: number; stdout: string }) => error,
      );
    const text = await run();
    assert.equal(text.code, 1);
    assert.match(text.stdout, /capi-core +died/);
    assert.match(text.stdout, /capi-core died\. The end of its log:\n {2}\S/);
    const json = JSON.parse((await run("--output", "json")).stdout) as SandboxStatus;
    assert.deepEqual(
      json.components.map(({ name, state }) => [name, state]),
      components.map(({ name, state }) => [name, state]),
    );
  });

  test("starts what died, and nothing else", async () => {
    const healed = await up();
    assert.equal(healed.healthy, true);
    const changed = healed.components.filter(({ name, pid }) => pid !== pidOf(running, name));
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["capi-core"],
    );
    running = healed;
  });

  test("starts a component anew that does not answer", async () => {
    const pid = pidOf(running, "capi-dev");
    process.kill(pid, "SIGSTOP");
    // A signal is on its way for a moment, and the process may answer once more.
    let state: string | undefined;
    do {
      state = (await status()).components.find(({ name }) => name === "capi-dev")?.state;
    } while (state === "running");
    assert.match(state ?? "", /^(starting|unhealthy)$/);
    running = await up();
    assert.equal(running.healthy, true);
    assert.notEqual(pidOf(running, "capi-dev"), pid);
    assert.equal(await runs(pid), false);
  });

  test("moves to another port when its own is taken, and takes the controllers along", async () => {
    const pid = pidOf(running, "kube-apiserver");
    const { port } = new URL(running.components[1]?.endpoint ?? "");
    process.kill(pid, "SIGKILL");
    await gone(pid);
    const squatter = createServer().listen(Number(port), "127.0.0.1");
    try {
      running = await up();
    } finally {
      squatter.close();
    }
    assert.equal(running.healthy, true);
    assert.notEqual(new URL(running.components[1]?.endpoint ?? "").port, port);
    // The controllers work against the new address: a namespace only gets this from one of them.
    await kubectl("create", "namespace", "moved");
    await kubectl("wait", "serviceaccount/default", "-n", "moved", "--for=create", "--timeout=30s");
  });

  test("comes back with its data after a crash of everything", async () => {
    await kubectl("create", "configmap", "kept", "--from-literal=a=b", "-n", "moved");
    const pids = running.components.map(({ pid }) => pid ?? 0);
    for (const pid of pids) {
      process.kill(pid, "SIGKILL");
    }
    await Promise.all(pids.map(gone));
    const crashed = await status();
    assert.equal(crashed.running, false);
    assert.ok(crashed.components.every(({ state }) => state === "died"));
    running = await up();
    assert.equal(running.healthy, true);
    assert.match(
      await kubectl("get", "configmap", "kept", "-n", "moved", "-o", "jsonpath={.data}"),
      /"a":"b"/,
    );
  });

  test("leaves no process and no open port when it is stopped", async () => {
    const pids = running.components.map(({ pid }) => pid ?? 0);
    await down();
    for (const pid of pids) {
      assert.equal(await runs(pid), false);
    }
    for (const port of await ports()) {
      assert.equal(await accepts(port), false, `port ${port}`);
    }
    const { running: still, components } = await status();
    assert.equal(still, false);
    assert.ok(components.every(({ state }) => state === "stopped"));
  });

  test("leaves nothing when a start is cancelled half-way, and keeps the data", async () => {
    const cancel = new AbortController();
    const steps: string[] = [];
    await assert.rejects(
      up({
        signal: cancel.signal,
        onProgress: ({ step }) => {
          steps.push(step);
          if (step.startsWith("Writing the Cluster API definitions")) {
            cancel.abort();
          }
        },
      }),
      (error) => isPaletteError(error, "Cancelled") && /data is kept/.test(error.next ?? ""),
    );
    assert.match(steps.at(-1) ?? "", /^Writing/);
    assert.ok((await status()).components.every(({ state }) => state === "stopped"));
    for (const port of await ports()) {
      assert.equal(await accepts(port), false, `port ${port}`);
    }
    running = await up();
    assert.match(await kubectl("get", "configmap", "kept", "-n", "moved"), /kept/);
    await down();
  });

  test("never ends a process of somebody else that got the number of one of its own", async () => {
    const stranger = spawn("sleep", ["600"], { stdio: "ignore" });
    try {
      const pid = stranger.pid ?? 0;
      const file = join(state(), "state.json");
      const before = JSON.parse(await readFile(file, "utf8")) as { ports: object };
      const record = {
        name: "etcd",
        pid,
        start: "00000000-0000-0000-0000-000000000000 1",
        since: new Date().toISOString(),
        command: "/usr/bin/sleep",
        args: [],
        env: {},
        log: join(state(), "logs/etcd.log"),
        probe: { port: 1, path: "/", tls: false },
        endpoint: "",
      };
      await writeFile(file, JSON.stringify({ ...before, components: [record] }));
      assert.equal((await status()).components[0]?.state, "died");
      await down();
      assert.equal(await runs(pid), true);
      await writeFile(file, JSON.stringify({ ...before, components: [record] }));
      running = await up();
      assert.equal(running.healthy, true);
      assert.notEqual(pidOf(running, "etcd"), pid);
      assert.equal(await runs(pid), true);
    } finally {
      stranger.kill("SIGKILL");
    }
  });

  test("deletes its data on request", async () => {
    const pids = running.components.map(({ pid }) => pid ?? 0);
    await reset();
    for (const pid of pids) {
      assert.equal(await runs(pid), false);
    }
    const left = await readdir(state());
    assert.deepEqual(
      left.filter((name) => !name.startsWith("lock.")),
      [],
    );
  });

  test("stops what it started when a component does not start, and shows why", async () => {
    // etcd finds a file where its folder should be.
    await mkdir(state(), { recursive: true });
    await writeFile(join(state(), "etcd"), "");
    await assert.rejects(
      up(),
      (error) =>
        isPaletteError(error, "Unreachable") &&
        /^etcd ended while/.test(error.message) &&
        /not a directory/.test(error.engine ?? ""),
    );
    assert.ok((await status()).components.every(({ state }) => state === "stopped"));
  });
});
