/**
 * A virtual cluster on a cluster of one's own, on real parts: the second API server of the sandbox is its host, which a
 * cluster group chooses, vCluster's chart goes there by Sveltos with an ingress, an add-on profile goes on it, and it is
 * paused, resumed and deleted. With PALETTE_SCREENSHOTS=1 it renews pictures.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { type ChartRepository, serveCharts } from "../engine/charts.ts";
import { addOnText, configMapPack } from "../support/addOn.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { temporaryPicture } from "../workbench/pictures.ts";
import { stepsOf } from "./support/steps.ts";
import { WorkloadWindow } from "./support/workloadWindow.ts";

const minute = 60_000;

const PROFILE = addOnText({
  name: "team-notes",
  description: "What a team has on its cluster",
  packs: [configMapPack("notes", { cluster: "{{.spectro.system.cluster.name}}" }, "team-notes")],
});

describe("a virtual cluster", { concurrency: false }, () => {
  let charts: ChartRepository;
  let on: WorkloadWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed-virtual");

  before(async () => {
    charts = await serveCharts([{ name: "vcluster" }]);
    on = await WorkloadWindow.open({ files: { "team-notes.profile.yaml": PROFILE } });
    window = on.window;
  });

  after(async () => {
    await on?.close();
    await charts?.close();
  });

  const said = (text: string, timeout = minute): Promise<void> =>
    window.page.getByText(text).first().waitFor({ timeout });
  const row = (state: string) =>
    window.page.getByRole("treeitem", { name: `Virtual cluster try-it, ${state}` });
  const choose = async (label: string): Promise<void> => {
    await window.rows.filter({ hasText: label }).first().click();
  };
  /** Objects of the management cluster that only a virtual cluster has. */
  const records = (): Promise<string> =>
    on.management(
      "get",
      "configmaps,profiles",
      "-A",
      "-l",
      "virtual.palette-onboarding/cluster",
      "-o",
      "name",
    );
  const back = (): Promise<void> => window.widget.getByRole("button", { name: "Back" }).first().click();

  step("finds the cluster that it may live on", async () => {
    await on.openImport();
    await on.panel.getByRole("radio", { name: "Full permission" }).check();
    await on.importAs("store-7");
    await window.command("View: Close All Editors");
    await on.management("label", "sveltoscluster", "store-7", "stage=test");
  });

  step("makes a cluster group of what carries a label", async () => {
    await window.command("Palette: New Cluster Group");
    await window.choose("Namespace whose clusters are its hosts", "default");
    await window.answer("Name of the cluster group", "trials");
    await window.choose(/^Labels that its hosts carry/, "stage=test");
    await window.answer("CPU, in cores, at most for each virtual cluster", "6");
    await window.answer("Memory, in MiB, at most for each virtual cluster", "8192");
    await window.answer("Storage of its volumes, in GiB, at most for each virtual cluster", "10");
    await window.answer(/^How much of a host/, "120");
    await window.choose("How its API server is reached", "Ingress");
    await window.question(/^trials: hosts with stage=test/);
    await choose("Create trials");
    await said("Cluster group trials is on");
  });

  step("says nothing when the questions are left", async () => {
    await window.command("Palette: Create Virtual Cluster");
    await window.choose(/^Where it lives/, "store-7");
    await window.question("Name of the virtual cluster");
    await window.page.keyboard.press("Escape");
    await window.widget.waitFor({ state: "hidden" });
    // That the hosts are looked at takes its time to go; an error would stay.
    await window.notification(/./).first().waitFor({ state: "detached" });
    assert.equal(await records(), "");
  });

  step("asks what is needed, refuses what cannot be, and goes back", async () => {
    await window.command("Palette: Create Virtual Cluster");
    await window.choose(/^Where it lives/, "hosts with stage=test");
    await window.question("Name of the virtual cluster");
    await window.input.fill("store-7");
    await window.widget.getByText("There is a cluster store-7 already. Choose another name.").waitFor();
    await window.input.fill("try-it");
    await window.page.keyboard.press("Enter");
    await window.choose("Kubernetes version", "1.36.0");
    await window.choose("What it may use of its host", "Other");
    await window.question("CPU, in cores, at most");
    await window.input.fill("1");
    await window.widget.getByText("1 CPU is too little for a virtual cluster.").waitFor();
    await back();
    await window.choose("What it may use of its host", "Default");
    await window.choose("How its API server is reached", "Ingress");
    await window.question(/^Address of its API server/);
    await window.input.fill("try-it.example.com");
    await window.widget.getByText("try-it.example.com is no address of an API server.").waitFor();
    await window.input.fill("https://try-it.example.com");
    await window.page.keyboard.press("Enter");
    await window.question(/^try-it: 4 CPU, 4096 MiB of memory, 10 GiB of storage, Ingress/);
    await choose("Chart Repository");
    await window.answer(/^Repository of vCluster's chart/, charts.url);
  });

  step("shows what it would write before writing anything", async () => {
    await window.question(/^try-it: 4 CPU/);
    await choose("Open as YAML");
    await window.tab("try-it.virtual.yaml").waitFor();
    await window.question(/^try-it: 4 CPU/);
    await window.picture("virtual-cluster-review");
    assert.equal(await records(), "");
  });

  step("creates it, and shows it running under its host", async () => {
    await choose("Create try-it");
    await row("Healthy: Running").waitFor({ timeout: 4 * minute });
    await window.page.getByText("Virtual cluster try-it is running on store-7.").first().waitFor();
    const level = (name: string): Promise<string | null> =>
      window.page.getByRole("treeitem", { name }).first().getAttribute("aria-level");
    assert.equal(await level("Cluster store-7, Healthy"), "1");
    assert.equal(await level("Virtual cluster try-it"), "2");
    assert.match(await on.workload("get", "namespaces", "-o", "name"), /vcluster-try-it/);
    // The group said how it is reached, and the chart has it so.
    const hosts = "-ojsonpath={.items[*].spec.rules[*].host}";
    assert.equal(await on.workload("get", "ingresses", "-nvcluster-try-it", hosts), "try-it.example.com");
  });

  step("takes an add-on profile from where it says that one can be tried", async () => {
    await window.page.getByRole("button", { name: "Attach Add-on Profile" }).click();
    await window.choose("Which profile", "team-notes");
    await window.choose("What to do with team-notes 1.0.0", "Attach");
    await said("team-notes 1.0.0 is attached to try-it.");
    // It unfolds once it has a layer.
    await window.page.locator("[role=treeitem][aria-expanded]", { hasText: "try-it" }).first().waitFor();
    await window.expand("try-it");
    const layer = window.page.getByRole("treeitem", { name: "Layer notes, Ready" });
    await layer.waitFor({ timeout: 2 * minute });
    assert.equal(await layer.getAttribute("aria-level"), "3");
    await window.command("Notifications: Clear All Notifications");
    await window.picture("virtual-cluster");
  });

  step("gives it more of its host, and no more than its group does", async () => {
    await window.command("Palette: Change Virtual Cluster");
    await window.choose("Choose a cluster", "try-it");
    await window.question("CPU, in cores, at most");
    await window.input.fill("7");
    await window.widget.getByText("7 CPU is more than cluster group trials gives. 6 is the most.").waitFor();
    await window.input.fill("5");
    await window.page.keyboard.press("Enter");
    await window.answer("Memory, in MiB, at most", "4096");
    await window.answer("Storage of its volumes, in GiB, at most", "10");
    await said("try-it may use 5 CPU, 4096 MiB of memory, 10 GiB of storage of its host.", 2 * minute);
    const limit = "-ojsonpath={.items[*].spec.hard['limits\\.cpu']}";
    assert.equal(await on.workload("get", "resourcequotas", "-nvcluster-try-it", limit), "5");
  });

  step("gives its kubeconfig", async () => {
    await window.command("Palette: Open Kubeconfig");
    await window.choose("Choose a cluster", "try-it");
    await window.tab("try-it.kubeconfig.yaml").waitFor();
  });

  step("pauses it, and starts it again", async () => {
    await window.command("Palette: Pause Virtual Cluster");
    await window.choose("Choose a cluster", "try-it");
    await window.page.getByRole("button", { name: "Pause", exact: true }).click();
    await row("Paused").waitFor({ timeout: 3 * minute });
    await window.screenshot(temporaryPicture("virtual-cluster-paused"));
    await window.notification("Pausing try-it").waitFor({ state: "detached", timeout: 2 * minute });
    await window.command("Palette: Resume Virtual Cluster");
    await window.choose("Choose a cluster", "try-it");
    await row("Healthy: Running").waitFor({ timeout: 3 * minute });
  });

  step("deletes it once its name is typed, and leaves nothing on either side", async () => {
    await window.command("Palette: Delete Virtual Cluster");
    await window.choose("Choose a cluster", "try-it");
    await window.answer(/^Deletes it, everything on it/, "try-it");
    await said("Virtual cluster try-it is gone, and nothing of it is left on store-7.", 4 * minute);
    await row("").first().waitFor({ state: "detached" });
    assert.equal(await records(), "");
    assert.doesNotMatch(await on.workload("get", "namespaces", "-o", "name"), /vcluster-try-it/);
    assert.doesNotMatch(await on.management("get", "sveltosclusters", "-A", "-o", "name"), /try-it/);
  });

  step("deletes the cluster group", async () => {
    await window.command("Palette: Delete Cluster Group");
    await window.choose("Choose a cluster group", "trials");
    await window.page.getByRole("button", { name: "Delete", exact: true }).click();
    await said("Cluster group trials is deleted.");
  });
});
