import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareProfiles, parseProfile, profileToJson } from "../../../src/profile/index.ts";
import { addOn, full } from "./support.ts";

const compare = (before: string, after: string): ReturnType<typeof compareProfiles> =>
  compareProfiles(parseProfile(before), parseProfile(after));
const NOTHING = { profile: [], layers: [] };

describe("comparing versions of a profile", () => {
  const text = full();
  for (const [title, other] of [
    ["itself", text],
    ["comments", text.replace("# Storage", "# Other words").replace("pack:\n", "pack: # here\n")],
    ["quotes", text.replace('"192.168.0.0/16"', "192.168.0.0/16").replace("name: demo", 'name: "demo"')],
    [
      "the order of keys",
      text.replace('  name: demo\n  description: ""\n', '  description: ""\n  name: demo\n'),
    ],
    ["line ends", text.replaceAll("\n", "\r\n")],
    ["the format", profileToJson(parseProfile(text))],
  ] as const) {
    it(`finds nothing in ${title}`, () => assert.deepEqual(compare(text, other), NOTHING));
  }

  it("finds values by layer, and says which layers replace machines", () => {
    const after = full(
      ["version: 1.0.0", "version: 1.1.0"],
      ['version: "1.36.4"', 'version: "1.36.6"'],
      ['podCIDR: "192.168.0.0/16"', 'podCIDR: "10.0.0.0/16"'],
      ['namespace: "tigera-operator"', 'namespace: "calico"'],
    );
    assert.deepEqual(compare(text, after), {
      profile: [{ path: "version", before: "1.0.0", after: "1.1.0" }],
      layers: [
        {
          change: "changed",
          name: "kubernetes",
          layer: "k8s",
          replacesNodes: true,
          values: [
            { path: "version", before: "1.36.4", after: "1.36.6" },
            { path: "values.pack.podCIDR", before: "192.168.0.0/16", after: "10.0.0.0/16" },
          ],
        },
        {
          change: "changed",
          name: "cni-calico",
          layer: "cni",
          replacesNodes: false,
          values: [{ path: "values.pack.namespace", before: "tigera-operator", after: "calico" }],
        },
      ],
    });
  });

  it("finds layers that came and went", () => {
    const other = `${text}      - {name: kong, layer: addon, tag: 1.0.0, registry: {metadata: {name: x}}}\n`;
    assert.deepEqual(
      compare(text, other).layers.map(({ change, name }) => [change, name]),
      [["added", "kong"]],
    );
    assert.deepEqual(
      compare(other, text).layers.map(({ change, name }) => [change, name]),
      [["removed", "kong"]],
    );
  });

  it("takes another pack for the network as a change of that layer", () => {
    const [change] = compare(text, full(["name: cni-calico", "name: cni-cilium-oss"])).layers;
    assert.deepEqual(
      [change?.change, change?.layer, change?.values[0]],
      ["changed", "cni", { path: "name", before: "cni-calico", after: "cni-cilium-oss" }],
    );
  });

  it("finds variables by name, and macros as they are written", () => {
    const macro = addOn(["retention: 10d", "retention: '{{.spectro.var.days}}'"]);
    assert.deepEqual(compare(addOn(), macro).layers[0]?.values, [
      {
        path: "values.charts.kube-prometheus-stack.prometheus.prometheusSpec.retention",
        before: "10d",
        after: "{{.spectro.var.days}}",
      },
    ]);
    const variables = (value: string): string =>
      `${addOn()}  variables:\n    - name: days\n      defaultValue: ${value}\n`;
    assert.deepEqual(compare(variables("1d"), variables("2d")).profile, [
      { path: "variables.days.defaultValue", before: "1d", after: "2d" },
    ]);
  });
});
