import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { bundles, root } from "../../../scripts/bundles.ts";

const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe("docs/architecture.md names", () => {
  const rooms = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}/`);
  const all: readonly (readonly [string, readonly string[]])[] = [
    ["room", rooms],
    ["dependency", [...Object.keys(dependencies), ...Object.keys(devDependencies)]],
    ["bundle", bundles.map(({ name }) => name)],
  ];
  for (const [what, names] of all) {
    it(`every ${what}`, () => {
      assert.deepEqual(
        names.filter((name) => !text.includes(`\`${name}\``)),
        [],
      );
    });
  }
});
