import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, root } from "../../scripts/bundles.ts";
import { installWorkbench } from "../../scripts/workbench/install.ts";
import { calmSettings, serveWorkbench } from "../../scripts/workbench/serve.ts";
import { launchBrowser, openWindow } from "../workbench/browser.ts";
import type { Activation } from "./activationEntry.ts";

/** Activates the extension of dist/ in a real VS Code, in `times` windows one after the other. */
export async function measureActivation(temporary: string, times: number): Promise<Activation[]> {
  const server = await installWorkbench(console.log);
  const tests = join(temporary, "activation");
  await build(bundleOptions({ run: "test/bench/activationEntry.ts" }, tests, false));
  const folder = join(temporary, "empty");
  await mkdir(folder);
  const browser = await launchBrowser();
  const measured: Activation[] = [];
  try {
    for (let time = 0; time < times; time += 1) {
      const results = join(temporary, `activation-${time}.json`);
      const workbench = await serveWorkbench({
        server,
        data: join(temporary, "window"),
        port: 0,
        settings: calmSettings,
        workspaceTrust: false,
        testDriver: true,
        env: { ...process.env, PALETTE_TEST_RESULTS: results, PALETTE_HOME: join(temporary, "home") },
      });
      const page = await openWindow(
        browser,
        workbench.address(folder, [
          ["extensionDevelopmentPath", workbench.uri(root)],
          ["extensionTestsPath", workbench.uri(join(tests, "run.cjs"))],
        ]),
      );
      measured.push(await waitFor(results));
      await page.context().close();
      await workbench.service.stop();
    }
  } finally {
    await browser.close();
  }
  return measured;
}

async function waitFor(path: string): Promise<Activation> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (text !== "") {
      return JSON.parse(text) as Activation;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The extension was not activated within a minute.");
}
