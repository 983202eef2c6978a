import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalog } from "../../../src/catalog/index.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { attachmentLabel, clusterValues } from "../../../src/layers/index.ts";
import { chartLayer, plan, profileOf } from "../../support/layers.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { applyAll, isReady, register, summaries, until } from "./support.ts";

const NAMESPACE = "layers-install";
const CLUSTER = "shop";

const POOL = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: default, namespace: metallb-system }
spec: { addresses: [10.0.0.10-10.0.0.20] }
`;

const STORAGE_CLASS = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: rook-block }
provisioner: rook-ceph.rbd.csi.ceph.com
`;

const POLICY = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: require-team }
spec:
  rules:
    - name: team
      match: { any: [{ resources: { kinds: [Namespace] } }] }
      validate: { message: "{{ request.object.metadata.name }} needs a team.", pattern: { metadata: { labels: { team: "?*" } } } }
`;

const PROFILE = profileOf("platform", "1.0.0", [
  chartLayer("cilium", CHARTS.cilium.version, "pack: { namespace: kube-system }\noperator: { replicas: 1 }", {
    layer: "cni",
  }),
  // Drivers come from an operator of their own, whose chart Rook's module does not carry.
  chartLayer(
    "rook-ceph",
    CHARTS["rook-ceph"].version,
    "pack: { namespace: rook-ceph }\ncharts: { rook-ceph: { csi: { installCsiOperator: false } } }",
    { layer: "csi", manifests: [{ name: "class", content: STORAGE_CLASS }] },
  ),
  chartLayer(
    "metallb",
    CHARTS.metallb.version,
    'pack: { namespace: metallb-system, "spectrocloud.com/install-priority": "-10", namespaceLabels: { metallb-system: pod-security.kubernetes.io/enforce=privileged } }\ncharts: { metallb: { frrk8s: { enabled: false }, speaker: { frr: { enabled: false } } } }',
    { manifests: [{ name: "pool", content: POOL }] },
  ),
  chartLayer("kyverno", CHARTS.kyverno.version, "pack: { namespace: kyverno }", {
    manifests: [{ name: "policy", content: POLICY }],
  }),
  chartLayer("notes", "1.0.0", 'pack: { namespace: default, "spectrocloud.com/install-priority": "10" }', {
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
    charts = await serveCharts([
      { name: "cilium" },
      { name: "rook-ceph" },
      { name: "metallb" },
      { name: "kyverno" },
    ]);
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
    await until(
      async () => {
        const all = await summaries(management, NAMESPACE);
        for (const name of names) {
          if (isReady(all.get(name)) && !seen.includes(name)) {
            seen.push(name);
          }
        }
        return seen.length === names.length;
      },
      say,
      300,
    );
    assert.deepEqual(seen, names);
    const text = await engines.workloadKubectl("get", "configmap", "notes", "-o", "jsonpath={.data.text}");
    assert.equal(text, "{{ not ours }}");
    const field = (path: string, ...resource: string[]): Promise<string> =>
      engines.workloadKubectl("get", ...resource, "-o", `jsonpath={${path}}`);
    assert.equal(
      await field(".spec.addresses[0]", "ipaddresspool", "default", "-nmetallb-system"),
      "10.0.0.10-10.0.0.20",
    );
    assert.equal(await field(".provisioner", "storageclass", "rook-block"), "rook-ceph.rbd.csi.ceph.com");
    assert.equal(
      await field(".status.readyReplicas", "deployment", "rook-ceph-operator", "-nrook-ceph"),
      "1",
    );
    assert.equal(
      await field(".spec.rules[0].validate.message", "clusterpolicy", "require-team"),
      "{{ request.object.metadata.name }} needs a team.",
    );
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
