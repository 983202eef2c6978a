import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { previewObjects } from "../../../src/layers/index.ts";
import type { PreviewInput } from "../../../src/layers/preview.ts";
import type { Layer } from "../../../src/profile/model.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { chartLayer, plan, profileOf } from "../../support/layers.ts";

const TARGET = {
  apiVersion: "lib.projectsveltos.io/v1beta1",
  kind: "SveltosCluster",
  namespace: "team-a",
  name: "shop",
};
const chart = (tag: string): Layer => chartLayer("dns", tag, "pack: { namespace: dns }\nreplicas: 1\n");
const NOTES: Layer = {
  ...chart("1.0.0"),
  name: "notes",
  type: "manifest",
  manifests: [{ name: "note", content: "a: 1\n" }],
};
const objects = (version: string, ...layers: Layer[]): readonly KubeObject[] =>
  plan(profileOf("tools", version, layers), "team-a", "https://charts.example").objects;
const input = (changes: Partial<PreviewInput> = {}): PreviewInput => ({
  target: TARGET,
  id: "a1b2c3",
  labels: {},
  labelsBefore: {},
  secrets: new Set(),
  before: [],
  logins: [],
  ...changes,
});
const sveltos = (all: readonly KubeObject[]) => all.filter(({ kind }) => kind === "Profile");
const spec = (object: KubeObject | undefined) => (object?.spec ?? {}) as Record<string, unknown>;
const OWN_LABEL = "values.palette-onboarding/tools-dns-dns";

describe("objects of a preview", () => {
  it("only report, on one cluster, wait for nothing and leave everything", () => {
    const plan = previewObjects(objects("1.0.0", chart("1.0.0"), NOTES), input());
    assert.deepEqual(plan.hidden, []);
    for (const object of sveltos(plan.objects)) {
      const { syncMode, clusterRefs, clusterSelector, dependsOn, stopMatchingBehavior, tier } = spec(object);
      assert.deepEqual(
        { syncMode, clusterRefs, clusterSelector, dependsOn, stopMatchingBehavior, tier },
        {
          syncMode: "DryRun",
          clusterRefs: [TARGET],
          clusterSelector: undefined,
          dependsOn: undefined,
          stopMatchingBehavior: "LeavePolicies",
          tier: undefined,
        },
      );
    }
    // Nothing takes them for layers.
    assert.ok(
      plan.objects.every(({ metadata }) => metadata.labels?.["palette-onboarding/layer"] === undefined),
    );
  });

  it("have names of their own, and read copies of what is not written yet", () => {
    const all = objects("1.0.0", chart("1.0.0"), NOTES);
    const { objects: made } = previewObjects(all, input());
    const names = made.map(({ metadata }) => metadata.name);
    assert.equal(
      new Set([...names, ...all.map(({ metadata }) => metadata.name)]).size,
      names.length + all.length,
    );
    const [dns] = spec(sveltos(made).find(({ spec: each }) => (each as { helmCharts?: unknown }).helmCharts))
      .helmCharts as { valuesFrom: { kind: string; name: string }[] }[];
    assert.deepEqual(
      dns?.valuesFrom.map(({ kind }) => kind),
      ["ConfigMap"],
    );
    const source = made.find(({ metadata }) => metadata.name === dns?.valuesFrom[0]?.name);
    assert.match(JSON.stringify(source?.data), /replicas: 1/);
  });

  it("read what the cluster has of its own where it keeps that", () => {
    const { objects: made } = previewObjects(
      objects("1.0.0", chart("1.0.0")),
      input({ labels: { [OWN_LABEL]: "shop-values" } }),
    );
    assert.match(JSON.stringify(sveltos(made)), /"name":"shop-values"/);
    assert.deepEqual(
      made.filter(({ kind }) => kind === "ConfigMap"),
      [],
    );
  });

  it("take over from the version that is there, and ask how its values differ before its chart does", () => {
    const before = sveltos(objects("1.0.0", chart("1.0.0")));
    const { objects: made, probes } = previewObjects(objects("2.0.0", chart("2.0.0")), input({ before }));
    assert.deepEqual(
      probes.map(({ layer, asks, releases }) => [layer, asks, releases]),
      [
        ["dns", "change", ["Release dns in namespace dns"]],
        ["dns", "values", ["Release dns in namespace dns"]],
      ],
    );
    assert.deepEqual(
      sveltos(made).map((each) => [
        spec(each).tier,
        (spec(each).helmCharts as { chartVersion: string }[]).map(({ chartVersion }) => chartVersion),
      ]),
      [
        [99, ["2.0.0"]],
        [99, ["1.0.0"]],
      ],
    );
  });

  it("leave a layer to its owner that the version does not have", () => {
    const before = sveltos(objects("1.0.0", chart("1.0.0")));
    const { objects: made } = previewObjects(objects("2.0.0", chart("1.0.0"), NOTES), input({ before }));
    assert.deepEqual(
      sveltos(made).map((each) => spec(each).tier),
      [99, undefined],
    );
  });

  const masked: readonly (readonly [when: string, changes: Partial<PreviewInput>])[] = [
    ["it would have", { labels: { [OWN_LABEL]: "secret" } }],
    [
      "it has",
      { labelsBefore: { [OWN_LABEL]: "secret" }, before: sveltos(objects("1.0.0", chart("1.0.0"))) },
    ],
  ];
  for (const [when, changes] of masked) {
    it(`ask nothing of masked values that ${when}: reports are readable`, () => {
      const {
        objects: made,
        hidden,
        probes,
      } = previewObjects(
        objects("2.0.0", chart("1.0.0")),
        input({ secrets: new Set(["secret"]), ...changes }),
      );
      assert.deepEqual(hidden, [{ layer: "dns", what: "Release dns in namespace dns" }]);
      assert.deepEqual(probes, []);
      assert.deepEqual(sveltos(made), []);
    });
  }
});
