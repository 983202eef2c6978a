/**
 * A cluster by the create form, on real parts: `npm start`, the form filled for in-memory machines, problems, the real
 * dry-run, creation, progress, and the form again after a reload. With PALETTE_SCREENSHOTS=1 it renews pictures.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { FrameLocator } from "playwright-core";
import type { WorkbenchPage } from "../workbench/page.ts";
import { temporaryPicture } from "../workbench/pictures.ts";
import { holdWrites } from "./support/holdWrites.ts";
import { axeViolations } from "./support/panelPage.ts";
import { StartedWindow } from "./support/startedWindow.ts";
import { eventually, stepsOf } from "./support/steps.ts";

const minute = 60_000;

describe("a cluster by the create form", { concurrency: false }, () => {
  let on: StartedWindow;
  let window: WorkbenchPage;
  let form: FrameLocator;

  /** The cluster that was left unfinished. */
  let left: string;

  /** What there is of the cluster, one object in each line. */
  const written = () =>
    on.management(
      "get",
      "clusters,devclusters,kubeadmcontrolplanes,devmachinetemplates,kubeadmconfigtemplates,machinedeployments,secrets",
      "--namespace=default",
      "--output=name",
    );
  const ofCluster = (path: string) =>
    on.management("get", "cluster", "shop-1", `--output=jsonpath={${path}}`);
  const uid = () => ofCluster(".metadata.uid");
  const paused = () => ofCluster(".spec.paused");

  const step = stepsOf(() => window, "failed-create");

  before(async () => {
    on = await StartedWindow.connected({ viewport: { width: 1500, height: 1100 } });
    ({ window, panel: form } = on);
  });
  after(() => on?.close());

  step("opens with the local management cluster, and checks what it can create", async () => {
    await window.command("View: Close All Editors");
    await window.command("View: Toggle Primary Side Bar Visibility");
    // The form is the only page from here on.
    await window.page.locator("iframe.webview.ready:visible").first().waitFor({ state: "detached" });
    await window.command("Palette: Create Cluster");
    const profile = form.getByLabel("Cluster profile");
    await profile.getByRole("option", { name: /in-memory-development/ }).waitFor({ state: "attached" });
    const value = await profile.getByRole("option", { name: /in-memory-development/ }).getAttribute("value");
    await profile.selectOption(value ?? "");
    await form.getByText(/ready for In-memory/).waitFor({ timeout: minute });
  });

  step("says all that is missing, and leads to it", async () => {
    // It is blocked, and within reach: pressing it says what is missing.
    await form.getByRole("button", { name: "Create Cluster" }).focus();
    await window.page.keyboard.press("Enter");
    const summary = form.getByRole("alert");
    await summary.getByText("1 thing to solve").waitFor();
    await summary.getByRole("link", { name: "Name" }).click();
    assert.equal(
      await form
        .getByLabel("Name", { exact: true })
        .evaluate((input) => input === input.ownerDocument.activeElement),
      true,
    );
  });

  step("checks each field as it is typed", async () => {
    const name = form.getByLabel("Name", { exact: true });
    await name.fill("Shop");
    await form.locator("#f-metadata_name-msg").waitFor();
    await name.fill("shop-1");
    await form.getByText("Free on").waitFor();
    assert.equal(await form.locator("#f-metadata_name-msg").count(), 0);
  });

  step("changes machine pools, and shows the request and its objects beside", async () => {
    await form.getByRole("combobox", { name: "Machines" }).selectOption("3");
    await form.getByRole("button", { name: "Add Machine Pool" }).click();
    const added = form.getByLabel("Name, workers-2");
    await added.waitFor();
    await added.fill("large");
    await form.getByRole("button", { name: "Clone large" }).click();
    await form.getByRole("button", { name: "Remove large-2" }).click();
    await form.locator("pre", { hasText: "name: large" }).waitFor();
    await form.getByRole("tab", { name: /Objects/ }).click();
    await form.getByRole("button", { name: "Open MachineDeployment shop-1-large", exact: true }).waitFor();
    await form.getByRole("tab", { name: "Request" }).click();
  });

  step("is readable for everybody in VS Code's default theme", async () => {
    // As tall as the page: a bar over text hides it from the contrast check.
    await window.page.setViewportSize({ width: 1500, height: 2000 });
    assert.deepEqual(await axeViolations((script) => form.locator("main").evaluate(script)), []);
    await window.page.setViewportSize({ width: 1500, height: 1100 });
  });

  step("has the management cluster judge every object", async () => {
    await form.getByRole("button", { name: "Validate" }).click();
    await form
      .getByText(/^Accepted by .* \d+ objects\. Usually usable after 40 to 70 seconds\.$/)
      .first()
      .waitFor({ timeout: minute });
    await form.getByRole("tab", { name: /Objects/ }).click();
    assert.equal(await form.getByText("Not asked").count(), 0);
    await window.picture("create-validated");
    assert.equal((await on.management("get", "clusters", "-A", "-o", "name")).trim(), "");
  });

  step("says at the field what the management cluster refuses", async () => {
    await form.getByLabel("Namespace").fill("nowhere");
    await form.getByRole("button", { name: "Check Again" }).first().waitFor();
    await form
      .getByText(/Namespace nowhere/)
      .first()
      .waitFor({ timeout: minute });
    await form.getByRole("button", { name: "Validate" }).click();
    await form
      .getByRole("alert")
      .getByText(/would refuse/)
      .waitFor({ timeout: minute });
    await window.picture("create-refused");
    await form.getByLabel("Namespace").fill("default");
    await form.getByText(/ready for In-memory/).waitFor({ timeout: minute });
  });

  step("is stopped half-way and undone, and leaves nothing", async () => {
    const held = await holdWrites(on, "kubeadmcontrolplanes");
    await form.getByRole("button", { name: "Create Cluster" }).click();
    await form
      .getByText(/Now: Writing KubeadmControlPlane/)
      .first()
      .waitFor({ timeout: minute });
    await window.screenshot(temporaryPicture("create-creating"));
    assert.match(await written(), /cluster\.cluster\.x-k8s\.io\/shop-1\n/);
    await form.getByRole("button", { name: "Stop and Undo" }).click();
    await form
      .getByRole("heading", { name: "Cluster shop-1 was not created, everything is undone" })
      .waitFor({ timeout: 2 * minute });
    await window.screenshot(temporaryPicture("create-undone"));
    await held.end();
    // What was still under way when it was stopped goes with its owner.
    await eventually("nothing is left", async () => (await written()) === "");
    // A published version belongs to no cluster.
    const published = await on.management("get", "configmaps", "-o", "name");
    assert.match(published, /profile-in-memory-development-/);
  });

  step("is stopped half-way and left, and goes on when it is created again", async () => {
    const held = await holdWrites(on, "kubeadmcontrolplanes");
    await form.getByRole("button", { name: "Create Cluster" }).click();
    await form
      .getByText(/Now: Writing KubeadmControlPlane/)
      .first()
      .waitFor({ timeout: minute });
    await form.getByRole("button", { name: "Stop and Leave Unfinished" }).click();
    await form
      .getByRole("heading", { name: "Cluster shop-1 is left unfinished" })
      .waitFor({ timeout: 2 * minute });
    await window.screenshot(temporaryPicture("create-left"));
    await held.end();
    assert.equal(await paused(), "true");
    assert.equal(await on.management("get", "machines", "-A", "-o", "name"), "");
    left = await uid();
    // The name counts as free: the same request completes what it began.
    await form.getByText("Free on").waitFor();
  });

  step("creates the cluster, and shows its progress", async () => {
    await form.getByRole("button", { name: "Create Cluster" }).click();
    await window
      .tab(/shop-1/)
      .nth(1)
      .waitFor({ timeout: minute });
    await form.getByRole("heading", { level: 1, name: /shop-1/ }).waitFor({ timeout: minute });
    const pools = await on.management("get", "machinedeployments", "-A", "-o", "name");
    assert.equal(pools.trim().split("\n").length, 2, pools);
    assert.equal(await uid(), left, "it is the cluster that was left");
    assert.equal(await paused(), "");
  });

  step("knows the name as taken in the next form, which a reload brings back", async () => {
    await window.command("View: Close All Editors");
    await window.command("Palette: Create Cluster");
    const profile = form.getByLabel("Cluster profile");
    await profile
      .getByRole("option", { name: /in-memory-development/ })
      .first()
      .waitFor({ state: "attached" });
    const value = await profile
      .getByRole("option", { name: /in-memory-development/ })
      .first()
      .getAttribute("value");
    // The first creation has published it.
    const published = profile.locator("optgroup[label='Published on palette-sandbox'] option");
    assert.match((await published.first().textContent()) ?? "", /in-memory-development/);
    await profile.selectOption(value ?? "");
    await form.getByLabel("Name", { exact: true }).fill("shop-1");
    await form.getByText("Cluster shop-1 exists in default. Choose another name.").waitFor();
    await window.command("Developer: Reload Window");
    await form
      .getByText("Cluster shop-1 exists in default. Choose another name.")
      .waitFor({ timeout: minute });
    assert.equal(await form.getByLabel("Name", { exact: true }).inputValue(), "shop-1");
  });
});
