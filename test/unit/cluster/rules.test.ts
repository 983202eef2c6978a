import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CLOUDS, checkRequest, newPool, parseRequest, requestOf } from "../../../src/cluster/index.ts";
import { applyEdits } from "../../../src/profile/edits.ts";
import { diagnostics } from "./support.ts";

const ids = CLOUDS.map(({ id }) => id);
const CLOUD_LIST = `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;

const GOOD = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
  namespace: team-a
  labels:
    env: test
spec:
  cloudType: docker
  profiles:
    - file: base.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
        labels: [control-plane]
    - poolConfig:
        name: workers
        size: 2
        additionalLabels:
          disk: fast
`;

describe("a cluster request", () => {
  it("that is right is read whole", () => {
    assert.deepEqual(diagnostics(GOOD), []);
    assert.deepEqual(requestOf(parseRequest(GOOD)), {
      name: "demo",
      namespace: "team-a",
      labels: { env: "test" },
      annotations: {},
      cloudType: "docker",
      cloudConfig: {},
      profiles: [{ file: "base.profile.yaml" }],
      machinePools: [
        newPool("control-plane", true, 3),
        { ...newPool("workers", false, 2), additionalLabels: { disk: "fast" } },
      ],
    });
  });

  it("may leave the namespace out and name a published profile", () => {
    const text = GOOD.replace("  namespace: team-a\n", "").replace(
      "- file: base.profile.yaml",
      '- name: base\n      version: "1.0"',
    );
    assert.deepEqual(diagnostics(text), []);
    const request = requestOf(parseRequest(text));
    assert.equal(request?.namespace, "default");
    assert.deepEqual(request?.profiles, [{ name: "base", version: "1.0" }]);
  });

  const cases: readonly (readonly [title: string, from: string, to: string, ...expected: string[]])[] = [
    [
      "another apiVersion",
      "palette-onboarding/v1",
      "palette-onboarding/v9",
      "C01 error |palette-onboarding/v9| apiVersion of a cluster request is palette-onboarding/v1, not palette-onboarding/v9.",
    ],
    [
      "no kind",
      "kind: ClusterRequest\n",
      "",
      "C01 error |apiVersion| kind is missing. A cluster request has kind: ClusterRequest.",
    ],
    ["no name", "  name: demo\n", "", "C02 error |metadata| The cluster has no name."],
    ["an empty name", "  name: demo\n", "  name:\n", "C02 error |name| The cluster has no name."],
    [
      "a name that objects cannot have",
      "name: demo",
      "name: Demo_1",
      "C02 error |Demo_1| Cluster name Demo_1 needs lower-case letters, digits and hyphens, with a letter or digit at both ends.",
    ],
    [
      "a name that begins with a digit",
      "name: demo",
      "name: 1demo",
      "C02 error |1demo| Cluster name 1demo must begin with a letter.",
    ],
    [
      "a name that is too long",
      "name: demo",
      `name: ${"d".repeat(41)}`,
      `C02 error |${"d".repeat(41)}| Cluster name ${"d".repeat(41)} has 41 characters. 40 is the most, since hostnames begin with it.`,
    ],
    [
      "a namespace that is none",
      "team-a",
      "Team A",
      "C03 error |Team A| Namespace Team A needs lower-case letters, digits and hyphens, 63 at most, with a letter or digit at both ends.",
    ],
    [
      "a cloud that is not served",
      "cloudType: docker",
      "cloudType: mainframe",
      `C04 error |mainframe| Clusters cannot be made on mainframe, only on ${CLOUD_LIST}.`,
    ],
    [
      "no cloud",
      "  cloudType: docker\n",
      "",
      `C04 error |spec| cloudType is missing. Clusters can be made on ${CLOUD_LIST}.`,
    ],
    [
      "no profile",
      "  profiles:\n    - file: base.profile.yaml\n",
      "",
      "C05 error |spec| The cluster has no profile. Name one by file, or by name and version.",
    ],
    [
      "a profile named twice",
      "- file: base.profile.yaml",
      "- file: base.profile.yaml\n      name: base",
      "C05 error |file| A profile is named by file, or by name and version, not by both.",
    ],
    [
      "a published profile without a version",
      "file: base.profile.yaml",
      "name: base",
      "C05 error |base| Profile base has no version. Published profiles are named by both.",
    ],
    [
      "a profile twice",
      "- file: base.profile.yaml",
      "- file: base.profile.yaml\n    - file: base.profile.yaml",
      "C05 error |file| Profile base.profile.yaml is named twice.",
    ],
    [
      "an add-on profile without a version",
      "- file: base.profile.yaml",
      "- file: base.profile.yaml\n    - name: more",
      "C05 error |more| Profile more has no version. Published profiles are named by both.",
    ],
    [
      "values of an add-on profile",
      "- file: base.profile.yaml",
      "- file: base.profile.yaml\n    - {file: more.profile.yaml, variables: [{name: a, value: b}]}",
      "C05 error |file| An add-on profile has no values for one cluster here. Give them when it is attached to the cluster.",
    ],
    [
      "no control plane",
      "        isControlPlane: true\n",
      "",
      "C06 error |machinePools| No machine pool is the control plane. One pool needs isControlPlane: true.",
    ],
    [
      "two control planes",
      "name: workers\n        size: 2",
      "name: workers\n        isControlPlane: true\n        size: 1",
      "C06 error |true| A cluster has one control plane pool, and this is another.",
    ],
    [
      "an even control plane",
      "size: 3",
      "size: 2",
      "C07 error |2| The control plane has 1, 3 or 5 machines, not 2.",
    ],
    ["no size", "        size: 2\n", "", "C08 error |poolConfig| Pool workers has no size."],
    ["a negative size", "size: 2", "size: -2", "C08 error |-2| Pool workers has 0 to 1000 machines, not -2."],
    [
      "half a machine",
      "size: 2",
      "size: 2.5",
      "C08 error |2.5| Pool workers has 0 to 1000 machines, not 2.5.",
    ],
    [
      "a pool without a name",
      "        name: workers\n",
      "",
      "C09 error |poolConfig| This machine pool has no name.",
    ],
    [
      "two pools of one name",
      "name: workers",
      "name: control-plane",
      "C09 error |control-plane| Two pools are called control-plane.",
    ],
    [
      "a label that is none",
      "env: test",
      "env: -test-",
      "C10 error |-test-| -test- cannot be the value of a label: up to 63 letters, digits, -, _ and ., with a letter or digit at both ends.",
    ],
    [
      "a node label that kubelets may not set",
      "disk: fast",
      "node-role.kubernetes.io/gpu: yes",
      "C10 error |node-role.kubernetes.io/gpu| A node cannot give itself label node-role.kubernetes.io/gpu: Kubernetes keeps kubernetes.io and k8s.io for itself.",
    ],
    [
      "a field of Palette without effect",
      "size: 2",
      "size: 2\n        nodeRepaveInterval: 60",
      "C11 warning |nodeRepaveInterval| nodeRepaveInterval has no effect yet. The cluster is made without it.",
    ],
    [
      "a misspelled field",
      "additionalLabels",
      "aditionalLabels",
      "C12 warning |aditionalLabels| aditionalLabels is not a field of poolConfig. Did you mean additionalLabels?",
    ],
    [
      "Palette's own name of a field",
      "machinePools:",
      "machinepoolconfig:",
      "C06 error |spec| No machine pool is the control plane. One pool needs isControlPlane: true.",
      "C12 warning |machinepoolconfig| machinepoolconfig is not a field of spec. Did you mean machinePools?",
    ],
    [
      "a text for a number",
      "size: 2",
      'size: "2"',
      'SHAPE error |"2"| size must be a number, but is a text.',
    ],
    [
      "a map for a list",
      "- file: base.profile.yaml",
      "file: base.profile.yaml",
      "SHAPE error |file: base.profile.yaml| profiles must be a list, but is a map.",
    ],
  ];
  for (const [title, from, to, ...expected] of cases) {
    it(`with ${title} says so at the place`, () => {
      assert.ok(GOOD.includes(from));
      const text = GOOD.replace(from, to);
      const found = diagnostics(text);
      assert.deepEqual(found.toSorted(), expected.toSorted());
      const isError = expected.some((each) => each.includes(" error "));
      assert.equal(requestOf(parseRequest(text)) === undefined, isError);
    });
  }

  it("that is no map, or no YAML, says so", () => {
    for (const text of ["", "- a\n", "a: [1\n", "metadata: {\n"]) {
      assert.equal(checkRequest(parseRequest(text))[0]?.severity, "error", text);
      assert.equal(requestOf(parseRequest(text)), undefined);
    }
  });

  it("with empty fields without effect is not blamed for them", () => {
    const text = GOOD.replace(
      "cloudType: docker",
      'cloudType: docker\n  cloudConfig: {}\n  cloudAccount: ""\n  policies:',
    );
    assert.deepEqual(diagnostics(text), []);
  });

  it("is corrected by its fixes", () => {
    for (const [from, to] of [
      ["palette-onboarding/v1", "palette-onboarding/v2"],
      ["kind: ClusterRequest\n", ""],
      ["kind: ClusterRequest\n", "kind:\n"],
      ["kind: ClusterRequest\n", "kind: ~ # what it is\n"],
      ["kind: ClusterRequest\n", "kind: ''\n"],
      ["additionalLabels", "aditionalLabels"],
    ] as const) {
      const text = GOOD.replace(from, to);
      const [diagnostic] = checkRequest(parseRequest(text));
      const edit = diagnostic?.fixes?.[0]?.edits[0];
      assert.ok(edit !== undefined, to);
      const fixed = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
      assert.deepEqual(diagnostics(fixed), [], fixed);
    }
  });

  it("in JSON stays JSON with its fixes", () => {
    const whole = { apiVersion: "palette-onboarding/v1", kind: "ClusterRequest", metadata: { name: "demo" } };
    for (const wrong of [
      { ...whole, kind: undefined },
      { ...whole, apiVersion: undefined },
      { ...whole, kind: null },
      { ...whole, kind: "Cluster" },
      { ...whole, metadata: undefined, metdata: whole.metadata },
    ]) {
      for (const text of [JSON.stringify(wrong), JSON.stringify(wrong, null, 2)]) {
        const found = checkRequest(parseRequest(text)).find(({ fixes = [] }) => fixes.length > 0);
        assert.deepEqual(JSON.parse(applyEdits(text, found?.fixes?.[0]?.edits ?? [])), whole, text);
      }
    }
  });

  it("with a misspelled field of its cloud is told the field that was meant, one that is not there", () => {
    const misspelled = (config: string): string[] =>
      diagnostics(
        GOOD.replace("cloudType: docker", `cloudType: aws\n  cloudAccount: a\n  cloudConfig: ${config}`),
      ).filter((each) => each.startsWith("C12"));
    assert.deepEqual(misspelled("{regoin: eu-west-1}"), [
      "C12 warning |regoin| regoin is not a field of AWS. Did you mean region?",
    ]);
    assert.deepEqual(misspelled("{region: eu-west-1, regoin: eu-west-1}"), [
      "C12 warning |regoin| regoin is not a field of AWS. It has no effect.",
    ]);
  });

  it("with two names for one field is not told to write it twice", () => {
    const text = GOOD.replace("  machinePools:", "  machinepoolconfig: []\n  machinePools:");
    assert.deepEqual(diagnostics(text), [
      "C12 warning |machinepoolconfig| machinepoolconfig is not a field of spec. It has no effect.",
    ]);
  });
});
