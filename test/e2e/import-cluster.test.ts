/**
 * Importing a cluster in two steps, on real parts: `npm start`, the second API server of the sandbox as somebody's
 * cluster, the panel, the Clusters view, upgrading, re-authenticating and detaching; and the quick-pick twin.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { WorkbenchPage } from "../workbench/page.ts";
import { temporaryPicture } from "../workbench/pictures.ts";
import { axeViolations } from "./support/panelPage.ts";
import { stepsOf } from "./support/steps.ts";
import { WorkloadWindow } from "./support/workloadWindow.ts";

const minute = 60_000;

/** A cluster that is gone: nobody listens there. */
const GONE = `apiVersion: v1
kind: Config
clusters: [{ name: gone, cluster: { server: "https://127.0.0.1:1" } }]
users: [{ name: gone, user: { token: none } }]
contexts: [{ name: old-shop, context: { cluster: gone, user: gone } }]
`;

describe("importing a cluster in two steps", { concurrency: false }, () => {
  let on: WorkloadWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed-import");

  before(async () => {
    on = await WorkloadWindow.open({ kubeconfigs: { "old.yaml": GONE } });
    window = on.window;
  });
  after(() => on?.close());

  /** A field of the SveltosCluster of an import. */
  const mode = (name: string): Promise<string> =>
    on.management(
      "get",
      "sveltoscluster",
      name,
      "-o",
      "jsonpath={.metadata.labels['palette-onboarding/import-mode']}",
    );
  const said = (text: string): Promise<void> =>
    window.page.getByText(text).first().waitFor({ timeout: minute });

  async function detach(name: string): Promise<void> {
    await window.command("Palette: Detach Cluster");
    await window.choose("Choose a cluster", name);
    await window.page.getByRole("button", { name: "Detach", exact: true }).click();
    await said(`${name} is detached. The cluster itself is as it was.`);
    assert.equal(await on.management("get", "sveltosclusters", "-A", "-o", "name"), "");
    assert.doesNotMatch(await on.workload("get", "namespaces", "-o", "name"), /palette-system/);
    assert.doesNotMatch(await on.workload("get", "clusterroles", "-o", "name"), /palette-/);
  }

  step("shows what it found, and what it would write, before writing anything", async () => {
    await on.openImport();
    await on.panel.getByText("SveltosCluster palette-workload").waitFor();
    assert.equal(await on.management("get", "sveltosclusters", "-A", "-o", "name"), "");
    assert.deepEqual(await axeViolations((script) => on.panel.locator("main").evaluate(script)), []);
  });

  step("imports it read-only, in under a minute, and shows it healthy in the tree", async () => {
    await on.importAs("shop-eu");
    await window.page
      .getByRole("treeitem", { name: "Cluster shop-eu, Healthy: Imported, read-only" })
      .waitFor();
    await window.screenshot(temporaryPicture("imported"));
    assert.equal(await mode("shop-eu"), "read-only");
  });

  step("upgrades it to full permission once that is confirmed", async () => {
    await window.command("Palette: Upgrade to Full Permission");
    await window.choose("Choose a cluster", "shop-eu");
    await window.page.getByRole("button", { name: "Upgrade", exact: true }).click();
    await said("shop-eu has full permission. Add-on profiles can be attached.");
    await window.page
      .getByRole("treeitem", { name: "Cluster shop-eu, Healthy: Imported, full permission" })
      .waitFor();
    assert.equal(await mode("shop-eu"), "full");
  });

  step("gives the management cluster a new token", async () => {
    const kubeconfig = (): Promise<string> =>
      on.management("get", "secret", "shop-eu-sveltos-kubeconfig", "-o", "jsonpath={.data.kubeconfig}");
    const old = await kubeconfig();
    await window.command("Palette: Re-authenticate Cluster");
    await window.choose("Choose a cluster", "shop-eu");
    await said("shop-eu is connected with a new token, valid until");
    assert.notEqual(await kubeconfig(), old);
    await window.page
      .getByRole("treeitem", { name: "Cluster shop-eu, Healthy: Imported, full permission" })
      .waitFor();
  });

  step("detaches it, and leaves nothing on either side", async () => {
    await detach("shop-eu");
  });

  step("imports what can be of several contexts, and says of each how it stands", async () => {
    await on.openImport();
    await on.panel.getByRole("button", { name: "Choose Several Contexts" }).click();
    await on.panel.getByRole("checkbox", { name: /^old-shop/ }).check();
    const gone = on.panel.getByRole("row", { name: /old-shop/ });
    await gone.getByText("127.0.0.1:1").waitFor({ timeout: minute });
    await on.panel.getByText("1 of 2 ready. One that fails does not stop the others.").waitFor();
    await window.screenshot(temporaryPicture("several"));
    await on.panel.getByRole("button", { name: "Import 1 Cluster" }).click();
    await on.panel
      .getByRole("row", { name: /palette-workload/ })
      .getByText("Imported")
      .waitFor({ timeout: minute });
    assert.equal(await mode("palette-workload"), "read-only");
    await window.command("View: Toggle Primary Side Bar Visibility");
    await detach("palette-workload");
  });

  step("imports by quick pick as well", async () => {
    await window.command("Palette: Import Cluster by Quick Pick");
    await window.choose("Choose the context of the cluster to import", "palette-workload");
    await window.answer("Name of the cluster", "shop-us");
    await window.answer("Namespace on the management cluster", "default");
    await window.choose("Choose what the management cluster may do", "Full permission");
    await window.question(/^AWS, 3 machines/);
    await window.screenshot(temporaryPicture("quick-pick-import"));
    await window.rows.filter({ hasText: "Import shop-us" }).first().click();
    await said("shop-us is imported and healthy.");
    await window.page
      .getByRole("treeitem", { name: "Cluster shop-us, Healthy: Imported, full permission" })
      .waitFor();
    assert.equal(await mode("shop-us"), "full");
    await detach("shop-us");
  });
});
