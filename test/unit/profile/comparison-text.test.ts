import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareProfiles } from "../../../src/profile/compare.ts";
import { comparisonText } from "../../../src/profile/comparison-text.ts";
import { checkUpgrade, newProfile, parseProfile } from "../../../src/profile/index.ts";

const old = newProfile({ name: "shop", type: "cluster", cloudType: "aws" });
const names = { before: "shop 1.0.0", after: "shop 1.1.0" };
function text(young: string): string {
  const [before, after] = [parseProfile(old), parseProfile(young)];
  return comparisonText(compareProfiles(before, after), names, checkUpgrade(before, after));
}

describe("a comparison in words", () => {
  it("says that nothing differs, whatever comments say", () => {
    assert.equal(
      text(`# another comment\n${old}`),
      "# shop 1.0.0 → shop 1.1.0\n\nNothing differs but comments, quotes and the order of keys.\n",
    );
  });

  it("says which layer replaces machines, and each value", () => {
    const young = old
      .replace("version: 1.0.0", "version: 1.1.0")
      .replaceAll('"1.36.4"', '"1.36.6"')
      .replace('podCIDR: "192.168.0.0/16"', 'podCIDR: "172.16.0.0/16"');
    assert.equal(
      text(young),
      `# shop 1.0.0 → shop 1.1.0

1 layer changed. Machines of running clusters are replaced (repave), because of \`kubernetes\`.

## Profile

- \`version\`: \`1.0.0\` → \`1.1.0\`

## Changed: kubernetes (Kubernetes), replaces machines

- \`version\`: \`1.36.4\` → \`1.36.6\`
- \`tag\`: \`1.36.4\` → \`1.36.6\`
- \`values.pack.podCIDR\`: \`192.168.0.0/16\` → \`172.16.0.0/16\`
`,
    );
  });

  it("says that clusters cannot follow where Kubernetes goes down", () => {
    const found = text(old.replaceAll('"1.36.4"', '"1.35.10"'));
    assert.match(found, /^Kubernetes goes down from 1\.36\.4 to 1\.35\.10\. A cluster cannot follow/m);
  });

  it("says that no machine is replaced when an add-on comes", () => {
    const found = text(`${old}      - name: extra\n        type: manifest\n        layer: addon\n`);
    assert.match(found, /^1 layer added\. No machine is replaced\.$/m);
    assert.match(found, /^## Added: extra \(add-on\)$/m);
  });

  it("keeps what is in names and values from being Markdown", () => {
    const change = { path: "a", before: "`` x ``", after: "line\nline" };
    const found = comparisonText({ profile: [change], layers: [] }, { before: "<b>*x*", after: "y" }, []);
    assert.match(found, /^# \\<b\\>\\\*x\\\* → y$/m);
    assert.match(found, /^- `a`: ``` `` x `` ``` → `"line\\nline"`$/m);
  });

  it("cuts long values", () => {
    const found = comparisonText({ profile: [{ path: "a", after: "x".repeat(500) }], layers: [] }, names, []);
    assert.match(found, /^- `a`: added `x{120}…`$/m);
  });
});
