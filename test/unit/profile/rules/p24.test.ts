import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyEdits } from "../../../../src/profile/edits.ts";
import { checkProfile, parseProfile } from "../../../../src/profile/index.ts";
import { schemas } from "../../../../src/profile/kubernetes/index.ts";

/** A profile with a manifest in it: `content` as a block, unless another header is given. */
function profile(content: string, header = "|"): string {
  const lines = content.split("\n").map((line) => (line === "" ? "" : `            ${line}`));
  const head =
    "metadata: {name: a}\nspec:\n  version: 1.0.0\n  template:\n    type: add-on\n    cloudType: all\n    packs:\n";
  return `${head}      - name: shop\n        type: manifest\n        layer: addon\n        manifests:\n          - name: objects\n            content: ${header}\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}

interface Found {
  readonly at: string;
  readonly message: string;
  /** The content after the first fix. */
  readonly fixed: string | undefined;
}

function judge(text: string): Found[] {
  return checkProfile(parseProfile(text), { kubernetes: schemas })
    .filter(({ code }) => code === "P24")
    .map(({ span, message, fixes, severity }) => {
      assert.equal(severity, "warning");
      const fix = fixes?.[0];
      return {
        at: text.slice(span.start, span.end),
        message,
        fixed: fix === undefined ? undefined : applyEdits(text, fix.edits),
      };
    });
}

const META = "metadata: {name: a, namespace: b}";
const DEPLOYMENT = `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec:\n  selector: {}\n  template:\n    spec:\n      containers:\n        - name: shop\n`;

const WRONG: readonly (readonly [
  title: string,
  content: string,
  at: string,
  message: RegExp,
  fix?: string,
])[] = [
  [
    "a field deep inside",
    `${DEPLOYMENT}          imagePullPolcy: Always\n`,
    "imagePullPolcy",
    /^imagePullPolcy is not a field of containers of Deployment in Kubernetes 1\.36\. Did you mean imagePullPolicy\?$/,
    "imagePullPolicy: Always",
  ],
  [
    "a field that is like no other",
    `${DEPLOYMENT}          zzzzzzzzz: 1\n`,
    "zzzzzzzzz",
    /^zzzzzzzzz is not a field of/,
  ],
  ["a field at the top", `${DEPLOYMENT}sepc: {}\n`, "sepc", /^sepc is not a field of Deployment in/],
  [
    "a number for a text",
    `${DEPLOYMENT}          env: [{name: PORT, value: 8080}]\n`,
    "8080",
    /^value must be a text: put it in quotes\.$/,
    'value: "8080"',
  ],
  [
    "what YAML 1.1 takes for a truth",
    `apiVersion: v1\nkind: ConfigMap\n${META}\ndata:\n  debug: on\n`,
    "on",
    /^debug in data must be a text/,
    'debug: "on"',
  ],
  [
    "a truth for a text",
    `apiVersion: v1\nkind: ConfigMap\n${META}\ndata: {debug: true}\n`,
    "true",
    /^debug in data must be a text/,
    'debug: "true"',
  ],
  [
    "a text for a number",
    `apiVersion: v1\nkind: Service\n${META}\nspec:\n  ports: [{port: "80"}]\n`,
    '"80"',
    /^port must be a whole number\.$/,
    "port: 80",
  ],
  [
    "a number with a fraction for a whole one",
    `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec: {selector: {}, template: {}, replicas: 1.5}\n`,
    "1.5",
    /^replicas must be a whole number\.$/,
  ],
  [
    "a map for a list",
    `apiVersion: v1\nkind: Pod\n${META}\nspec:\n  containers: {name: a}\n`,
    "{name: a}",
    /^containers must be a list, but is a map\.$/,
  ],
  [
    "a text for a map",
    `apiVersion: v1\nkind: Pod\n${META}\nspec: none\n`,
    "none",
    /^spec must be a map, but is a text\.$/,
  ],
  [
    "a list for a text",
    `apiVersion: v1\nkind: Pod\n${META}\nspec: {containers: [], nodeName: [a]}\n`,
    "[a]",
    /^nodeName must be a text, but is a list\.$/,
  ],
  [
    "a value that is none",
    `${DEPLOYMENT}          imagePullPolicy: IfNotPresnt\n`,
    "IfNotPresnt",
    /^IfNotPresnt is no value of imagePullPolicy\. It takes Always, Never, IfNotPresent\.$/,
    "imagePullPolicy: IfNotPresent",
  ],
  [
    "a value in a list",
    `apiVersion: v1\nkind: PersistentVolumeClaim\n${META}\nspec: {accessModes: [ReadWriteOnze]}\n`,
    "ReadWriteOnze",
    /^ReadWriteOnze is no value of accessModes\./,
    "ReadWriteOnce",
  ],
  [
    "a kind that is none",
    `apiVersion: apps/v1\nkind: Deploymnet\n${META}\n`,
    "Deploymnet",
    /^Kubernetes 1\.36 has no Deploymnet in apps\/v1\. Did you mean Deployment\?$/,
    "kind: Deployment",
  ],
  [
    "a kind of another version",
    `apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\n${META}\n`,
    "networking.k8s.io/v1beta1",
    /has no Ingress in networking\.k8s\.io\/v1beta1\. It is in networking\.k8s\.io\/v1\.$/,
    "apiVersion: networking.k8s.io/v1\n",
  ],
  [
    "a group that is gone",
    `apiVersion: extensions/v1beta1\nkind: Deployment\n${META}\n`,
    "extensions/v1beta1",
    /It is in apps\/v1\.$/,
    "apiVersion: apps/v1\n",
  ],
  [
    "the second document",
    `${DEPLOYMENT}---\napiVersion: v1\nkind: Namespace\nmetadata: {nmae: a, name: b}\n`,
    "nmae",
    /^nmae is not a field of metadata of Namespace/,
  ],
  [
    "fields that are missing",
    `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec: {replicas: 1}\n`,
    "replicas",
    /^selector and template are missing in spec of Deployment\. Kubernetes needs them\.$/,
  ],
  [
    "a field that is missing in an item",
    `apiVersion: v1\nkind: Pod\n${META}\nspec:\n  containers:\n    - image: a\n`,
    "image",
    /^name is missing in containers of Pod\. Kubernetes needs it\.$/,
  ],
  [
    "a custom resource definition",
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b.c}\nspec: {scop: Namespaced, group: b.c, versions: [], names: {kind: A, plural: as}}\n`,
    "scop",
    /Did you mean scope\?$/,
  ],
];

const RIGHT: readonly (readonly [title: string, content: string])[] = [
  [
    "a whole deployment",
    `${DEPLOYMENT}          ports: [{containerPort: 80}]\n          resources: {limits: {cpu: 1, memory: 1Gi}}\n`,
  ],
  [
    "a port as number and as name",
    `apiVersion: v1\nkind: Service\n${META}\nspec:\n  ports:\n    - {port: 80, targetPort: http}\n    - {port: 81, targetPort: 8081}\n`,
  ],
  [
    "macros",
    `${DEPLOYMENT}          image: '{{.spectro.var.image}}'\n          ports: '{{.spectro.var.ports}}'\n`,
  ],
  [
    "a macro for a number, and placeholders",
    `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec:\n  selector: {}\n  template: {}\n  replicas: \${REPLICAS}\n  paused: {{.spectro.var.paused}}\n`,
  ],
  [
    "what is empty",
    `apiVersion: v1\nkind: Pod\n${META}\nspec:\n  containers:\n  nodeName:\nstatus: {anything: [1]}\n`,
  ],
  [
    "a truth that YAML 1.1 knows",
    `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec: {selector: {}, template: {}, paused: yes}\n`,
  ],
  [
    "required fields that are merged or filled in",
    `apiVersion: apps/v1\nkind: Deployment\n${META}\nspec:\n  <<: {selector: {}}\n  template:\n    spec: '{{.spectro.var.pod}}'\n`,
  ],
  [
    "a role reference without the group that is filled in",
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: view}\n",
  ],
  ["objects of other APIs", `apiVersion: cert-manager.io/v1\nkind: Issuer\n${META}\nspek: {}\n`],
  [
    "objects of groups of other projects",
    `apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshot\n${META}\nspek: {}\n`,
  ],
  [
    "kinds whose fields are not known",
    `apiVersion: resource.k8s.io/v1\nkind: DeviceClass\nmetadata: {name: a}\nspek: {}\n`,
  ],
  ["lists", `apiVersion: v1\nkind: List\nitems: [{a: 1}]\n`],
  [
    "what hides in merge keys",
    `apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a, namespace: b}\ndata: {a: "1"}\n`,
  ],
];

describe("P24", () => {
  for (const [title, content, at, message, fix] of WRONG) {
    it(`finds ${title}`, () => {
      const text = profile(content);
      const found = judge(text);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.equal(found[0]?.at, at);
      assert.match(found[0]?.message ?? "", message);
      if (fix !== undefined) {
        const fixed = found[0]?.fixed ?? "";
        assert.ok(fixed.includes(fix), fixed);
        assert.deepEqual(judge(fixed), []);
      }
    });
  }
  for (const [title, content] of RIGHT) {
    it(`takes ${title}`, () => assert.deepEqual(judge(profile(content)), []));
  }

  it("finds it in a quoted text at its place, and leaves the fix to the author", () => {
    const content = "apiVersion: v1\\nkind: Pod\\nmetadata: {name: a, namespace: b}\\nspek: {}\\n";
    const text = profile("", "|").replace(/content: \|\n[\s]*$/, `content: "${content}"\n`);
    const [found] = judge(text);
    assert.equal(found?.at, "spek");
    assert.equal(found.fixed, undefined);
  });

  it("judges nothing until the API is loaded, and each version of a text anew where it differs", () => {
    const text = profile(`${DEPLOYMENT}          imagePullPolcy: Always\n`);
    const first = parseProfile(text);
    assert.deepEqual(
      checkProfile(first).filter(({ code }) => code === "P24"),
      [],
    );
    const moved = parseProfile(`# a comment above\n${text}`, first);
    for (const document of [first, moved]) {
      const [found] = checkProfile(document, { kubernetes: schemas }).filter(({ code }) => code === "P24");
      assert.equal(document.text.slice(found?.span.start, found?.span.end), "imagePullPolcy");
    }
  });
});
