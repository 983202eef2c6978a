import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { catalogText, compileCatalog } from "../../../scripts/catalog.ts";

const KUBERNETES = '- { minor: "1.36", released: "2026-04-22", endOfLife: "2027-06-28", newest: 1.36.6 }\n';
const GOOD = `name: tool
displayName: Tool
layer: addon
addonType: monitoring
summary: A tool to look at things.
clouds: all
versions:
  - { version: 1.10.0, kubernetes: ">=1.25.0-0" }
  - { version: 1.9.0 }
source: { kind: helm, repository: "https://example.com/charts", charts: [tool] }
`;

function folderOf(t: TestContext, packs: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "palette-catalog-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "kubernetes.yaml"), KUBERNETES);
  for (const [file, text] of Object.entries(packs)) {
    mkdirSync(dirname(join(folder, "packs", file)), { recursive: true });
    writeFileSync(join(folder, "packs", file), text);
  }
  return folder;
}

describe("compiling the catalog", () => {
  it("keeps what the files say", (t) => {
    const data = compileCatalog(folderOf(t, { "addon/tool.yaml": GOOD }));
    assert.equal(data.packs[0]?.versions[1]?.version, "1.9.0");
    assert.deepEqual(JSON.parse(catalogText(data)), data);
  });

  it("gives a Kubernetes layer the end of life of its release, unless it has its own", (t) => {
    const data = compileCatalog(
      folderOf(t, {
        "k8s/k.yaml": `name: k
displayName: K
layer: k8s
summary: A Kubernetes of some kind.
clouds: all
versions: [{ version: 1.36.4 }, { version: "1.36", endOfLife: "2027-08-02" }, { version: 1.20.0 }]
source: { kind: provider, provider: kubeadm }
`,
      }),
    );
    assert.deepEqual(
      data.packs[0]?.versions.map((version) => version.endOfLife),
      ["2027-06-28", "2027-08-02", undefined],
    );
  });

  const faults: [string, Record<string, string>, RegExp][] = [
    ["an unknown field", { "addon/tool.yaml": `${GOOD}colour: red\n` }, /tool\.yaml.*additional properties/],
    ["an unknown layer", { "addon/tool.yaml": GOOD.replace("layer: addon", "layer: roof") }, /\/layer/],
    ["an add-on without a kind", { "addon/tool.yaml": GOOD.replace(/addonType.*\n/, "") }, /addonType/],
    ["a leading v", { "addon/tool.yaml": GOOD.replace("1.9.0", "v1.9.0") }, /\/versions\/1\/version/],
    ["versions oldest first", { "addon/tool.yaml": GOOD.replace("1.9.0", "1.11.0") }, /newest first/],
    ["no range", { "addon/tool.yaml": GOOD.replace(">=1.25.0-0", "new ones") }, /no range/],
    ["a file with another name", { "addon/other.yaml": GOOD }, /belongs into addon\/tool\.yaml/],
    ["a file of another layer", { "csi/tool.yaml": GOOD }, /belongs into addon\/tool\.yaml/],
    [
      "a name that stands for two packs",
      {
        "addon/tool.yaml": GOOD,
        "addon/two.yaml": `${GOOD.replace("name: tool", "name: two")}aliases: [Tool]\n`,
      },
      /Tool stands for both tool and two/,
    ],
    [
      "a constraint on a pack that is not there",
      { "addon/tool.yaml": `${GOOD}constraints: [{ pack: gone, type: required }]\n` },
      /gone, which does not exist/,
    ],
    [
      "a replacement that is not there",
      { "addon/tool.yaml": `${GOOD}retired: { reason: It ended., replacement: gone }\n` },
      /gone, which does not exist/,
    ],
  ];
  for (const [fault, packs, message] of faults) {
    it(`refuses ${fault}`, (t) => {
      const folder = folderOf(t, packs);
      assert.throws(() => compileCatalog(folder), { message });
    });
  }
});
