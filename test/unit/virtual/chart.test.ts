import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chartProblems } from "../../../src/kube/virtual/chart.ts";

describe("values of vCluster's chart", () => {
  const cases: readonly (readonly [values: string, expected: readonly RegExp[]])[] = [
    ["", []],
    ["sync: { toHost: { pods: { enabled: true } } }", []],
    ["controlPlane: { service: { spec: { anything: 1 } } }", []],
    ["plugins: { mine: { image: mine } }", []],
    ["policies: { resourceQuota: { enabled: auto } }", []],
    ["- a", [/are no YAML map/]],
    ["a: [", [/are no YAML map/]],
    ["a: &a [x]\nb: *c", [/are no YAML map/]],
    ["telemetri: {}", [/has no value telemetri, but telemetry$/]],
    [
      "controlPlane: { distro: { k8s: { versions: v1 } } }",
      [/has no value controlPlane\.distro\.k8s\.versions, but controlPlane\.distro\.k8s\.version$/],
    ],
    ["telemetry: { enabled: maybe }", [/Value telemetry\.enabled of vCluster's chart is of type boolean$/]],
    ["policies: { resourceQuota: { enabled: 5 } }", [/is of type string or boolean$/]],
    ["telemetry: { enabled: 1 }\nfoo: 2", [/telemetry\.enabled/, /no value foo$/]],
  ];
  for (const [values, expected] of cases) {
    test(values || "may be empty", async () => {
      const messages = (await chartProblems(values)).map(({ message }) => message);
      assert.equal(messages.length, expected.length, messages.join("\n"));
      for (const [i, pattern] of expected.entries()) {
        assert.match(messages[i] ?? "", pattern);
      }
    });
  }
});
