import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import {
  clusterObjects,
  createCluster,
  deleteCluster,
  type Fleet,
  kubeconfigOf,
  listClusters,
  listPublished,
  type ManagementCluster,
  planCreation,
  waitAvailable,
  watchFleet,
} from "../../../src/kube/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { openWay } from "./proxy.ts";
import { connectTo, everythingOf, PROFILE_TEXT, requestFor } from "./support.ts";

/** Its own: other tests use the same management cluster. */
const NAMESPACE = "engine-life";

describe("a cluster from request to gone", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  const ref = { namespace: NAMESPACE, name: "life" };
  let folder: string;
  let management: ManagementCluster;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-engine-"));
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  });
  after(async () => {
    management?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is the local management cluster", () => {
    assert.equal(management.isSandbox, true);
  });

  it("becomes available with all its machines", async () => {
    const seen = new Set<number>();
    const request = requestFor(NAMESPACE, ref.name, { controlPlane: 3, workers: 2 });
    await createCluster(management, await planCreation(management, { request, profileText: PROFILE_TEXT }));
    const watch = watchFleet(management, ({ clusters }) => {
      const status = clusters.find(({ name }) => name === ref.name);
      seen.add(status?.pools.reduce((sum, pool) => sum + pool.machines.length, 0) ?? 0);
    });
    try {
      const first = await waitAvailable(management, ref);
      assert.equal(first.available, true);
      await until(async () => {
        const status = (await listClusters(management, { namespace: NAMESPACE })).find(
          ({ name }) => name === ref.name,
        );
        return status?.health === "good";
      });
    } finally {
      watch.dispose();
    }
    const status = (await listClusters(management, { namespace: NAMESPACE })).find(
      ({ name }) => name === ref.name,
    );
    assert.deepEqual(
      status?.pools.map(({ name, desired, ready, machines }) => [name, desired, ready, machines.length]),
      [
        ["control-plane", 3, 3, 3],
        ["workers", 2, 2, 2],
      ],
    );
    assert.deepEqual(
      [status?.headline, status?.version, status?.profile, status?.cloudType],
      ["Available", "1.36.4", { name: "engine-test", version: "1.0.0" }, "in-memory"],
    );
    // They were seen to arrive, not only to be there.
    assert.ok(seen.size > 2, [...seen].join());
  });

  it("has a kubeconfig that kubectl works with", async () => {
    const file = join(folder, "life.kubeconfig");
    await writeFile(file, await kubeconfigOf(management, ref), { mode: 0o600 });
    const { stdout } = await promisify(execFile)(engines.status.kubectl, [
      `--kubeconfig=${file}`,
      "get",
      "nodes",
      "--no-headers",
    ]);
    assert.equal(stdout.trim().split("\n").length, 5);
  });

  it("tells its objects, without the bookkeeping", async () => {
    const objects = await clusterObjects(management, ref);
    const kinds = objects.map(({ kind }) => kind);
    assert.equal(kinds[0], "Cluster");
    assert.equal(kinds.filter((kind) => kind === "Machine").length, 5);
    assert.ok(!kinds.includes("Secret"));
    assert.ok(!JSON.stringify(objects).includes("managedFields"));
  });

  it("keeps its last known state without a connection, and comes back live", async () => {
    const way = await openWay(engines.status.kubeconfig, join(folder, "way.yaml"));
    const through = await connectTo(way.kubeconfig, way.context);
    const fleets: Fleet[] = [];
    const watch = watchFleet(through, (fleet) => fleets.push(fleet));
    const last = () => fleets.at(-1);
    try {
      await until(() => last()?.connection.state === "live");
      way.cut();
      await until(() => last()?.connection.state === "stale");
      assert.ok(last()?.clusters.some(({ name, available }) => name === ref.name && available));
      assert.ok(last()?.connection.since !== undefined && last()?.connection.nextTry !== undefined);
      assert.match(last()?.connection.message ?? "", /does not answer/);
      assert.ok((last()?.published.length ?? 0) > 0);
      way.restore();
      await until(() => last()?.connection.state === "live");
      // Live means that a change is seen.
      await management.patch(
        { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", ...ref },
        { metadata: { labels: { "palette-onboarding/profile-version": "9.9.9" } } },
      );
      await until(() => last()?.clusters.find(({ name }) => name === ref.name)?.profile?.version === "9.9.9");
    } finally {
      watch.dispose();
      through.close();
      await way.close();
    }
  });

  it("is gone without a rest once it is deleted; the profile stays", async () => {
    const steps: string[] = [];
    await deleteCluster(management, ref, { onProgress: ({ step }) => steps.push(step) });
    await until(async () => (await everythingOf(management, ref.name)).length === 0);
    assert.ok(
      steps.some((step) => /^\d machines? left/.test(step)),
      steps.join("\n"),
    );
    assert.ok((await listPublished(management, { namespace: NAMESPACE })).length > 0);
    const error = await deleteCluster(management, ref).catch((reason: unknown) => reason);
    assert.ok(isPaletteError(error, "NotFound"));
  });
});

/** Waits for something that takes its time; whoever runs the tests limits it. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
