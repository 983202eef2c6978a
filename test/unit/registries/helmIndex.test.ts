import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import { readHelmIndex } from "../../../src/registries/helmIndex.ts";

const INDEX = `apiVersion: v1
entries:
  podinfo:
  - annotations:
      category: demo
      images: |
        - name: podinfo
          version: 99.0.0
    apiVersion: v1
    appVersion: 6.9.1
    created: "2026-01-02T03:04:05Z"
    dependencies:
    - name: redis
      version: 18.x.x
    description: Small app,
      in two lines
    digest: abc
    kubeVersion: '>=1.23.0-0'
    name: podinfo
    urls:
    - https://example.com/podinfo-6.9.1.tgz
    version: 6.9.1
  - appVersion: 6.10.0
    description: |-
      - not an item
      version: 1.0.0
    version: 6.10.0
  - version: 7.0.0-rc.1
  # A comment.
  - version: latest
  old:
  - deprecated: true
    appVersion: 1.0
    version: 1.0.0
  empty: []
  "quoted":
  - version: "0.1.0"
  broken:
  - version: "0.1.0
  'bad name':
  - version: 1.0.0
generated: "2026-01-02T03:04:05Z"
`;

describe("the index of a Helm repository", () => {
  const expected = [
    {
      name: "podinfo",
      description: "- not an item version: 1.0.0",
      versions: [
        { version: "6.10.0", appVersion: "6.10.0" },
        { version: "6.9.1", appVersion: "6.9.1", kubernetes: ">=1.23.0-0" },
        { version: "7.0.0-rc.1" },
      ],
    },
    { name: "old", deprecated: true, versions: [{ version: "1.0.0", appVersion: "1" }] },
    { name: "quoted", versions: [{ version: "0.1.0" }] },
  ];

  it("gives charts, releases newest first, then pre-releases, and leaves out what cannot be read", async () => {
    assert.deepEqual(await readHelmIndex(INDEX), expected);
  });

  it("reads other line ends", async () => {
    assert.deepEqual(await readHelmIndex(INDEX.replaceAll("\n", "\r\n")), expected);
  });

  it("reads JSON and flow style", async () => {
    const charts = [{ name: "a", versions: [{ version: "1.2.3", appVersion: "2" }] }];
    const index = { apiVersion: "v1", entries: { a: [{ version: "1.2.3", appVersion: "2" }], b: null } };
    assert.deepEqual(await readHelmIndex(JSON.stringify(index)), charts);
    assert.deepEqual(await readHelmIndex("entries: {a: [{version: 1.2.3, appVersion: 2}]}"), charts);
    assert.deepEqual(await readHelmIndex("apiVersion: v1\nentries: {}\n"), []);
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ["nothing", "", /no entries/],
    ["a web page", "<html><body>Sign in</body></html>", /no entries/],
    ["a list", "[1, 2]", /no entries/],
    ["broken JSON", "{", /JSON/],
    ["broken YAML", "entries: [", /./],
    [
      "a bomb",
      `a: &a [1,1,1,1,1,1,1,1,1]\n${"bcdefgh"
        .split("")
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefg"[i]}`)}]`)
        .join("\n")}\nentries: *h`,
      /alias/i,
    ],
    ["a large file in flow style", `entries: {${" ".repeat(2_000_001)}}`, /too large/],
  ];
  for (const [title, text, message] of broken) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(readHelmIndex(text), message);
    });
  }

  it("refuses more charts than anybody has", async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => `  c${i}:\n  - version: 1.0.0\n`).join("");
    await assert.rejects(readHelmIndex(`entries:\n${many}`), /more than 10000/);
  });

  it("reads in pieces what it reads in one go", async () => {
    const version = fc.record(
      {
        apiVersion: fc.constant("v2"),
        description: fc.string(),
        appVersion: fc.oneof(fc.string(), fc.string({ unit: "binary" })),
        deprecated: fc.boolean(),
        keywords: fc.array(fc.string()),
        annotations: fc.dictionary(
          fc.string(),
          fc.oneof(fc.string(), fc.constant("- version: 9.9.9\n\nversion: 8")),
        ),
        version: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(99)).map((numbers) => numbers.join(".")),
      },
      { requiredKeys: ["version"] },
    );
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}[a-z]$/);
    const entries = fc.dictionary(name, fc.array(version, { minLength: 1, maxLength: 5 }), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(entries, fc.boolean(), async (made, indentSeq) => {
        const index = { apiVersion: "v1", entries: made, generated: "now" };
        const text = stringify(index, { indentSeq, aliasDuplicateObjects: false });
        assert.deepEqual(await readHelmIndex(text), await readHelmIndex(JSON.stringify(index)));
      }),
    );
  });
});
