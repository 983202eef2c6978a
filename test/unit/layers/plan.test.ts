import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalog } from "../../../src/catalog/index.ts";
import {
  clusterValues,
  planLayers,
  rangeProblems,
  releaseClashes,
  releasesOf,
} from "../../../src/layers/index.ts";
import { parseProfile, profileOf } from "../../../src/profile/index.ts";
import type { Layer, Profile } from "../../../src/profile/model.ts";
import { readSettings } from "../../../src/registries/settings.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const layer = (changes: Partial<Layer>): Layer => ({
  name: "cni-cilium-oss",
  layer: "cni",
  type: "spectro",
  tag: "1.20.1",
  version: undefined,
  registry: "Public Repo",
  values: "pack:\n  namespace: kube-system\ncharts:\n  cilium:\n    ipam:\n      mode: kubernetes\n",
  manifests: [],
  ...changes,
});
const addon = (name: string, values: string, changes: Partial<Layer> = {}): Layer =>
  layer({ name, layer: "addon", values, ...changes });
const CILIUM = layer({});
const KYVERNO = addon("kyverno", "pack:\n  namespace: kyverno\ncharts:\n  kyverno: { a: 1 }\n", {
  tag: "3.9.0",
});
const profile = (...layers: Layer[]): Profile => ({
  name: "base",
  description: undefined,
  version: "1.0.0",
  type: "add-on",
  cloudType: "all",
  layers,
  variables: [],
});
const plan = (...layers: Layer[]) =>
  planLayers(profile(...layers), { catalog, registries: [] }, { namespace: "team-a", profileText: "text" });
/** The name that Sveltos reads: that of the cluster's label, or the shared one. */
const nameOr = (shared: string): string =>
  `{{ with index .Cluster.metadata "labels" }}{{ with index . "values.palette-onboarding/base-cni-cilium-oss-cilium" }}{{ . }}{{ else }}${shared}{{ end }}{{ else }}${shared}{{ end }}`;
const spec = (object: KubeObject | undefined): Record<string, unknown> =>
  (object?.spec ?? {}) as Record<string, unknown>;
const profiles = (objects: readonly KubeObject[]): KubeObject[] =>
  objects.filter(({ kind }) => kind === "Profile");
const dependencies = (objects: readonly KubeObject[]): Record<string, unknown> =>
  Object.fromEntries(profiles(objects).map((each) => [each.metadata.name, spec(each).dependsOn]));

describe("the layers of a profile", () => {
  it("are Sveltos Profiles of the namespace that choose clusters by the profile's label", () => {
    const { objects, problems, label } = plan(CILIUM);
    assert.deepEqual(problems, []);
    assert.deepEqual(label, ["profile.palette-onboarding/base", "1.0.0"]);
    const [only] = profiles(objects);
    assert.equal(only?.metadata.name, "base-1-0-0-cni-cilium-oss");
    const [values] = objects.filter(({ kind }) => kind === "ConfigMap");
    assert.equal(only?.metadata.namespace, "team-a");
    assert.deepEqual(spec(only).clusterSelector, { matchLabels: { [label[0]]: label[1] } });
    const [chart] = spec(only).helmCharts as Record<string, unknown>[];
    assert.equal(chart?.repositoryURL, "https://helm.cilium.io");
    assert.equal(chart?.chartVersion, "1.20.1");
    assert.equal(chart?.releaseNamespace, "kube-system");
    assert.deepEqual(values?.data, { "values.yaml": "ipam:\n  mode: kubernetes\n" });
    assert.deepEqual(chart?.valuesFrom, [
      { kind: "ConfigMap", name: nameOr(values?.metadata.name ?? ""), optional: true },
      { kind: "Secret", name: nameOr(values?.metadata.name ?? ""), optional: true },
    ]);
  });

  it("wait for those before them: network, cloud controller, storage, add-ons by priority", () => {
    const priority = (name: string, number: string): Layer =>
      addon(name, `pack: { namespace: a, "spectrocloud.com/install-priority": ${number} }`, {
        type: "manifest",
        manifests: [{ name: "m", content: "a: 1" }],
      });
    const { objects } = plan(
      priority("last", '"5"'),
      priority("first", "-5"),
      priority("second", "0"),
      addon("vsphere-cpi", "pack: { namespace: kube-system }", { tag: "1.36.0", type: "helm" }),
      layer({ name: "csi-longhorn", layer: "csi", tag: "1.12.1", values: "" }),
      priority("also-second", "0"),
      CILIUM,
    );
    assert.deepEqual(dependencies(objects), {
      "base-1-0-0-cni-cilium-oss": undefined,
      "base-1-0-0-vsphere-cpi": ["base-1-0-0-cni-cilium-oss"],
      "base-1-0-0-csi-longhorn": ["base-1-0-0-vsphere-cpi"],
      "base-1-0-0-first": ["base-1-0-0-csi-longhorn"],
      "base-1-0-0-second": ["base-1-0-0-first"],
      "base-1-0-0-also-second": ["base-1-0-0-first"],
      "base-1-0-0-last": ["base-1-0-0-second", "base-1-0-0-also-second"],
    });
  });

  it("install charts in their order, definitions before what needs them", () => {
    const { objects } = plan(layer({ name: "cni-calico", tag: "3.32.1", values: "" }));
    const charts = spec(profiles(objects)[0]).helmCharts as { chartName: string }[];
    assert.deepEqual(
      charts.map(({ chartName }) => chartName.split("/")[1]),
      ["crd.projectcalico.org.v1", "tigera-operator"],
    );
  });

  it("apply manifests of a layer after its charts", () => {
    const { objects } = plan(
      addon("lb-metallb-helm", "pack: { namespace: metallb-system }", {
        tag: "0.16.1",
        manifests: [{ name: "pool", content: "kind: IPAddressPool" }],
      }),
    );
    assert.deepEqual(dependencies(objects), {
      "base-1-0-0-lb-metallb-helm": undefined,
      "base-1-0-0-lb-metallb-helm-manifests": ["base-1-0-0-lb-metallb-helm"],
    });
  });

  it("label namespaces before anything runs there", () => {
    const { objects } = plan(
      addon("lb-metallb-helm", "pack: { namespace: m, namespaceLabels: { m: 'a=b,c=d' } }", {
        tag: "0.16.1",
      }),
    );
    const [made] = profiles(objects);
    const map = objects.find(({ metadata }) => metadata.name === "base-1-0-0-lb-metallb-helm");
    const [text] = Object.values((map?.data ?? {}) as Record<string, string>);
    assert.match(text ?? "", /kind: Namespace[\s\S]*labels:\n {4}a: b\n {4}c: d/);
    assert.deepEqual(spec(made).policyRefs, [
      { kind: "ConfigMap", name: map?.metadata.name, deploymentType: "Remote" },
    ]);
  });

  it("keep Go templates of charts out of Sveltos' hands: only names pass its templates", () => {
    const { objects } = plan(layer({ values: 'charts: { cilium: { t: "{{ .Release.Name }}" } }' }));
    const [map] = objects.filter(({ kind }) => kind === "ConfigMap");
    assert.deepEqual(map?.data, { "values.yaml": 't: "{{ .Release.Name }}"\n' });
    assert.equal(map?.metadata.annotations?.["projectsveltos.io/template"], undefined);
  });

  it("have names of 63 characters at most, however long theirs are", () => {
    const long = addon("kyverno", "", { type: "manifest", manifests: [{ name: "m", content: "a: 1" }] });
    const { objects } = planLayers(
      { ...profile(), name: "x".repeat(80), version: "1.0.0+b", layers: [{ ...long, name: "y".repeat(80) }] },
      { catalog, registries: [] },
      { namespace: "a", profileText: "" },
    );
    assert.ok(objects.every(({ metadata }) => /^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/.test(metadata.name)));
  });

  it("come from the user's own registries too", () => {
    const own = addon("web", "replicas: 2\npack: { namespace: web }", {
      type: "oci",
      registry: "ours",
      tag: "1.2.3",
    });
    const setting = [{ name: "ours", kind: "oci", url: "oci://registry.example.com/charts" }];
    const { objects, problems } = planLayers(
      profile(own),
      { catalog, ...readSettings(setting) },
      { namespace: "a", profileText: "" },
    );
    assert.deepEqual(problems, []);
    const [chart] = spec(profiles(objects)[0]).helmCharts as Record<string, string>[];
    assert.equal(chart?.repositoryURL, "oci://registry.example.com/charts");
    assert.equal(chart?.chartName, "web");
    assert.deepEqual(objects[0]?.data, { "values.yaml": "replicas: 2\n" });
  });

  it("come from mirrors where the catalog names their charts, and only there", () => {
    const own = addon("web", "", { type: "helm", registry: "ours", tag: "1.2.3" });
    const { objects } = planLayers(
      profile(CILIUM, { ...KYVERNO, tag: "1.19.0" }, own),
      {
        catalog,
        registries: [{ name: "ours", kind: "helm", url: "https://charts.example.com" }],
        mirrors: {
          "https://helm.cilium.io": "oci://mirror.example.com/cilium",
          "*": "https://mirror.example.com",
        },
      },
      { namespace: "a", profileText: "" },
    );
    const charts = profiles(objects).flatMap((each) => spec(each).helmCharts as Record<string, string>[]);
    assert.deepEqual(
      charts.map(({ repositoryURL, chartName }) => `${repositoryURL} ${chartName}`),
      [
        "oci://mirror.example.com/cilium cilium",
        "https://mirror.example.com mirror-example-com/kyverno",
        "https://charts.example.com charts-example-com/web",
      ],
    );
  });

  const refused: readonly (readonly [title: string, Layer, RegExp])[] = [
    ["a pack without an open equivalent", addon("kubehunter", ""), /^kube-?hunter.* has no open equivalent/i],
    [
      "a pack of manifests that holds none",
      layer({ name: "csi-vsphere-csi", layer: "csi", tag: "3.7.3", values: "" }),
      /is published as manifests only/,
    ],
    ["a registry that nobody knows", addon("web", "", { registry: "ours" }), /is of registry ours/],
    ["a version without a known chart", layer({ tag: "0.0.1" }), /0\.0\.1 is not in the catalog/],
    ["values that are no YAML", layer({ values: "a: [" }), /are no YAML/],
    [
      "manifests that no API server takes",
      addon("big", "", { type: "manifest", manifests: [{ name: "m", content: "x".repeat(1_100_000) }] }),
      /1,024 KiB is the most/,
    ],
  ];
  for (const [title, given, message] of refused) {
    it(`refuse ${title} before anything is created`, () => {
      const { problems } = plan(given);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? "", message);
    });
  }

  it("of every profile that ships either go on a cluster or say why not", async () => {
    const { readdirSync, readFileSync } = await import("node:fs");
    const folder = `${import.meta.dirname}/../../../catalog/profiles/`;
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".profile.yaml"))) {
      const text = readFileSync(folder + file, "utf8");
      const shipped = profileOf(parseProfile(text));
      assert.ok(shipped !== undefined, file);
      const { problems, groups } = planLayers(
        shipped,
        { catalog, registries: [] },
        { namespace: "default", profileText: text },
      );
      assert.ok(groups.length > 0 || problems.length > 0, file);
      assert.ok(
        problems.every(({ next }) => next.endsWith(".")),
        file,
      );
    }
  });
});

describe("a cluster's own values", () => {
  const own = (changes: Partial<Layer>): Profile => profile({ ...CILIUM, ...changes }, KYVERNO);
  const where = { namespace: "team-a", name: "demo", labels: {} };
  const sources = { catalog, registries: [] };

  it("are none where the cluster is like all others", () => {
    const { objects, labels } = clusterValues([{ shared: own({}), own: own({}) }], sources, where);
    assert.deepEqual([objects, labels], [[], {}]);
  });

  it("that are no YAML are told, masked ones too; what no cluster can have is told with the layers of all", () => {
    const broken = own({ values: 'charts: { cilium: { name: "CORP\\prod" } }' });
    const problems = (shared: Profile, ...[mine, secret]: Profile[]) =>
      clusterValues(
        [{ shared, own: mine ?? shared, ...(secret === undefined ? {} : { secret }) }],
        sources,
        where,
      ).problems.map(({ layer, message }) => `${layer}: ${message}`);
    for (const found of [problems(own({}), broken), problems(own({}), own({}), broken)]) {
      assert.match(
        found.join("\n"),
        /^cni-cilium-oss: The values of layer cni-cilium-oss are no YAML: Invalid escape.*$/,
      );
    }
    assert.deepEqual(problems(broken), []);
  });

  it("are told apart where two profiles of the cluster have a layer of one name", () => {
    const both = ["base", "tools"].map((name) => ({
      shared: { ...own({}), name },
      own: { ...own({ values: `charts: { cilium: { of: ${name} } }` }), name },
    }));
    const { objects, labels } = clusterValues(both, sources, where);
    assert.equal(new Set(Object.keys(labels)).size, 2);
    assert.deepEqual(
      objects.map(({ metadata, data }) => [metadata.name, data]),
      Object.values(labels).map((name, i) => [name, { "values.yaml": `of: ${["base", "tools"][i]}\n` }]),
    );
    assert.equal(new Set(objects.map(({ metadata }) => metadata.name)).size, 2);
  });

  it("are whole, so that false and removed keys count", () => {
    const { objects, labels } = clusterValues(
      [{ shared: own({}), own: own({ values: "charts: { cilium: { ipam: { enabled: false } } }" }) }],
      sources,
      where,
    );
    assert.deepEqual(labels, {
      "values.palette-onboarding/base-cni-cilium-oss-cilium": "demo-base-1-0-0-cni-cilium-oss-cilium",
    });
    assert.deepEqual(
      objects.map(({ kind, metadata, data }) => [kind, metadata.name, data]),
      [
        [
          "ConfigMap",
          "demo-base-1-0-0-cni-cilium-oss-cilium",
          { "values.yaml": "ipam:\n  enabled: false\n" },
        ],
      ],
    );
  });

  it("with masked values are a Secret of the type that Sveltos reads", () => {
    const { objects, labels } = clusterValues(
      [
        {
          shared: own({}),
          own: own({}),
          secret: own({ values: "charts: { cilium: { password: hunter2 } }" }),
        },
      ],
      sources,
      where,
    );
    assert.equal(Object.keys(labels).length, 1);
    assert.deepEqual(
      objects.map(({ kind, type, stringData }) => [kind, type, stringData]),
      [["Secret", "addons.projectsveltos.io/cluster-profile", { "values.yaml": "password: hunter2\n" }]],
    );
  });
});

describe("profiles of one cluster", () => {
  it("do not bring the same release twice", () => {
    const { groups } = plan(CILIUM);
    const [clash, ...others] = releaseClashes([
      ...releasesOf("base", groups.flat()),
      ...releasesOf("more", groups.flat()),
    ]);
    assert.deepEqual(others, []);
    assert.match(
      clash?.message ?? "",
      /of profile more and layer cni-cilium-oss of profile base both bring release/,
    );
    assert.deepEqual(releaseClashes(releasesOf("base", plan(CILIUM, KYVERNO).groups.flat())), []);
  });

  const calico = (cidr: string): Layer =>
    layer({
      name: "cni-calico",
      tag: "3.32.1",
      values: `charts: { tigera-operator: { installation: { calicoNetwork: { ipPools: [{ cidr: "${cidr}" }] } } } }`,
    });
  const ranges: readonly (readonly [string, number])[] = [
    ["192.168.0.0/16", 0],
    ["192.168.128.0/17", 0],
    ["192.0.0.0/8", 1],
    ["10.0.0.0/16", 1],
  ];
  for (const [cidr, count] of ranges) {
    it(`with pods in 192.168.0.0/16 ${count === 0 ? "take" : "refuse"} a network of ${cidr}`, () => {
      const problems = rangeProblems(plan(calico(cidr)).groups.flat(), { podCidrs: ["192.168.0.0/16"] });
      assert.equal(problems.length, count);
    });
  }
});
