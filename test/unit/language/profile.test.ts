import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DocumentSymbol, Position } from "vscode-languageserver-types";
import { applyEdits } from "../../../src/profile/edits.ts";
import { newProfile } from "../../../src/profile/index.ts";
import { atCursor, open } from "./support.ts";

const PROFILE = `metadata:
  name: demo
spec:
  template:
    type: add-on
    packs:
      - name: app
        layer: addon
        type: manifest
        # two lines
        # of comment
        values: |
          pack:
            namespace: '{{.spectro.var.space}}'
          more: '{{ .spectro.pack.app.pack.namespace }}'
        manifests:
          - name: m
            content: "apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: '{{.spectro.var.space}}'\\n"
  variables:
    - name: space
      displayName: Namespace of the app
      defaultValue: team
      regex: ^[a-z]+$
`;
const marked = (from: string, to: string): string => PROFILE.replace(from, () => to);

describe("hover", () => {
  const hover = (text: string): string => {
    const { text: plain, offset } = atCursor(text);
    const contents = open(plain).hover?.(offset)?.contents;
    return contents !== undefined && typeof contents === "object" && "value" in contents
      ? contents.value
      : "";
  };
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["a field", marked("template:", "temp‸late:"), /Type, cloud and layers/],
    ["the value of a field that has few", marked("add-on", "add‸-on"), /`infra`/],
    ["a field inside values", marked("namespace:", "name‸space:"), /destroyed with the layer/],
    [
      "a variable where it is used",
      marked("var.space}}'\n          more", "var.sp‸ace}}'\n          more"),
      /Namespace of the app.*Default: `team`.*Pattern: /s,
    ],
    [
      "a variable inside a quoted text",
      PROFILE.replace(/var\.space\}\}'\\n"/, "var.sp‸ace}}'\\n\""),
      /Namespace of the app/,
    ],
    [
      "a pack",
      newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace("cni-calico", "cni-‸calico"),
      /Calico/,
    ],
    [
      "a version",
      newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace('tag: "1.36.4"', 'tag: "1.3‸6.4"'),
      /Supported until 2027-06-28/,
    ],
    [
      "the version of a chart",
      newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace('tag: "1.64.0"', 'tag: "1.6‸4.0"'),
      /Chart aws-ebs-csi-driver \S+ of https:/,
    ],
    [
      "a train",
      newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace('tag: "1.36.4"', "tag: 1.3‸6.x"),
      /`1\.36\.x` means 1\.36\.\d+ today/,
    ],
    [
      "a machine image",
      newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace('tag: "22.04"', 'tag: "22.‸04"'),
      /Machine image `capa-ami-ubuntu-22\.04-\?1\.36\.4-\*`/,
    ],
    [
      "a retired pack",
      marked("- name: app", "- name: ng‸inx").replace("type: manifest", "type: helm"),
      /Retired.*The project has ended.*Take `traefik`/s,
    ],
    ["nothing in a comment", marked("# two", "# t‸wo"), /^$/],
  ];
  for (const [title, text, expected] of cases) {
    it(`says what ${title} is`, () => assert.match(hover(text), expected));
  }
});

describe("names", () => {
  const named = (text: string): { found: string[]; definition: string } => {
    const { text: plain, offset } = atCursor(text);
    const result = open(plain).named?.(offset);
    const around = ({ start, end }: { start: number; end: number }): string =>
      plain.slice(Math.max(0, start - 6), end);
    return {
      found: (result?.uses ?? []).map(around),
      definition: result?.definition === undefined ? "" : around(result.definition),
    };
  };
  it("lead from a use to the definition, and to every use", () => {
    const expected = { found: ["o.var.space", "o.var.space"], definition: "name: space" };
    const result = named(marked("var.space}}'\n          more", "var.spa‸ce}}'\n          more"));
    assert.deepEqual(result, expected);
    assert.deepEqual(named(marked("- name: space", "- name: sp‸ace")), expected);
  });
  it("lead from a macro to the layer", () => {
    assert.deepEqual(named(marked("pack.app.", "pack.a‸pp.")).definition, "name: app");
  });
  it("are renamed everywhere, also in quoted text", () => {
    const { text, offset } = atCursor(marked("- name: space", "- name: sp‸ace"));
    const edits = open(text).rename?.(offset, "area");
    assert.ok(edits !== undefined);
    assert.equal(
      applyEdits(text, edits),
      PROFILE.replaceAll("var.space", "var.area").replace("name: space", "name: area"),
    );
  });
  it("of layers are renamed in the macros of other layers too", () => {
    const { text, offset } = atCursor(marked("pack.app.", "pack.a‸pp."));
    const edits = open(text).rename?.(offset, "shop");
    assert.ok(edits !== undefined);
    assert.equal(
      applyEdits(text, edits),
      PROFILE.replace("pack.app.", "pack.shop.").replace("name: app", "name: shop"),
    );
  });
  it("are not renamed to what no macro can say", () => {
    const { text, offset } = atCursor(marked("- name: space", "- name: sp‸ace"));
    assert.equal(open(text).rename?.(offset, "a b"), undefined);
  });
});

describe("structure", () => {
  it("folds layers, values and comments", () => {
    const file = open(PROFILE);
    const folds = (file.folding?.() ?? []).map(({ startLine, endLine }) => `${startLine}-${endLine}`);
    for (const expected of ["0-1", "2-22", "6-17", "9-10", "11-14", "12-13", "15-17", "18-22"]) {
      assert.ok(folds.includes(expected), `${expected} of ${folds.join(" ")}`);
    }
  });
  it("grows the selection from a word inside values to the document", () => {
    const { text, offset } = atCursor(marked("namespace: '{{", "name‸space: '{{"));
    const file = open(text);
    const texts: string[] = [];
    for (let range = file.selection?.(offset); range !== undefined; range = range.parent) {
      texts.push(text.slice(file.lines.offsetAt(range.range.start), file.lines.offsetAt(range.range.end)));
    }
    assert.equal(texts[0], "namespace");
    assert.equal(texts[1], "namespace: '{{.spectro.var.space}}'");
    assert.equal(texts.at(-1), text);
    for (const [i, each] of texts.slice(1).entries()) {
      assert.ok(each.includes(texts[i] ?? ""));
    }
  });
  it("outlines layers with their manifests, and variables", () => {
    type Outline = readonly [string, ...(string | Outline)[]];
    const outline = ({ name, children }: DocumentSymbol): Outline => [name, ...(children ?? []).map(outline)];
    assert.deepEqual((open(PROFILE).symbols?.() ?? []).map(outline), [
      ["app", ["values", ["pack"], ["more"]], ["m", ["Namespace {{.spectro.var.space}}"]]],
      ["variables", ["space"]],
    ]);
  });
  it("keeps every symbol inside its parent", () => {
    const notBehind = (a: Position, b: Position): boolean =>
      a.line < b.line || (a.line === b.line && a.character <= b.character);
    const visit = (symbol: DocumentSymbol): void => {
      const { range, selectionRange, children } = symbol;
      assert.ok(
        notBehind(range.start, selectionRange.start) && notBehind(selectionRange.end, range.end),
        symbol.name,
      );
      for (const child of children ?? []) {
        assert.ok(
          notBehind(range.start, child.range.start) && notBehind(child.range.end, range.end),
          child.name,
        );
        visit(child);
      }
    };
    for (const symbol of open(PROFILE).symbols?.() ?? []) {
      visit(symbol);
    }
  });
  it("links versions to where their charts come from, unless it is no page or nobody knows", () => {
    const text = newProfile({ name: "a", type: "cluster", cloudType: "aws" });
    const file = open(text);
    const found = (file.links?.("") ?? []).map(({ range, target }) => [
      text.slice(file.lines.offsetAt(range.start), file.lines.offsetAt(range.end)),
      target,
    ]);
    // The operating system is an image, Kubernetes a provider.
    assert.deepEqual(found, [
      ['"3.32.1"', "https://docs.tigera.io/calico/charts"],
      ['"1.64.0"', "https://kubernetes-sigs.github.io/aws-ebs-csi-driver"],
    ]);
    assert.deepEqual(open(PROFILE).links?.(""), []);
  });
  it("says what a train means today", () => {
    const text = newProfile({ name: "a", type: "cluster", cloudType: "aws" }).replace(
      'tag: "1.64.0"',
      "tag: 1.64.x",
    );
    const hints = open(text).hints?.({ start: 0, end: text.length }) ?? [];
    assert.deepEqual(
      hints.map(({ label }) => label),
      ["= 1.64.0"],
    );
    assert.deepEqual(open(text).hints?.({ start: 0, end: 10 }), []);
  });
  it("colors the YAML inside text, and the names in macros", () => {
    const text = marked(
      "          more:",
      "          # note\n          n: 1 # more\n          t: |\n            a # b\n            c\n          more:",
    );
    const lines = text.split("\n");
    assert.deepEqual(
      (open(text).tokens?.() ?? [])
        .map(
          ({ line, character, length, type }) =>
            `${type} ${lines[line]?.slice(character, character + length)}`,
        )
        .slice(0, 18),
      [
        "property pack",
        "property namespace",
        "string '{{.spectro.var.",
        "variable space",
        "string }}'",
        "comment # note",
        "property n",
        "number 1",
        "comment # more",
        "property t",
        "string |",
        "string a # b",
        "string c",
        "property more",
        "string '{{ .spectro.pack.",
        "variable app.pack.namespace",
        "string }}'",
        "property apiVersion",
      ],
    );
  });
  it("colors nothing twice", () => {
    const tokens = open(PROFILE).tokens?.() ?? [];
    for (const [i, token] of tokens.entries()) {
      const next = tokens[i + 1];
      assert.ok(
        next === undefined || next.line > token.line || next.character >= token.character + token.length,
      );
    }
  });
});

describe("a cluster request", () => {
  const complete = (marked: string): string[] => {
    const { text, offset } = atCursor(marked);
    return (open(text, "x.cluster.yaml").completion?.(offset) ?? []).map(({ label }) => label);
  };
  it("completes keys in half-typed text", () => {
    assert.deepEqual(complete("‸"), ["apiVersion", "kind", "metadata", "spec"]);
    assert.deepEqual(complete("kind: ‸"), ["ClusterRequest"]);
    const pools = "spec:\n  machinePools:\n    - poolConfig:\n        name: a\n        ‸";
    assert.deepEqual(complete(pools).slice(0, 2), ["isControlPlane", "size"]);
    assert.deepEqual(complete(pools.replace("‸", "isControlPlane: ‸")), ["true", "false"]);
  });
  it("links a name that half a character ends, as typing and fuzzing make them", () => {
    const request = `spec:\n  profiles:\n    - file: a\ud83d\n`;
    const [link] = open(request, "x.cluster.yaml").links?.("file:///work/x.cluster.yaml") ?? [];
    assert.equal(link?.target, "file:///work/a%EF%BF%BD");
  });

  it("links the profiles it names", () => {
    const request =
      "apiVersion: palette-onboarding/v1\nkind: ClusterRequest\nspec:\n  profiles:\n    - file: ../a b.profile.yaml\n";
    const [link] = open(request, "x.cluster.yaml").links?.("file:///work/clusters/x.cluster.yaml") ?? [];
    assert.equal(link?.target, "file:///work/a%20b.profile.yaml");
    assert.equal(link?.range.start.line, 4);
  });
});
