// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of templates are written like that.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classFields } from "../../../../src/cluster/clouds/cluster-class/class-fields.ts";
import { cloud as custom } from "../../../../src/cluster/clouds/custom/index.ts";
import { fill } from "../../../../src/cluster/clouds/custom/template.ts";
import { formatRequest, newRequest, requestProblems } from "../../../../src/cluster/index.ts";
import { request } from "../support.ts";

describe("a template", () => {
  const cases: readonly (readonly [string, string, ...string[]])[] = [
    ["name: ${NAME}", "name: demo"],
    ["${SIZE:=3} ${SIZE:-4} ${SIZE=5}", "3 4 5"],
    ["${NAME:=other}", "demo"],
    ["price: $$5 $NAME", "price: $5 $NAME"],
    ["${WHO} ${WHO} ${WHAT}", "${WHO} ${WHO} ${WHAT}", "WHO", "WHAT"],
    ["${EMPTY}", ""],
    ["${constructor}", "${constructor}", "constructor"],
  ];
  for (const [template, text, ...missing] of cases) {
    it(`${template} becomes ${text}`, () => {
      assert.deepEqual(fill(template, { NAME: "demo", EMPTY: "" }), { text, missing });
    });
  }

  const CLUSTER =
    "apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: { name: '${CLUSTER_NAME}' }\n";
  const judged = (values: string): string[] =>
    (custom.check?.(request({ cloudType: "custom", cloudConfig: { values } })) ?? []).map(
      ({ message }) => message,
    );
  const wrong: readonly (readonly [string, string, ...RegExp[]])[] = [
    ["is right", CLUSTER],
    ["is no YAML", "a: [", /^The template is no YAML: /],
    ["has documents that are no objects", `${CLUSTER}---\nhello`, /^Every document of the template needs/],
    [
      "has aliases that multiply",
      `a: &a [x, x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[i]}`).join(", ")}]`).join("\n")}`,
      /^The template has aliases of aliases beyond what can be read\.$/,
    ],
    ["has no Cluster", "kind: A\napiVersion: v1\nmetadata: { name: a }", /needs one Cluster .* and has 0/],
    ["has another name", CLUSTER.replace("${CLUSTER_NAME}", "fixed"), /is called fixed/],
    ["lacks values", `${CLUSTER}spec: { a: '\${WHO}' }\n`, /^The template's variables WHO have no value/],
    [
      "is for another namespace",
      CLUSTER.replace("}'", "}', namespace: other"),
      /is for namespace other, and the cluster for default/,
    ],
    [
      "has objects of an API that ends",
      `${CLUSTER}---\napiVersion: cluster.x-k8s.io/v1beta1\nkind: MachineDeployment\nmetadata: { name: a }`,
      /MachineDeployment a is cluster.x-k8s.io\/v1beta1/,
    ],
  ];
  for (const [title, values, ...expected] of wrong) {
    it(`${title}: ${expected.length === 0 ? "taken" : "said"}`, () => {
      const found = judged(values);
      assert.equal(found.length, expected.length, found.join("\n"));
      for (const [i, pattern] of expected.entries()) {
        assert.match(found[i] ?? "", pattern);
      }
    });
  }
});

describe("the fields of a ClusterClass", () => {
  const fields = classFields({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "ClusterClass",
    metadata: { name: "inmem" },
    spec: {
      workers: { machineDeployments: [{ class: "small" }, { class: "large" }] },
      variables: [
        {
          name: "region",
          required: true,
          schema: { openAPIV3Schema: { type: "string", enum: ["eu", "us"] } },
        },
        {
          name: "size",
          required: true,
          schema: { openAPIV3Schema: { type: "integer", minimum: 1, default: 2 } },
        },
        {
          name: "proxy",
          schema: { openAPIV3Schema: { type: "object", properties: { url: { type: "string" } } } },
        },
      ],
    },
  });
  const text = (cloudConfig: object, workers: object = { class: "small" }): string => {
    const start = newRequest({
      name: "demo",
      namespace: "default",
      cloudType: "cluster-class",
      profile: { file: "a" },
    });
    return formatRequest({
      ...start,
      cloudConfig: cloudConfig as never,
      machinePools: start.machinePools.map((pool) =>
        pool.isControlPlane ? pool : { ...pool, cloudConfig: workers as never },
      ),
    });
  };
  const problems = (written: string): string[] =>
    requestProblems(written, { fields }).map(({ path, message }) => `${path.join(".")}: ${message}`);

  it("take what the class declares", () => {
    assert.deepEqual(
      problems(text({ class: "inmem", variables: { region: "eu", proxy: { url: "x" } } })),
      [],
    );
  });

  it("refuse what it does not", () => {
    assert.deepEqual(problems(text({ class: "inmem", variables: { region: "mars", size: 0 } })), [
      "spec.cloudConfig.variables.region: region must be eu or us.",
      "spec.cloudConfig.variables.size: size must be at least 1.",
    ]);
    assert.deepEqual(problems(text({ class: "inmem" })), [
      "spec.cloudConfig: variables is missing: Variables.",
    ]);
    assert.deepEqual(problems(text({ class: "inmem", variables: { region: "eu" } }, { class: "huge" })), [
      "spec.machinePools.1.cloudConfig.class: Class of the pool must be small or large.",
    ]);
  });
});
