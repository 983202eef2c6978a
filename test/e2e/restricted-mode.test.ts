/** A folder that is not trusted yet: writing and checking profiles works, programs stay off and that is said. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { root } from "../../scripts/bundles.ts";
import { packExtension } from "../../scripts/package.ts";
import { installWorkbench } from "../../scripts/workbench/install.ts";
import {
  calmSettings,
  installExtensions,
  serveWorkbench,
  type Workbench,
} from "../../scripts/workbench/serve.ts";
import { launchBrowser, openWindow } from "../workbench/browser.ts";
import { WorkbenchPage } from "../workbench/page.ts";

describe("the packaged extension in Restricted Mode", { concurrency: false }, () => {
  let temporary: string;
  let workbench: Workbench;
  let browser: Browser;
  let window: WorkbenchPage;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    const workspace = join(temporary, "workspace");
    await cp(join(root, "examples"), workspace, { recursive: true });
    const vsix = join(temporary, "palette-onboarding.vsix");
    await packExtension(root, vsix);
    const server = await installWorkbench();
    const data = join(temporary, "window");
    await installExtensions(server, data, [vsix]);
    workbench = await serveWorkbench({
      server,
      data,
      port: 0,
      settings: calmSettings,
      workspaceTrust: true,
      env: { ...process.env, PALETTE_HOME: join(temporary, "home") },
    });
    browser = await launchBrowser();
    window = new WorkbenchPage(await openWindow(browser, workbench.address(workspace)));
  });

  after(async () => {
    await browser?.close();
    await workbench?.service.stop();
    await rm(temporary, { recursive: true, force: true });
  });

  it("is what the folder starts in", async () => {
    await window.page.locator(".statusbar").getByText("Restricted Mode").waitFor();
  });

  it("checks profiles", async () => {
    await window.open("web-platform.profile.yaml");
    await window.page
      .getByText("Create Cluster | Publish")
      .or(window.page.getByText("Create Cluster"))
      .first()
      .waitFor();
    await window.goToLine(1);
    await window.page.keyboard.type("spec: twice\n");
    await window.page.locator(".squiggly-error").first().waitFor();
  });

  it("starts no programs, and says why and what to do", async () => {
    await window.command("Palette: Start Local Management Cluster");
    await window.notification("this workspace is not trusted").first().waitFor();
    await window.notification("Manage Workspace Trust").first().waitFor();
  });
});
