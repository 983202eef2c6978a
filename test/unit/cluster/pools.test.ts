import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRequest, requestOf } from "../../../src/cluster/index.ts";
import { diagnostics } from "./support.ts";

/** A request on a cloud whose worker pool has these lines. */
function withPool(lines: string, cloud = "aws"): string {
  return `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
spec:
  cloudType: ${cloud}
  cloudConfig:
    region: eu-west-1
  profiles:
    - file: base.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
      cloudConfig:
        instanceType: t3.large
    - poolConfig:
        name: workers
${lines.replace(/^/gm, "        ")}
      cloudConfig:
        instanceType: t3.large
`;
}

describe("a machine pool", () => {
  it("is read whole", () => {
    const text = withPool(
      [
        "size: 3",
        "minSize: 1",
        "maxSize: 5",
        "taints: [{ key: dedicated, value: gpu, effect: NoExecute }]",
        "updateStrategy: { type: OverrideScaling, maxSurge: 20%, maxUnavailable: 0 }",
        "machinePoolProperties: { archType: arm64 }",
      ].join("\n"),
    );
    assert.deepEqual(diagnostics(text), []);
    assert.deepEqual(requestOf(parseRequest(text))?.machinePools[1], {
      name: "workers",
      isControlPlane: false,
      size: 3,
      autoscaling: { minSize: 1, maxSize: 5 },
      additionalLabels: {},
      taints: [{ key: "dedicated", value: "gpu", effect: "NoExecute" }],
      updateStrategy: { type: "OverrideScaling", maxSurge: "20%", maxUnavailable: "0" },
      useControlPlaneAsWorker: false,
      architecture: "arm64",
      cloudConfig: { instanceType: "t3.large" },
    });
  });

  const cases: readonly (readonly [title: string, lines: string, ...expected: string[]])[] = [
    [
      "with a taint without a key",
      "size: 1\ntaints: [{ effect: NoExecute }]",
      "C14 error |effect| This taint has no key.",
    ],
    [
      "with a taint without an effect",
      "size: 1\ntaints: [{ key: a }]",
      "C14 error |key| This taint has no effect. It is NoSchedule, PreferNoSchedule or NoExecute.",
    ],
    [
      "with an effect that Kubernetes does not have",
      "size: 1\ntaints: [{ key: a, effect: Never }]",
      "SHAPE error |Never| effect must be one of NoSchedule, PreferNoSchedule, NoExecute, but is Never.",
    ],
    [
      "with the same taint twice",
      "size: 1\ntaints: [{ key: a, effect: NoExecute }, { key: a, value: b, effect: NoExecute }]",
      "C14 error |key| The pool has taint a with effect NoExecute twice.",
    ],
    [
      "with one bound",
      "size: 1\nmaxSize: 3",
      "C15 error |maxSize| Pool workers scales by itself only with both minSize and maxSize.",
    ],
    [
      "with bounds the wrong way around",
      "size: 2\nminSize: 3\nmaxSize: 1",
      "C15 error |3| minSize 3 of Pool workers is more than its maxSize 1.",
    ],
    [
      "with a size outside its bounds",
      "size: 9\nminSize: 1\nmaxSize: 3",
      "C15 error |9| Pool workers begins with 9 machines, and scales between 1 and 3.",
    ],
    [
      "with half a strategy",
      "size: 1\nupdateStrategy: { type: OverrideScaling, maxSurge: 1 }",
      "C16 error |OverrideScaling| OverrideScaling needs both maxSurge and maxUnavailable.",
    ],
    [
      "that could never change",
      'size: 1\nupdateStrategy: { type: OverrideScaling, maxSurge: 0, maxUnavailable: "0%" }',
      'C16 error |"0%"| With maxSurge and maxUnavailable of 0, no machine could ever be replaced.',
    ],
    [
      "with numbers that have no effect",
      "size: 1\nupdateStrategy: { type: RollingUpdateScaleIn, maxSurge: 1 }",
      "C16 warning |maxSurge| maxSurge has an effect with type OverrideScaling only.",
    ],
    [
      "that is told to take workloads",
      "size: 1\nuseControlPlaneAsWorker: true",
      "C18 error |true| useControlPlaneAsWorker is for the control plane. Workers take workloads anyway.",
    ],
  ];
  for (const [title, lines, ...expected] of cases) {
    it(`${title} says so at the place`, () => {
      assert.deepEqual(diagnostics(withPool(lines)), expected);
    });
  }

  it("of a managed cloud is never the control plane", () => {
    const found = diagnostics(withPool("size: 1", "eks")).filter((line) => line.startsWith("C06"));
    assert.deepEqual(found, [
      "C06 error |true| Amazon EKS runs the control plane itself, so no pool is one.",
    ]);
  });
});

describe("fields of the cloud", () => {
  const cases: readonly (readonly [title: string, from: string, to: string, ...expected: RegExp[]])[] = [
    [
      "that are missing",
      "    region: eu-west-1\n",
      "    vpcId: vpc-0123456789abcdef0\n",
      /^C13 error \|cloudConfig\| region is missing/,
    ],
    [
      "that do not exist",
      "    region: eu-west-1\n",
      "    region: eu-west-1\n    regon: x\n",
      /^C12 warning \|regon\| regon is not a field of AWS/,
    ],
    [
      "of another kind",
      "region: eu-west-1",
      "region: [eu-west-1]",
      /^C13 error \|\[eu-west-1\]\| Region must be a text\.$/,
    ],
    [
      "out of bounds",
      "size: 1\n      cloudConfig:\n        instanceType: t3.large",
      "size: 1\n      cloudConfig:\n        instanceType: t3.large\n        rootDeviceSize: 4",
      /^C13 error \|4\| .* must be at least 8/,
    ],
    [
      "with a value that is none of the choices",
      "size: 1\n      cloudConfig:\n        instanceType: t3.large",
      "size: 1\n      cloudConfig:\n        instanceType: t3.large\n        capacityType: sometimes",
      /^C13 error \|sometimes\| .* must be on-demand/,
    ],
  ];
  for (const [title, from, to, ...expected] of cases) {
    it(`${title} are said at the place`, () => {
      const good = withPool("size: 1");
      assert.deepEqual(diagnostics(good), []);
      assert.ok(good.includes(from));
      const found = diagnostics(good.replace(from, to));
      assert.equal(found.length, expected.length, found.join("\n"));
      for (const [i, pattern] of expected.entries()) {
        assert.match(found[i] ?? "", pattern);
      }
    });
  }
});

describe("accounts and overrides", () => {
  const spec = (lines: string): string =>
    withPool("size: 1").replace("  profiles:\n    - file: base.profile.yaml\n", `${lines}\n`);
  const profile = "  profiles:\n    - file: base.profile.yaml";
  const cases: readonly (readonly [title: string, lines: string, ...expected: string[]])[] = [
    ["an account by its name", `  cloudAccount: team-a\n${profile}`],
    ["an account of another kind", `  cloudAccount: AWSClusterRoleIdentity/team-a\n${profile}`],
    [
      "an account of a kind that the cloud lacks",
      `  cloudAccount: Secret/team-a\n${profile}`,
      "C17 error |Secret/team-a| Accounts of AWS are of kind AWSClusterStaticIdentity or AWSClusterRoleIdentity or AWSClusterControllerIdentity, not Secret.",
    ],
    [
      "an account that objects cannot be called",
      `  cloudAccount: Team A\n${profile}`,
      "C17 error |Team A| Team A cannot be the name of an account: lower case letters, digits, hyphens and dots.",
    ],
    [
      "a variable twice",
      `${profile}\n      variables: [{ name: a, value: x }, { name: a, value: y }]`,
      "C19 error |a| a is given twice.",
    ],
    [
      "a variable with two sources",
      `${profile}\n      variables: [{ name: a, value: x, valueFrom: { env: A } }]`,
      "C19 error |valueFrom| A variable has a value, or valueFrom, not both.",
    ],
    [
      "values without a layer",
      `${profile}\n      packValues: [{ values: "a: 1" }]`,
      "C19 error |values| This layer has no name.",
    ],
    [
      "values that are no YAML, at their place in the block",
      `${profile}\n      packValues:\n        - name: cni\n          values: |\n            charts:\n              cilium:\n                hubble\n                of: {{.spectro.var.a}}\n`,
      "YAML error |hubble| A key must stand on one line, with a colon and a space behind it.",
    ],
  ];
  for (const [title, lines, ...expected] of cases) {
    it(`${title}: ${expected.length === 0 ? "is right" : "is said at the place"}`, () => {
      assert.deepEqual(diagnostics(spec(lines)), expected);
    });
  }
});
