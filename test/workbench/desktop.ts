/** `npm run test:desktop [-- minimum|stable]`: test/host in the desktop VS Code, which @vscode/test-electron downloads. */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { root } from "../../scripts/bundles.ts";
import { conclude, readResults } from "../../scripts/testing/results.ts";
import { bundleHostTests } from "./hostBundle.ts";

const wanted = process.argv[2] ?? "stable";
const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
  engines: { vscode: string };
};
const version = wanted === "minimum" ? manifest.engines.vscode.replace("^", "") : wanted;
const temporary = await mkdtemp(join(tmpdir(), "palette-desktop-"));
const results = join(temporary, "host.jsonl");
const code = await runTests({
  version,
  extensionDevelopmentPath: root,
  extensionTestsPath: await bundleHostTests(join(temporary, "tests")),
  extensionTestsEnv: { PALETTE_TEST_RESULTS: results, PALETTE_HOME: join(temporary, "home") },
  launchArgs: [
    temporary,
    "--disable-extensions",
    "--disable-workspace-trust",
    "--user-data-dir",
    join(temporary, "user"),
  ],
});
const all = conclude(
  "host",
  (await readResults(results)).filter((result) => "outcome" in result),
  code,
);
for (const { outcome, name, reason } of all) {
  console.log(`${outcome}  ${name}${reason === undefined ? "" : `: ${reason}`}`);
}
process.exit(all.some(({ outcome }) => outcome === "failed") ? 1 : 0);
