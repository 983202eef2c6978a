import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chosenName, withdrawingObjects } from "../../../src/layers/index.ts";
import type { Layer } from "../../../src/profile/model.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { chartLayer, plan, profileOf } from "../../support/layers.ts";

const manifest = (name: string): Layer["manifests"][number] => ({ name, content: "a: 1\n" });
const layer = (name: string, changes: Partial<Layer> = {}): Layer =>
  chartLayer(name, "1.0.0", `pack: { namespace: ${name}, namespaceLabels: { ${name}: a=b } }`, changes);
const TARGET = {
  apiVersion: "lib.projectsveltos.io/v1beta1",
  kind: "SveltosCluster",
  namespace: "team-a",
  name: "shop",
};
const objects = (version: string, ...layers: Layer[]): readonly KubeObject[] =>
  plan(profileOf("tools", version, layers), "team-a", "https://charts.example").objects;
const profiles = (all: readonly KubeObject[]) => all.filter(({ kind }) => kind === "Profile");
const spec = (object: KubeObject | undefined) => (object?.spec ?? {}) as Record<string, unknown>;

describe("withdrawing objects", () => {
  const NOTES = layer("notes", { type: "manifest", manifests: [manifest("note")] });
  const ALL = profiles(
    objects(
      "1.0.0",
      layer("b", { values: 'pack: { namespace: b, "spectrocloud.com/install-priority": 10 }' }),
      layer("a", { manifests: [manifest("pool")] }),
      { ...NOTES, values: 'pack: { "spectrocloud.com/install-priority": 20 }' },
    ),
  );

  it("go in the reverse order of installation, manifests before the chart that they need", () => {
    const names = withdrawingObjects(ALL, TARGET).map(({ metadata }) => metadata.name);
    assert.deepEqual(names, [
      "tools-1-0-0-notes-off-shop",
      "tools-1-0-0-b-off-shop",
      "tools-1-0-0-a-manifests-off-shop",
      "tools-1-0-0-a-off-shop",
    ]);
  });

  it("are for one cluster, wait for nothing, and remove what they own", () => {
    for (const copy of withdrawingObjects(ALL, TARGET)) {
      const { clusterRefs, clusterSelector, dependsOn, stopMatchingBehavior } = spec(copy);
      assert.deepEqual(clusterRefs, [TARGET]);
      assert.deepEqual([clusterSelector, dependsOn], [undefined, undefined]);
      assert.equal(stopMatchingBehavior, "WithdrawPolicies");
      assert.equal(copy.metadata.labels?.["palette-onboarding/layer"], undefined);
      assert.equal(copy.metadata.labels?.["palette-onboarding/withdraws-from"], "shop");
    }
  });

  it("do not wait until charts that go are ready", () => {
    const [chart] = spec(withdrawingObjects(ALL, TARGET).at(-1)).helmCharts as { options: object }[];
    assert.deepEqual(chart?.options, {
      wait: false,
      timeout: "10m0s",
      installOptions: { createNamespace: true },
    });
  });

  it("leave the namespaces that a layer only gave labels", () => {
    const both = profiles(
      objects("1.0.0", layer("a"), { ...NOTES, values: "pack: { namespaceLabels: { shared: a=b } }" }),
    );
    const refs = (all: readonly KubeObject[]) =>
      all.flatMap((each) => (spec(each).policyRefs ?? []) as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(
      refs(both).filter((name) => !name.includes("{{")),
      ["tools-1-0-0-a", "tools-1-0-0-notes"],
    );
    assert.deepEqual(
      refs(withdrawingObjects(both, TARGET)).filter((name) => !name.includes("{{")),
      [],
    );
    assert.equal(refs(withdrawingObjects(both, TARGET)).length, 2);
  });

  it("have names of 63 characters at most, and different ones for clusters with long names", () => {
    const names = ["a", "b"].flatMap((end) =>
      withdrawingObjects(ALL, { ...TARGET, name: `${"cluster-".repeat(7)}${end}` }).map(
        ({ metadata }) => metadata.name,
      ),
    );
    assert.ok(names.every((name) => name.length <= 63));
    assert.equal(new Set(names).size, 8);
  });
});

describe("the source of values", () => {
  const [name] = (
    spec(profiles(objects("1.0.0", layer("a")))[0]).helmCharts as { valuesFrom: { name: string }[] }[]
  ).flatMap(({ valuesFrom }) => valuesFrom.map((each) => each.name));

  const cases: readonly (readonly [labels: Record<string, string>, chosen: string])[] = [
    [{}, "tools-1-0-0-a-a"],
    [{ "values.palette-onboarding/tools-a-a": "shop-a-a" }, "shop-a-a"],
    [{ "values.palette-onboarding/tools-a-a": "" }, "tools-1-0-0-a-a"],
  ];
  for (const [labels, chosen] of cases) {
    it(`of a cluster with labels ${JSON.stringify(labels)} is ${chosen}`, () => {
      assert.equal(chosenName(name ?? "", labels), chosen);
    });
  }

  it("is a plain name as it stands", () => {
    assert.equal(chosenName("tools", {}), "tools");
  });
});
