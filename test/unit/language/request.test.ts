import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atCursor, open } from "./support.ts";

const REQUEST = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
spec:
  cloudType: aws
  cloudConfig:
    region: eu-west-1
  profiles:
    - file: demo.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
      cloudConfig:
        instanceType: t3.large
`;

function offered(from: string, to: string): string[] {
  assert.ok(REQUEST.includes(from));
  const { text, offset } = atCursor(REQUEST.replace(from, to));
  return (open(text, "a.cluster.yaml").completion?.(offset) ?? []).map(({ label }) => label);
}

function hovered(word: string): string | undefined {
  const file = open(REQUEST, "a.cluster.yaml");
  const hover = file.hover?.(REQUEST.indexOf(word) + 1);
  return hover === undefined ? undefined : (hover.contents as { value: string }).value;
}

describe("a cluster request in the editor", () => {
  it("offers the clouds", () => {
    const clouds = offered("cloudType: aws", "cloudType: ‸");
    assert.ok(["aws", "in-memory", "vsphere", "custom"].every((id) => clouds.includes(id)));
  });

  it("offers the fields of its cloud that are not written yet, with what they mean", () => {
    const fields = offered("    region: eu-west-1\n", "    region: eu-west-1\n    ‸\n");
    assert.ok(fields.includes("sshKeyName"));
    assert.ok(!fields.includes("region"));
    assert.ok(!fields.includes("instanceType"));
  });

  it("offers the fields of its cloud for pools", () => {
    const fields = offered("        instanceType: t3.large\n", "        ‸\n");
    assert.ok(fields.includes("instanceType"));
    assert.ok(!fields.includes("region"));
  });

  it("offers suggestions for values", () => {
    assert.ok(offered("region: eu-west-1", "region: ‸").includes("eu-west-1"));
    assert.ok(offered("instanceType: t3.large", "instanceType: ‸").includes("t3.large"));
  });

  it("offers choices and truth values of the pool", () => {
    assert.deepEqual(offered("isControlPlane: true", "isControlPlane: ‸"), ["true", "false"]);
    assert.deepEqual(
      offered("        size: 3\n", "        size: 3\n        taints:\n          - effect: ‸\n"),
      ["NoSchedule", "PreferNoSchedule", "NoExecute"],
    );
  });

  it("says what fields mean, those of the cloud too", () => {
    assert.match(hovered("isControlPlane") ?? "", /Whether the control plane runs on these machines/);
    assert.match(hovered("region:") ?? "", /\*\*region\*\*[\s\S]*For example `/);
    assert.match(hovered("t3.large") ?? "", /\*\*instanceType\*\*/);
    assert.equal(hovered("palette-onboarding/v1")?.includes("Version of this format"), true);
  });

  it("says nothing where there is no field", () => {
    const file = open("- a\n- b\n", "a.cluster.yaml");
    assert.equal(file.hover?.(3), undefined);
  });
});
