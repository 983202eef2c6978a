import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { checkProfile, headOf, layersOf, parseProfile, profileOf } from "../../../src/profile/index.ts";
import { addOn, check, full, unmark } from "./support.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
const codes = (text: string): string[] => check(text).map(({ code, severity }) => `${code} ${severity}`);
const errors = (text: string): string[] =>
  check(text)
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);

describe("Palette's own export", () => {
  for (const name of ["palette-export.json", "palette-export.profile.yaml"]) {
    it(`has no errors: ${name}`, () => {
      const document = parseProfile(fixture(name));
      assert.deepEqual(
        checkProfile(document).filter(({ severity }) => severity === "error"),
        [],
      );
      assert.deepEqual(headOf(document), {
        name: "aws-profile",
        version: "1.0.0",
        type: "cluster",
        cloudType: "aws",
      });
      assert.deepEqual(
        layersOf(document).map(({ layer }) => layer),
        ["os", "k8s", "cni", "csi", "addon", "addon"],
      );
      const profile = profileOf(document);
      assert.match(profile?.layers[1]?.values ?? "", /podCIDR: "192.168.0.0\/16"/);
      assert.equal(profile?.layers[5]?.manifests[0]?.name, "ns");
    });
  }
});

describe("what real profiles do", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["CRLF", full().replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${full()}`],
    ["no line end at the end", full().trimEnd()],
    ["trailing blanks", full().replaceAll("\n", "  \n")],
    ["a document marker", `---\n${full()}`],
    ["an end marker", `${full()}...\n`],
    ["an empty second document", `${full()}---\n`],
    ["a directive", `%YAML 1.2\n---\n${full()}`],
    [
      "anchors and merge keys",
      full(["registry:", "registry: &r"]).replace(/registry:\n(?: {10}.*\n)+/, "registry: *r\n"),
    ],
    ["non-ASCII text", full(['description: ""', "description: für 日本 🚀"])],
    ["empty values", full([/values: \|\n(?: {10}.*\n)+/.exec(full())?.[0] ?? "", 'values: ""\n'])],
    ["a registry without uid", full(['            uid: "5eecc89d0b150045ae661cef"\n', ""])],
    ["isHidden", `${full()}  variables:\n    - name: a\n      isHidden: true\n`],
    ["no variables", full()],
    ["a tag without quotes", full(['tag: "22.04"', "tag: 22.04"])],
    ["JSON in YAML", JSON.stringify({ metadata: { name: "a" }, spec: { template: { type: "system" } } })],
  ];
  for (const [title, text] of cases) {
    it(`takes ${title}`, () => assert.deepEqual(errors(text), []));
  }

  it("reads a tag without quotes as it is written", () => {
    const profile = profileOf(parseProfile(full(['tag: "22.04"', "tag: 22.10"])));
    assert.equal(profile?.layers[0]?.tag, "22.10");
  });

  it("follows aliases and merge keys", () => {
    const text = `base: &base
  type: manifest
  layer: os
metadata: {name: a}
spec:
  template:
    type: system
    packs:
      - <<: *base
        name: x
      - <<: [*base]
        layer: k8s
        name: y
`;
    assert.deepEqual(errors(text), []);
    assert.deepEqual(
      layersOf(parseProfile(text)).map(({ layer }) => layer),
      ["os", "k8s"],
    );
  });
});

describe("what is no profile", () => {
  it("leaves objects of other APIs alone", () => {
    assert.deepEqual(codes("apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n"), []);
    assert.deepEqual(codes("apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {}}}\n"), []);
  });
  it("does not take a profile with a stray apiVersion for one", () => {
    assert.deepEqual(codes(`apiVersion: v1\n${full()}`), ["SHAPE warning"]);
  });
  for (const [title, text] of [
    ["nothing", ""],
    ["a comment", "# later\n"],
    ["a text", "hello"],
    ["a list", "- a\n- b\n"],
  ] as const) {
    it(`says in one diagnostic that it is ${title}`, () => assert.deepEqual(codes(text), ["SHAPE error"]));
  }
});

describe("too much", () => {
  it("gives one diagnostic for 50 MB", () => {
    assert.deepEqual(codes("a: 1\n".repeat(10_000_000)), ["YAML error"]);
  });
  it("gives one diagnostic for 50 MB of layers", () => {
    assert.deepEqual(codes(addOn() + "      - name: a\n        layer: addon\n".repeat(1_250_000)), [
      "YAML error",
    ]);
  });
  it("gives one diagnostic for a YAML bomb", () => {
    let bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (let i = 1; i < 12; i++) {
      bomb += `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(", ")}]\n`;
    }
    assert.deepEqual(codes(bomb), ["YAML error"]);
  });
  it("gives one diagnostic for merge keys that explode", () => {
    let bomb = "a0: &a0 {k: v}\n";
    for (let i = 1; i < 12; i++) {
      bomb += `a${i}: &a${i} {<<: [${Array(9)
        .fill(`*a${i - 1}`)
        .join(", ")}]}\n`;
    }
    assert.deepEqual(codes(bomb), ["YAML error"]);
  });
  it("gives one diagnostic for very deep nesting", () => {
    assert.deepEqual(codes("[".repeat(100_000)), ["YAML error"]);
    assert.deepEqual(codes("- ".repeat(100_000)), ["YAML error"]);
  });
});

describe("characters that cannot be in YAML", () => {
  for (const [title, marked, code] of [
    ["a NUL in a value", "metadata: {name: a‹\0›}\n", "U+0000"],
    [
      "a bell inside values",
      "spec:\n  template:\n    packs:\n      - values: |\n          a: b‹\x07›\n",
      "U+0007",
    ],
  ] as const) {
    it(`are said where they stand: ${title}`, () => {
      const { text, spans } = unmark(marked);
      const [found] = parseProfile(text).syntax;
      assert.deepEqual(found?.span, spans[0]);
      assert.ok(found?.message.includes(code));
    });
  }
  it("are no tabs, line ends or next lines", () => {
    assert.deepEqual(parseProfile("a: 'x\ty\u0085z\u2028'\r\nb: 1\r\n").syntax, []);
  });
});
