import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atCursor, chosen, labels, open } from "./support.ts";

const HEAD = `metadata: {name: a}
spec:
  template:
    type: add-on
    packs:
      - name: shop
        type: manifest
        layer: addon
        manifests:
          - name: objects
            content: |
`;
const block = (content: string): string => HEAD + content.replaceAll(/^(?=.)/gm, "              ");
const DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n";

describe("completion in manifests", () => {
  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    [
      "whole heads where nothing is written",
      "‸",
      ["apiVersion", "kind", "Deployment", "ConfigMap"],
      ["spec"],
    ],
    ["kinds of an API version", "apiVersion: batch/v1\nkind: ‸\n", ["Job", "CronJob"], ["Deployment"]],
    [
      "API versions of a kind",
      "apiVersion: ‸\nkind: HorizontalPodAutoscaler\n",
      ["autoscaling/v1", "autoscaling/v2"],
      ["v1"],
    ],
    [
      "fields at the top",
      "apiVersion: v1\nkind: ConfigMap\nda‸",
      ["data", "binaryData", "metadata"],
      ["kind", "spec"],
    ],
    ["fields of a spec", `${DEPLOYMENT}  ‸`, ["replicas", "template", "strategy"], ["containers"]],
    [
      "fields of a container",
      `${DEPLOYMENT}  template:\n    spec:\n      containers:\n        - name: shop\n          ‸`,
      ["image", "env", "livenessProbe"],
      ["name", "containers"],
    ],
    [
      "fields behind a dash",
      `${DEPLOYMENT}  template:\n    spec:\n      containers:\n      - ‸`,
      ["name", "image"],
      [],
    ],
    ["values", `${DEPLOYMENT}  strategy:\n    type: ‸\n`, ["Recreate", "RollingUpdate"], ["true"]],
    ["truths", `${DEPLOYMENT}  paused: ‸\n`, ["true", "false"], []],
    [
      "values of items",
      "apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n    - ‸\n",
      ["ReadWriteOnce", "ReadWriteMany"],
      [],
    ],
    [
      "the object that the cursor is in",
      `${DEPLOYMENT}---\napiVersion: v1\nkind: Service\nspec:\n  ‸`,
      ["ports", "clusterIP"],
      ["replicas"],
    ],
    [
      "in text that is broken elsewhere",
      `${DEPLOYMENT}  selector: {\n  ‸\n`,
      ["replicas", "template"],
      ["selector"],
    ],
    ["nothing for other APIs", "apiVersion: cert-manager.io/v1\nkind: Issuer\nspec:\n  ‸", [], ["replicas"]],
    ["nothing below free maps", "apiVersion: v1\nkind: ConfigMap\ndata:\n  ‸", [], ["data", "metadata"]],
  ];
  for (const [title, content, wanted, unwanted] of cases) {
    it(`offers ${title}`, () => {
      const found = labels(block(content));
      assert.deepEqual(
        wanted.filter((label) => !found.includes(label)),
        [],
      );
      assert.deepEqual(
        unwanted.filter((label) => found.includes(label)),
        [],
      );
      assert.equal(wanted.length > 0, found.length > 0);
    });
  }

  it("writes what goes behind a field", () => {
    const at = (field: string): string =>
      chosen(block(`${DEPLOYMENT}  ‸`), field).slice(block(`${DEPLOYMENT}  `).length - 0);
    assert.equal(at("replicas"), "replicas: ");
    assert.equal(at("template"), `template:\n${" ".repeat(18)}`);
  });

  it("writes the head of an object", () => {
    const indent = " ".repeat(14);
    assert.ok(
      chosen(`${HEAD}${indent}‸`, "CronJob").endsWith(
        `${indent}apiVersion: batch/v1\n${indent}kind: CronJob\n${indent}metadata:\n${indent}  name: `,
      ),
    );
  });
});

describe("hover in manifests", () => {
  for (const [title, content, expected] of [
    [
      "a field",
      `${DEPLOYMENT}  repl‸icas: 1\n`,
      /^\*\*replicas\*\* \(Deployment\)\n\nNumber of desired pods\..*Holds a whole number\.$/s,
    ],
    ["its values", `${DEPLOYMENT}  strategy: {ty‸pe: Recreate}\n`, /One of `Recreate`, `RollingUpdate`\./],
    [
      "items of lists",
      `${DEPLOYMENT}  template: {spec: {containers: [{ima‸ge: a}]}}\n`,
      /^\*\*image\*\*.*Container image name\./s,
    ],
  ] as const) {
    it(`says what ${title} is`, () => {
      const { text, offset } = atCursor(block(content));
      const hover = open(text).hover?.(offset);
      assert.match(String((hover?.contents as { value?: unknown } | undefined)?.value), expected);
    });
  }
  it("says nothing about what Kubernetes does not know", () => {
    const { text, offset } = atCursor(block("apiVersion: a.b/v1\nkind: C\nspe‸c: {}\n"));
    assert.equal(open(text).hover?.(offset), undefined);
  });
});
