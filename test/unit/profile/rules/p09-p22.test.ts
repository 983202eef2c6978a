import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createUserPacks } from "../../../../src/catalog/index.ts";
import { applyEdits } from "../../../../src/profile/edits.ts";
import { checkProfile, checkUpgrade, parseProfile } from "../../../../src/profile/index.ts";
import { addOn, type Case, check, expectCase, full, unmark } from "../support.ts";

function table(code: string, cases: readonly Case[]): void {
  describe(code, () => {
    for (const each of cases) {
      it(each.title, () => expectCase(code, each));
    }
  });
}

/** The add-on profile with other values, as a literal block. */
function withValues(values: string, variables = ""): string {
  const block = /values: \|\n(?: {10}.*\n)+/.exec(addOn())?.[0] ?? "";
  const lines = values
    .split("\n")
    .map((line) => (line === "" ? "" : `          ${line}`))
    .join("\n");
  return addOn([block, `values: |\n${lines}\n`]) + variables;
}

/** The same values in the other styles that exporters write. */
function quotedValues(values: string): string {
  const block = /values: \|\n(?: {10}.*\n)+/.exec(addOn())?.[0] ?? "";
  const { text } = unmark(values);
  const json = JSON.stringify(text).slice(1, -1);
  return addOn([block, `values: "${json}"\n`]);
}

const variables = (...lines: string[]): string =>
  `  variables:\n${lines.map((line) => `    ${line}\n`).join("")}`;

table("P08", [
  {
    title: "warns about the same pack twice",
    text: full(["name: cni-calico", "name: ‹ubuntu-aws›"]),
    severity: "warning",
  },
]);

table("P09", [
  { title: "takes name, tag and registry", text: full() },
  {
    title: "takes a manifest layer",
    text: full(["type: spectro", "type: manifest"], ['        tag: "22.04"\n', ""]),
  },
  { title: "takes a uid", text: full(['        tag: "22.04"\n', "        uid: abc\n"]) },
  {
    title: "finds no tag, and takes it from the version",
    text: full(["name: ubuntu-aws", "name: ‹ubuntu-aws›"], ['        tag: "22.04"\n', ""]),
    severity: "error",
    fixed: full(),
  },
  {
    title: "finds a registry without name and uid",
    text: full(
      ['            name: Public Repo\n            uid: "5eecc89d0b150045ae661cef"\n', ""],
      ["registry:", "‹registry›:"],
    ),
    severity: "error",
  },
  {
    title: "finds two names of one registry",
    text: full([
      "        layer: os\n",
      "        layer: os\n        registryUid: a\n        ‹registryName›: b\n",
    ]),
    severity: "error",
  },
]);

table("P10", [
  { title: "takes a version", text: full() },
  {
    title: "warns about a train and pins it",
    text: full(['tag: "1.64.0"', 'tag: ‹"1.64.x"›']),
    severity: "warning",
    message: /It means 1\.64\.0 today/,
    fixed: full(),
  },
  {
    title: "warns about a long-term train",
    text: full(['tag: "22.04"', "tag: ‹LTS__22.4.x›"]),
    severity: "warning",
  },
]);

table("P11", [
  { title: "takes values", text: full() },
  { title: "takes no values", text: withValues("") },
  {
    title: "takes templates",
    text: withValues('a: {{ .Values.x | default "1" }}\n{{- if .y }}\nb: x-{{ .z }}\n{{- end }}\n'),
  },
  {
    title: "finds a quote that is not closed, in its line",
    text: withValues('pack:\n  namespace: ‹"x›\n'),
    severity: "error",
  },
  {
    title: "finds a key that stands twice",
    text: withValues("pack: {}\na: 1\n‹pack›: {}\n"),
    message: /pack stands twice/,
  },
  { title: "warns about a tab in a text", text: withValues("a: |\n  x\n  y‹\t›z\n"), severity: "warning" },
  {
    title: "warns about odd indentation, once",
    text: withValues("a:\n‹   ›b: 1\n   c: 1\n"),
    severity: "warning",
  },
  { title: "lets text in a block be", text: withValues("a: |\n   free text\n") },
  {
    title: "is exact with CRLF",
    text: withValues("pack:\n  namespace: ‹[1›\n").replaceAll("\n", "\r\n"),
    severity: "error",
  },
]);

describe("P11 in a double-quoted text", () => {
  it("marks the escape sequences of the place", () => {
    const text = quotedValues('pack:\n  "namespace": "x\n');
    const found = check(text).find(({ code }) => code === "P11");
    assert.equal(text.slice(found?.span.start, found?.span.end), '\\"x');
  });
});

const helm = (values: string): string => withValues(values).replace("type: spectro", "type: helm");
table("P12", [
  { title: "takes a name", text: withValues("pack:\n  namespace: a-1\n") },
  { title: "takes a macro", text: withValues("pack:\n  namespace: '{{.spectro.system.cluster.name}}'\n") },
  { title: "takes a macro in a name", text: withValues("pack:\n  namespace: 'a-{{.spectro.macro.b}}'\n") },
  {
    title: "takes placeholders",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that other tools fill in.
    text: withValues('pack:\n  namespace: "${NS}"\n  additionalNamespaces: "%NS%"\n'),
  },
  { title: "finds a wrong name", text: withValues("pack:\n  namespace: ‹My_Space›\n"), severity: "error" },
  {
    title: "finds a wrong additional name",
    text: withValues("pack:\n  additionalNamespaces:\n    ok: ''\n    ‹Not›: ''\n"),
  },
  { title: "takes a Helm layer with a namespace", text: helm("pack:\n  namespace: a\n") },
  {
    title: "finds a Helm layer without one",
    text: helm("pack: {}\n").replace("values:", "‹values›:"),
    severity: "error",
  },
  { title: "is silent while the values cannot be read", text: helm('pack: "\n') },
]);

const priority = (value: string): string =>
  withValues(`pack:\n  spectrocloud.com/install-priority: ${value}\n`);
table("P13", [
  ...['"0"', "0", "-1000", '"-10"', "'{{.spectro.var.p}}'"].map((value) => ({
    title: `takes ${value}`,
    text: priority(value),
  })),
  ...["first", '"1.5"', '""', "true"].map((value) => ({
    title: `finds ${value}`,
    text: priority(`‹${value}›`),
    severity: "error" as const,
  })),
]);

table("P14", [
  {
    title: "lets layers share what is never deleted",
    text: full(['namespace: "tigera-operator"', 'namespace: "kube-system"']),
  },
  {
    title: "warns about a shared namespace",
    text: full(
      ['namespace: "tigera-operator"', 'namespace: "x"'],
      ['namespace: "kube-system"', 'namespace: ‹"x"›'],
    ),
    severity: "warning",
    message: /^csi-aws-ebs and cni-calico share the namespace x\./,
  },
]);

const HOST = variables("- name: host", "  displayName: Host");
table("P15", [
  { title: "takes a defined variable", text: withValues("a: '{{.spectro.var.host}}'\n", HOST) },
  { title: "takes one inside a text", text: withValues("a: https://{{ .spectro.var.host }}/x\n", HOST) },
  {
    title: "finds an undefined one and knows what was meant",
    text: withValues("a: '{{.spectro.var.‹hots›}}'\nb: '{{.spectro.var.host}}'\n", HOST),
    severity: "error",
    fixed: withValues("a: '{{.spectro.var.host}}'\nb: '{{.spectro.var.host}}'\n", HOST),
  },
  {
    title: "does not count macros in comments",
    text: withValues("# {{.spectro.var.gone}}\na: 1 # {{.spectro.var.gone}}\n"),
  },
  {
    title: "fades an unused one",
    text: withValues("a: 1\n", HOST.replace("host", "‹host›")),
    severity: "info",
  },
  { title: "counts a macro alone on its line", text: withValues("a: |\n  {{ .spectro.var.host }}\n", HOST) },
  {
    title: "finds one without quotes",
    text: withValues("a: ‹{{.spectro.var.host}}›\n", HOST),
    severity: "error",
    fixed: withValues("a: '{{.spectro.var.host}}'\n", HOST),
  },
  {
    title: "quotes the whole text",
    text: withValues("a: ‹{{.spectro.var.host}}:80›\n", HOST),
    fixed: withValues("a: '{{.spectro.var.host}}:80'\n", HOST),
  },
  {
    title: "finds one in pack.content",
    text: withValues("pack:\n  content:\n    images:\n      - image: '‹{{.spectro.var.host}}›'\n", HOST),
    severity: "error",
  },
  { title: "does not call a variable unused while values cannot be read", text: withValues('a: "\n', HOST) },
]);

describe("the fix that defines a variable", () => {
  for (const [title, rest] of [
    ["without a list", ""],
    ["with an empty list", "  variables: []\n"],
    ["with a list", HOST],
    ["with a list at the column of its key", "  variables:\n  - name: host\n"],
    ["without a line end at the end", HOST.trimEnd()],
  ] as const) {
    it(`works ${title}`, () => {
      const text = withValues("a: '{{.spectro.var.fresh}}{{.spectro.var.host}}'\n", rest);
      let current = text;
      for (const name of ["fresh", "host"]) {
        const found = check(current).find(
          ({ code, message }) => code === "P15" && message.includes(`variable ${name}.`),
        );
        const fix = found?.fixes?.find((each) => each.title === `Define the Variable ${name}`);
        current = fix === undefined ? current : applyEdits(current, fix.edits);
      }
      assert.deepEqual(check(current), []);
      assert.notEqual(current, text);
    });
  }
});

const one = (...lines: string[]): string =>
  withValues("a: '{{.spectro.var.v}}'\n", variables("- name: v", ...lines.map((line) => `  ${line}`)));
table("P16", [
  { title: "takes a plain variable", text: one("displayName: V") },
  { title: "finds a wrong format", text: one("format: ‹nubmer›"), fixed: one("format: number") },
  { title: "finds a wrong input type", text: one("inputType: ‹drop›") },
  ...(
    [
      ["number", "1.5", "large"],
      ["boolean", '"true"', '"1"'],
      ["ipv4", "10.0.0.1", "10.0.1"],
      ["ipv4cidr", "10.0.0.0/8", "10.0.0.0"],
      ["ipv6", '"fe80::1"', '"fe80"'],
      ["version", "1.2.3", "1.2"],
      ["base64", "aGk=", "aGk"],
    ] as const
  ).flatMap(([format, right, wrong]) => [
    { title: `takes the ${format} ${right}`, text: one(`format: ${format}`, `defaultValue: ${right}`) },
    {
      title: `finds ${wrong} for ${format}`,
      text: one(`format: ${format}`, `defaultValue: ‹${wrong}›`),
      severity: "error" as const,
    },
  ]),
  { title: "takes a default that matches", text: one('regex: "^[a-z]+$"', "defaultValue: abc") },
  { title: "finds one that does not", text: one('regex: "^[a-z]+$"', "defaultValue: ‹ABC›") },
  { title: "judges a pattern as RE2 does: no look-ahead", text: one('regex: ‹"^(?=a)"›'), severity: "error" },
  {
    title: "judges a pattern as RE2 does: named groups",
    text: one('regex: "^(?P<x>a)$"', "defaultValue: a"),
  },
  { title: "finds a pattern that is not closed", text: one('regex: ‹"["›') },
  {
    title: "takes a dropdown",
    text: one("inputType: dropdown", "options: [{value: a}, {value: b}]", "defaultValue: a"),
  },
  { title: "finds a dropdown without options", text: one("inputType: ‹dropdown›") },
  { title: "finds options of a text", text: one("‹options›: [{value: a}]") },
  { title: "finds an option twice", text: one("inputType: dropdown", "options: [{value: a}, {value: ‹a›}]") },
  {
    title: "finds a default that is no option",
    text: one("inputType: dropdown", "options: [{value: a}]", "defaultValue: ‹b›"),
  },
  { title: "finds a read-only one without a default", text: one("‹immutable›: true") },
  {
    title: "finds a hidden and required one without a default",
    text: one("‹hidden›: true", "required: true"),
  },
  { title: "takes a required one that is asked for", text: one("required: true") },
  {
    title: "does not judge a masked default",
    text: one("format: number", "isSensitive: true", 'defaultValue: "*****"'),
  },
  {
    title: "finds a name twice",
    text: withValues("a: '{{.spectro.var.v}}'\n", variables("- name: v", "- name: ‹v›")),
    severity: "error",
  },
  { title: "finds a name that no macro can say", text: withValues("a: 1\n", variables("- name: ‹a b›")) },
]);

table("P17", [
  { title: "takes a system macro", text: withValues("a: '{{ .spectro.system.cluster.name | upper }}'\n") },
  {
    title: "finds an unknown one and knows what was meant",
    text: withValues("a: '{{.spectro.system.‹cluster.nmae›}}'\n"),
    severity: "error",
    fixed: withValues("a: '{{.spectro.system.cluster.name}}'\n"),
  },
  {
    title: "takes a layer of the profile",
    text: withValues("a: '{{.spectro.pack.prometheus-operator.charts.x}}'\n"),
  },
  {
    title: "warns in an add-on profile about a layer that is not there",
    text: withValues("a: '{{.spectro.pack.‹kubernetes›.pack.podCIDR}}'\n"),
    severity: "warning",
  },
  {
    title: "finds one in a full profile",
    text: full(["preKubeadmCommands: []", "preKubeadmCommands: ['{{.spectro.pack.‹nothere›.a}}']"]),
    severity: "error",
  },
]);

function manifests(...items: readonly (readonly [name: string, content: string])[]): string {
  const lines = items.flatMap(([name, content]) => [
    `          - name: ${name}`,
    "            content: |",
    ...content.split("\n").map((line) => (line === "" ? "" : `              ${line}`)),
  ]);
  return addOn(
    ["type: spectro", "type: manifest"],
    ["        layer: addon\n", `        layer: addon\n        manifests:\n${lines.join("\n")}\n`],
    ['            namespace: "monitoring"\n', ""],
  );
}
const NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n";
table("P18", [
  { title: "takes an object", text: manifests(["a", NAMESPACE]) },
  { title: "takes several documents", text: manifests(["a", `${NAMESPACE}---\n${NAMESPACE}---\n`]) },
  { title: "finds a name twice", text: manifests(["a", NAMESPACE], ["‹a›", NAMESPACE]), severity: "error" },
  {
    title: "finds broken YAML in its line",
    text: manifests(["a", `${NAMESPACE}---\na: ‹[1›\n`]),
    severity: "error",
  },
  {
    title: "finds no kind",
    text: manifests(["a", "‹apiVersion›: v1\nmetadata: {name: x}\n"]),
    message: /no kind/,
  },
  { title: "finds no name", text: manifests(["a", "apiVersion: v1\nkind: Namespace\n‹metadata›: {}\n"]) },
  {
    title: "warns about an object that goes to default",
    text: manifests(["a", "apiVersion: v1\nkind: ConfigMap\n‹metadata›:\n  name: x\n"]),
    severity: "warning",
  },
  {
    title: "does not judge custom kinds",
    text: manifests(["a", "apiVersion: x.example.com/v1\nkind: Foo\nmetadata: {name: x}\n"]),
  },
  { title: "finds what is no object", text: manifests(["a", "‹- a›\n"]), severity: "error" },
]);

table("P19", [
  { title: "takes packs of the cloud", text: full() },
  {
    title: "finds a pack of another cloud, and names those of this one",
    text: full(["name: csi-aws-ebs", "name: ‹csi-azure›"]),
    severity: "error",
    message: /does not run on aws, but on .*azure.*For aws there is /,
  },
  { title: "does not judge packs that nobody knows", text: full(["name: csi-aws-ebs", "name: csi-ours"]) },
  { title: "does not judge custom clouds", text: full(["cloudType: aws", "cloudType: nutanix"]) },
]);

const addOns = (type: string, ...names: readonly string[]): string => {
  const items = names.map(
    (name) => `      - {name: ${name}, layer: addon, tag: 1.0.0, registry: {metadata: {name: Helm}}}\n`,
  );
  return full(["type: cluster", `type: ${type}`]) + items.join("");
};
table("P20", [
  { title: "takes a pack with what it needs", text: addOns("cluster", "elastic-stack", "elastic-operator") },
  {
    title: "finds a pack without it",
    text: addOns("cluster", "‹elastic-stack›"),
    severity: "error",
    message: /needs the layer elastic-operator/,
  },
  {
    title: "finds packs that do not go together, from both sides",
    text: addOns("cluster", "‹istio›", "‹linkerd›"),
    severity: "error",
  },
  {
    title: "warns about a Kubernetes version outside the range",
    text: full(
      ["name: csi-aws-ebs", "name: csi-rook-ceph-helm"],
      ["cloudType: aws", "cloudType: vsphere"],
      ['version: "1.64.0"', 'version: "1.20.6"'],
      ['tag: "1.64.0"', 'tag: ‹"1.20.6"›'],
      ['tag: "1.36.4"', 'tag: "1.30.1"'],
    ),
    severity: "warning",
  },
]);

describe("P10 with the user's registries", () => {
  const chart = { name: "shop", versions: ["3.0.0", "2.10.0", "2.9.0"].map((version) => ({ version })) };
  const registry = { kind: "helm", url: "https://charts.example.com", isPrivate: false } as const;
  const user = createUserPacks([
    { ...registry, name: "empty", charts: [] },
    { ...registry, name: "ours", charts: [chart] },
  ]);
  const layer = (fields: string): string =>
    `metadata: {name: a}\nspec: {template: {type: add-on, packs: [{layer: addon, ${fields}}]}}\n`;
  for (const [fields, message, fix] of [
    ["name: shop, type: helm, tag: 2.x", "It means 2.10.0 today.", "Pin to 2.10.0"],
    ["name: shop, type: helm, tag: 4.x", "It follows the newest release.", undefined],
    ["name: shop, type: helm, tag: 2.x, registryName: empty", "It follows the newest release.", undefined],
    ["name: shop, type: spectro, tag: 2.x", "It follows the newest release.", undefined],
    ["name: kubernetes, type: helm, tag: 1.36.x", "It means 1.36.6 today.", "Pin to 1.36.6"],
  ] as const) {
    it(`takes ${fields}`, () => {
      const found = checkProfile(parseProfile(layer(fields)), { user }).find(({ code }) => code === "P10");
      assert.match(found?.message ?? "", new RegExp(`${message.replaceAll(".", "\\.")}$`));
      assert.equal(found?.fixes?.[0]?.title, fix);
    });
  }
});

describe("P21", () => {
  const at = (tag: string): ReturnType<typeof parseProfile> =>
    parseProfile(full(['tag: "1.36.4"', `tag: "${tag}"`]));
  for (const [from, to, expected] of [
    ["1.35.8", "1.36.4", undefined],
    ["1.36.3", "1.36.4", undefined],
    ["1.35.8", "1.35", undefined],
    ["1.34.1", "1.36.4", /skips a minor version.*with 1\.35/],
    ["1.36.4", "1.35.8", /goes down/],
    ["latest", "1.36.4", undefined],
  ] as const) {
    it(`${expected === undefined ? "takes" : "finds"} ${from} to ${to}`, () => {
      const after = at(to);
      const [found] = checkUpgrade(at(from), after);
      assert.equal(found === undefined, expected === undefined);
      if (found !== undefined && expected !== undefined) {
        assert.match(found.message, expected);
        assert.equal(after.text.slice(found.span.start, found.span.end), `"${to}"`);
      }
    });
  }
});

table("P23", [
  { title: "takes what is maintained", text: full() },
  {
    title: "warns about a retired pack, and names its replacement",
    text: addOns("cluster", "‹nginx›"),
    severity: "warning",
    message: /^nginx is retired\. .* Take traefik instead\.$/,
  },
  {
    title: "knows it by its other name",
    text: addOns("cluster", "‹ingress-nginx›"),
    message: /^ingress-nginx is retired/,
  },
  { title: "does not know what is not in the catalog", text: addOns("cluster", "nginx-of-ours") },
]);

describe("P23, by the day", () => {
  const onDay = (text: string, today: string | undefined): string[] =>
    checkProfile(parseProfile(text), today === undefined ? {} : { today })
      .filter(({ code }) => code === "P23")
      .map(({ message, span }) => `${text.slice(span.start, span.end)} ${message}`);
  const kubernetes = (tag: string): string => full(['tag: "1.36.4"', `tag: "${tag}"`]);

  for (const [title, tag, today, expected] of [
    ["is silent before the last day", "1.34.13", "2026-10-26", []],
    [
      "speaks from the last day on",
      "1.34.13",
      "2026-10-27",
      ['"1.34.13" Kubernetes 1.34 has had no fixes since 2026-10-27. Take 1.37, 1.36 or 1.35.'],
    ],
    [
      "takes a train for what it means",
      "1.34.x",
      "2026-11-24",
      ['"1.34.x" Kubernetes 1.34 has had no fixes since 2026-10-27. Take 1.37, 1.36 or 1.35.'],
    ],
    [
      "knows that what is older than the catalog has ended too",
      "1.29.4",
      "2026-11-24",
      ['"1.29.4" Kubernetes 1.29 no longer gets fixes. Take 1.37, 1.36 or 1.35.'],
    ],
    ["does not judge a version that is still to come", "1.99.0", "2026-11-24", []],
    ["does not judge what is no version", "latest", "2026-11-24", []],
    ["does not judge without a day", "1.30.14", undefined, []],
  ] as const) {
    it(title, () => assert.deepEqual(onDay(kubernetes(tag), today), expected));
  }

  it("speaks of versions of other packs", () => {
    const istio = addOns("cluster", "istio").replace(
      "layer: addon, tag: 1.0.0",
      'layer: addon, tag: "1.28.10"',
    );
    assert.deepEqual(onDay(istio, "2026-06-30"), []);
    assert.deepEqual(onDay(istio, "2026-07-01"), [
      '"1.28.10" Istio 1.28.10 has had no fixes since 2026-07-01. Take 1.30.3.',
    ]);
  });
});

const range = (services: string): string =>
  full(['serviceClusterIpRange: "10.96.0.0/12"', `serviceClusterIpRange: ${services}`]);
table("P22", [
  { title: "takes ranges that are apart", text: full() },
  { title: "finds an overlap", text: range('‹"192.168.128.0/24"›'), severity: "error" },
  { title: "finds the wider range around", text: range('‹"192.0.0.0/8"›') },
  { title: "takes dual stack", text: range('"10.96.0.0/12,fd00::/108"') },
  { title: "finds an overlap in dual stack", text: range('‹"fd00::/108,192.168.1.0/24"›') },
  { title: "finds what is no range", text: range('‹"10.96.0.0"›') },
  { title: "takes a macro", text: range("'{{.spectro.macro.services}}'") },
]);
