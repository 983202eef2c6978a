import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/bundles.ts";
import { conclude, readResults, type TestResult } from "../../scripts/testing/results.ts";
import { installWorkbench } from "../../scripts/workbench/install.ts";
import { calmSettings, serveWorkbench } from "../../scripts/workbench/serve.ts";
import { launchBrowser, openWindow } from "./browser.ts";
import { bundleHostTests } from "./hostBundle.ts";

const limitMilliseconds = 10 * 60_000;

/**
 * Runs test/host in the extension host of a real VS Code, with the extension as it is in dist/, and gives the results
 * one by one. Its files, settings and management cluster state are below `temporary`.
 */
export async function runHostTests(temporary: string): Promise<TestResult[]> {
  const server = await installWorkbench(console.log);
  const results = join(temporary, "host.jsonl");
  const folder = join(temporary, "host-workspace");
  await mkdir(folder);
  const tests = await bundleHostTests(join(temporary, "host-tests"));
  const workbench = await serveWorkbench({
    server,
    data: join(temporary, "host-window"),
    port: 0,
    settings: calmSettings,
    workspaceTrust: false,
    testDriver: true,
    env: { ...process.env, PALETTE_TEST_RESULTS: results, PALETTE_HOME: join(temporary, "host-home") },
  });
  const browser = await launchBrowser();
  try {
    await openWindow(
      browser,
      workbench.address(folder, [
        ["extensionDevelopmentPath", workbench.uri(root)],
        ["extensionTestsPath", workbench.uri(tests)],
        ["skipWelcome", "true"],
      ]),
    );
    const over = await waitForEnd(results);
    const all = (await readResults(results)).filter((result) => "outcome" in result);
    for (const { outcome, name, reason } of all) {
      console.log(
        `${outcome === "passed" ? "✔" : outcome === "failed" ? "✖" : "﹣"} ${name}${reason === undefined ? "" : `\n  ${reason}`}`,
      );
    }
    return conclude("host", all, over ? 0 : 1);
  } finally {
    await browser.close();
    await workbench.service.stop();
  }
}

/** Waits for the last line of the results; false when it does not come. */
async function waitForEnd(results: string): Promise<boolean> {
  const deadline = Date.now() + limitMilliseconds;
  while (Date.now() < deadline) {
    const text = await readFile(results, "utf8").catch(() => "");
    if (text.includes('{"over":true}')) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
