import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalog } from "../../../src/catalog/index.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { attachmentLabel, clusterValues } from "../../../src/layers/index.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { applyAll, chartLayer, isReady, plan, profileOf, register, summaries, until } from "./support.ts";

const NAMESPACE = "layers-install";
const CLUSTER = "shop";

const POOL = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: default, namespace: metallb-system }
spec: { addresses: [10.0.0.10-10.0.0.20] }
`;

const PROFILE = profileOf("platform", "1.0.0", [
  chartLayer("cilium", CHARTS.cilium.version, "pack: { namespace: kube-system }\noperator: { replicas: 1 }", {
    layer: "cni",
  }),
  chartLayer(
    "metallb",
    CHARTS.metallb.version,
    'pack: { namespace: metallb-system, "spectrocloud.com/install-priority": "-10", namespaceLabels: { metallb-system: pod-security.kubernetes.io/enforce=privileged } }\ncharts: { metallb: { frrk8s: { enabled: false }, speaker: { frr: { enabled: false } } } }',
    { manifests: [{ name: "pool", content: POOL }] },
  ),
  chartLayer("notes", "1.0.0", "pack: { namespace: default }", {
    type: "manifest",
    manifests: [
      {
        name: "notes",
        content:
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: notes, namespace: default }\ndata: { text: "{{ not ours }}" }\n',
      },
    ],
  }),
]);

describe("layers of a profile", { skip: await missingEngines() }, () => {
  const engines = useEngines({ workload: true });
  let management: ManagementCluster;
  let charts: ChartRepository;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    charts = await serveCharts([{ name: "cilium" }, { name: "metallb" }]);
    await engines.kubectl("create", "namespace", NAMESPACE);
    await register(management, engines, { namespace: NAMESPACE, name: CLUSTER });
  });
  after(async () => {
    await engines.kubectl("delete", "profiles.config.projectsveltos.io", "--all", `-n${NAMESPACE}`);
    await engines.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    await charts?.close();
    management?.close();
  });

  const say = async (): Promise<string> =>
    JSON.stringify([...(await summaries(management, NAMESPACE))], undefined, 1);

  test("arrive in order, and are ready", async () => {
    const { objects, problems } = plan(PROFILE, NAMESPACE, charts.url);
    assert.deepEqual(problems, []);
    await applyAll(management, objects);
    const [key, value] = attachmentLabel(PROFILE);
    await engines.kubectl("label", "sveltoscluster", CLUSTER, `-n${NAMESPACE}`, `${key}=${value}`);
    const seen: string[] = [];
    const names = objects.filter(({ kind }) => kind === "Profile").map(({ metadata }) => metadata.name);
    await until(async () => {
      const all = await summaries(management, NAMESPACE);
      for (const name of names) {
        if (isReady(all.get(name)) && !seen.includes(name)) {
          seen.push(name);
        }
      }
      return seen.length === names.length;
    }, say);
    assert.deepEqual(seen, names);
    const text = await engines.workloadKubectl("get", "configmap", "notes", "-o", "jsonpath={.data.text}");
    assert.equal(text, "{{ not ours }}");
    const pool = await engines.workloadKubectl(
      "get",
      "ipaddresspool",
      "default",
      "-nmetallb-system",
      "-o",
      "jsonpath={.spec.addresses[0]}",
    );
    assert.equal(pool, "10.0.0.10-10.0.0.20");
  });

  test("follow the cluster's own values, false ones too", async () => {
    const sources = { catalog, registries: [{ name: "local", kind: "helm" as const, url: charts.url }] };
    const own = {
      ...PROFILE,
      layers: PROFILE.layers.map((layer) =>
        layer.name === "cilium"
          ? { ...layer, values: "pack: { namespace: kube-system }\noperator: { enabled: false }" }
          : layer,
      ),
    };
    const { objects, labels } = clusterValues([{ shared: PROFILE, own }], sources, {
      namespace: NAMESPACE,
      name: CLUSTER,
      labels: {},
    });
    await applyAll(management, objects);
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    await engines.kubectl("label", "sveltoscluster", CLUSTER, `-n${NAMESPACE}`, ...pairs);
    await until(
      async () =>
        (await engines.workloadKubectl("get", "deployment", "-nkube-system", "-o", "name")).includes(
          "cilium-operator",
        ) === false,
      say,
    );
  });
});
