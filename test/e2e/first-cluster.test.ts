/**
 * The whole path of a newcomer, on real parts: `npm start`, the tour, a profile, an error and its fix, a cluster from
 * it, its kubeconfig, its end, Ctrl-C. With PALETTE_SCREENSHOTS=1 it renews the pictures of the README.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { root } from "../../scripts/bundles.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { kubectl } from "./support/kubectl.ts";
import { StartedWindow } from "./support/startedWindow.ts";
import { eventually, stepsOf } from "./support/steps.ts";

const minute = 60_000;

describe("from npm start to a cluster and back", { concurrency: false }, () => {
  let on: StartedWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed");

  before(async () => {
    on = await StartedWindow.open();
    window = on.window;
    const { origin } = on.address;
    await window.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  });
  after(() => on?.close());

  step("prints the address of a window with the examples", async () => {
    // The window itself shows a copy of them, so that the test leaves no trace.
    assert.equal(on.address.searchParams.get("folder"), join(root, "examples"));
  });

  step("asks whether to trust the folder, and opens the tour by itself", async () => {
    await on.trust();
    await window.page.getByText("Palette: from a profile to a running cluster").first().waitFor();
    // The picture of the step is a page of its own, which fades in.
    await window.page
      .frameLocator(".getting-started-media iframe.webview.ready")
      .frameLocator("iframe#active-frame")
      .locator("svg")
      .waitFor();
    await window.picture("tour");
  });

  step("writes a new profile that has no error", async () => {
    await window.command("Palette: New Cluster Profile");
    await window.answer("Name of the profile", "shop-platform");
    await window.choose("What the profile describes", "Full");
    await window.choose("The cloud that its clusters run on", "Docker");
    await window.tab("shop-platform.profile.yaml").waitFor();
    await window.page.getByText("Create Cluster", { exact: true }).first().waitFor();
    assert.equal(await window.page.locator(".squiggly-error").count(), 0);
  });

  step("says which mandatory layer is missing, and puts it back", async () => {
    const path = join(on.folders.workspace, "shop-platform.profile.yaml");
    const text = await readFile(path, "utf8");
    const lines = text.split("\n");
    const from = lines.findIndex((line) => line.includes("# Storage")) + 1;
    assert.notEqual(from, 0);
    await window.deleteLines(from, lines.length - 1);
    const packs = lines.findIndex((line) => line.includes("packs:")) + 1;
    await window.goToLine(packs);
    await window.page.locator(".squiggly-error").first().waitFor();
    await window.command("Problems: Focus on Problems View");
    await window.treeItem("Storage is missing").first().waitFor();
    await window.picture("layer-missing");
    await window.command("View: Toggle Panel Visibility");
    await window.goToLine(packs);
    await window.page.keyboard.press("End");
    await window.quickFix(/Add .*[Ss]torage/);
    await window.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await window.page.keyboard.press("Control+S");
    await eventually("the file has the layer again", async () =>
      /layer: csi/.test(await readFile(path, "utf8")),
    );
  });

  step("connects the management cluster that npm start runs", async () => {
    await on.connect();
  });

  step("creates a cluster of three and two machines, after a look at every object", async () => {
    await window.command("Palette: Create Cluster by Quick Pick");
    await window.choose("Cluster profile", "shop-platform");
    await window.answer("Name", "shop-1");
    await window.choose("Namespace", "default");
    await window.choose("Cloud", "In-memory");
    await window.choose("Machines of control-plane", "3");
    await window.answer("Machines of workers", "2");
    await window.choose("shop-1 in default", "Preview Objects");
    await window.tab("shop-1.preview.yaml").waitFor();
    await window.question("shop-1 in default");
    await window.choose("shop-1 in default", "Create Cluster");
    await window
      .treeItem(/shop-1/)
      .first()
      .waitFor({ timeout: minute });
    await window.tab("shop-1.preview.yaml").click();
    await window.page.keyboard.press("Control+W");
    await window.tab("shop-1.preview.yaml").waitFor({ state: "detached" });
    await window.widenSideBar(90);
  });

  step("shows the machines arrive and the cluster become available", async () => {
    // Its steps stand on top; pools and machines are below, out of the small view.
    await window
      .treeItem(/Control plane initialized/)
      .first()
      .waitFor({ timeout: minute });
    await window
      .treeItem(/Workers.*of 2/)
      .first()
      .waitFor({ timeout: minute });
    await window.picture("cluster-provisioning");
    await window
      .treeItem(/shop-1.*Available/)
      .first()
      .waitFor({ timeout: 5 * minute });
    // The steps go once all are done.
    await window
      .treeItem(/Control plane initialized/)
      .first()
      .waitFor({ state: "detached", timeout: minute });
    await window.expand(/Control plane/);
    await window.expand(/Worker pool workers/);
    await window
      .treeItem(/3 of 3 ready/)
      .first()
      .waitFor({ timeout: minute });
    await window
      .treeItem(/2 of 2 ready/)
      .first()
      .waitFor({ timeout: minute });
    await window.tab("shop-platform.profile.yaml").click();
    await window.picture("cluster-available");
  });

  step("gives a kubeconfig that kubectl works with", async () => {
    await window.command("Palette: Copy Kubeconfig");
    await window.choose("Choose a cluster", "shop-1");
    await window.notification("The kubeconfig of shop-1 is on the clipboard").waitFor();
    const kubeconfig = join(on.folders.temporary, "shop-1.kubeconfig");
    await writeFile(kubeconfig, await window.page.evaluate("navigator.clipboard.readText()"));
    const nodes = (await kubectl(on.folders.home, kubeconfig, "get", "nodes", "-o", "name"))
      .trim()
      .split("\n");
    assert.equal(nodes.length, 5, nodes.join(" "));
  });

  step("deletes the cluster and leaves nothing of it", async () => {
    await window.command("Palette: Delete Cluster");
    await window.choose("Choose a cluster", "shop-1");
    await window.answer("Type shop-1 to confirm", "shop-1");
    await window
      .treeItem(/shop-1/)
      .first()
      .waitFor({ state: "detached", timeout: 3 * minute });
    const kinds =
      "clusters,machines,machinedeployments,machinesets,kubeadmcontrolplanes,devclusters,devmachines,secrets";
    const left = await on.management("get", kinds, "-A", "-o", "name");
    assert.equal(left.trim(), "");
    const published = await on.management("get", "configmaps", "-n", "default", "-o", "name");
    assert.match(published, /profile-shop-platform-1\.0\.0|profile-shop-platform-1-0-0/);
  });

  step("ends everything that it started with Ctrl-C", async () => {
    assert.notEqual((await on.start.processes()).length, 0);
    assert.equal(await on.start.interrupt(), 130, on.start.output);
    assert.deepEqual(await on.start.processes(), []);
  });
});
