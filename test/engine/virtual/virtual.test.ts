import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  attachProfile,
  createVirtualCluster,
  deleteVirtualCluster,
  detach,
  importChoice,
  importCluster,
  importFacts,
  listVirtualClusters,
  type ManagementCluster,
  pauseVirtualCluster,
  readImport,
  resizeVirtualCluster,
  resumeVirtualCluster,
  virtualKubeconfig,
} from "../../../src/kube/index.ts";
import { CONFIG_MAP, RESOURCE_QUOTA } from "../../../src/kube/kinds.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { DEFAULT_RESOURCES, type VirtualClusterRequest } from "../../../src/virtual/index.ts";
import { addOnText, chartPack, configMapPack } from "../../support/addOn.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { until } from "../layers/support.ts";

const NAMESPACE = "engine-virtual";
const HOST = "host";
const HOST_REF = { namespace: NAMESPACE, name: HOST };
const REF = { namespace: NAMESPACE, name: "tenant" };
/** Far more than each step takes here, and less than the product's own patience. */
const LIMIT = { limitMs: 120_000 };
const HOST_NAMESPACE = "vcluster-tenant";

/** Try-out software: a chart, and a manifest of its own. */
const PROFILE = addOnText({
  name: "try-out",
  packs: [
    chartPack("external-dns", CHARTS["external-dns"].version, "pack: { namespace: dns }\npolicy: sync\n"),
    configMapPack("notes", { text: "hello" }),
  ],
});

describe("a virtual cluster", { skip: await missingEngines(), timeout: 900_000 }, () => {
  const engines = useEngines({ workload: true });
  let folder: string;
  let management: ManagementCluster;
  let host: ManagementCluster;
  let charts: ChartRepository;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-virtual-"));
    charts = await serveCharts([{ name: "vcluster" }, { name: "external-dns" }]);
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    const { workload } = engines.status;
    assert.ok(workload !== undefined);
    host = await connectTo(workload.kubeconfig, workload.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    const facts = await importFacts(management, host, NAMESPACE);
    const choice = importChoice(facts, {
      ...HOST_REF,
      labels: { env: "test" },
      mode: "full",
      address: undefined,
    });
    await importCluster({ management, imported: host }, facts, choice);
  });
  after(async () => {
    for (const each of await listVirtualClusters(management, { namespace: NAMESPACE })) {
      await deleteVirtualCluster(management, each, LIMIT);
    }
    await detach({ management, imported: host }, await readImport(management, HOST_REF));
    await engines.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    await charts?.close();
    management?.close();
    host?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const request = (): VirtualClusterRequest => ({
    ...REF,
    host: { cluster: HOST },
    resources: DEFAULT_RESOURCES,
    endpoint: { type: "NodePort" },
    chartRepository: charts.url,
  });
  const states = async (): Promise<string[]> =>
    (await listVirtualClusters(management, { namespace: NAMESPACE })).map(
      ({ name, host: on, state }) => `${name} on ${on} ${state}`,
    );
  /** A connection with what a user gets. */
  async function tenant(): Promise<ManagementCluster> {
    const path = join(folder, "tenant.yaml");
    await writeFile(path, await virtualKubeconfig(management, REF), { mode: 0o600 });
    const context = await engines.kubectl("config", "current-context", `--kubeconfig=${path}`);
    return connectTo(path, context.trim());
  }
  const uidOf = async (cluster: ManagementCluster): Promise<unknown> =>
    (await cluster.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" }))?.metadata.uid;

  const quotas = async (): Promise<{ readonly hard: Readonly<Record<string, string>> }[]> =>
    (await host.list(RESOURCE_QUOTA, { namespace: HOST_NAMESPACE })).map(
      ({ spec }) => spec as { hard: Record<string, string> },
    );

  test("runs once it was created, with an API server of its own", async () => {
    const steps: string[] = [];
    const made = await createVirtualCluster(management, request(), {
      ...LIMIT,
      onProgress: ({ step }) => steps.push(step),
    });
    assert.equal(made.state, "running");
    assert.match(made.kubernetesVersion ?? "", /^1\.\d+\.\d+$/);
    assert.deepEqual(await states(), ["tenant on host running"]);
    assert.match(steps[0] ?? "", /namespace vcluster-tenant on host/);
    const cluster = await tenant();
    try {
      const uid = await uidOf(cluster);
      assert.ok(typeof uid === "string");
      assert.notEqual(uid, await uidOf(host));
    } finally {
      cluster.close();
    }
  });

  test("has its share of the host, and no more", async () => {
    const hard = (await quotas()).map((each) => each.hard);
    assert.equal(hard.length, 1);
    assert.equal(hard[0]?.["limits.cpu"], "4");
    assert.equal(hard[0]?.["limits.memory"], "4Gi");
    assert.equal(hard[0]?.["requests.storage"], "10Gi");
  });

  test("takes an add-on profile with a chart and a manifest", async () => {
    await attachProfile(management, REF, {
      profileText: PROFILE,
      sources: { registries: [{ name: "local", kind: "helm", url: charts.url }] },
    });
    const layers = async () =>
      ((await listLayers(management, { namespace: NAMESPACE })).get(`${NAMESPACE}/tenant`) ?? []).map(
        ({ name, state }) => `${name} ${state}`,
      );
    await until(
      async () => (await layers()).join() === "external-dns ready,notes ready",
      async () => JSON.stringify(await layers()),
    );
    const cluster = await tenant();
    try {
      const deployment = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        namespace: "dns",
        name: "external-dns",
      };
      await until(
        async () =>
          ((await cluster.get(deployment))?.status as { readyReplicas?: number } | undefined)
            ?.readyReplicas === 1,
        async () => JSON.stringify((await cluster.get(deployment))?.status),
      );
      assert.equal(await host.get(deployment), undefined);
    } finally {
      cluster.close();
    }
  });

  test("gets more of its host in place, and what is too much is refused", async () => {
    const bigger = { cpu: 5, memoryMiB: 5120, storageGiB: 12 };
    const cluster = await tenant();
    try {
      const before = await uidOf(cluster);
      await resizeVirtualCluster(management, REF, bigger, LIMIT);
      const [{ hard } = assert.fail("It has no quota")] = await quotas();
      assert.deepEqual(
        [hard["limits.cpu"], hard["limits.memory"], hard["requests.storage"]],
        ["5", "5Gi", "12Gi"],
      );
      assert.deepEqual(
        (await listVirtualClusters(management, { namespace: NAMESPACE }))[0]?.resources,
        bigger,
      );
      assert.equal(await uidOf(cluster), before);
    } finally {
      cluster.close();
    }
    await assert.rejects(resizeVirtualCluster(management, REF, { ...bigger, storageGiB: 3 }, LIMIT), {
      code: "InvalidDocument",
      message: "tenant stays as it is: The volume of the control plane has 5 GiB already, and keeps them",
    });
  });

  test("does not answer while it is paused, and goes on with what it had", async () => {
    const cluster = await tenant();
    try {
      const before = await uidOf(cluster);
      await pauseVirtualCluster(management, REF, LIMIT);
      assert.deepEqual(await states(), ["tenant on host paused"]);
      await until(
        async () =>
          uidOf(cluster).then(
            () => false,
            () => true,
          ),
        async () => "Its API server answers while it is paused.",
      );
      assert.equal((await quotas()).length, 1);
      await resumeVirtualCluster(management, REF, LIMIT);
      assert.deepEqual(await states(), ["tenant on host running"]);
      assert.equal(await uidOf(cluster), before);
      const notes = await cluster.get({ ...CONFIG_MAP, namespace: "default", name: "notes" });
      assert.deepEqual(notes?.data, { text: "hello" });
    } finally {
      cluster.close();
    }
  });
});
