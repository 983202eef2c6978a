/**
 * Out-of-the-box add-on profiles on a cluster of one's own, on real parts: the second API server of the sandbox is
 * imported, charts as their authors publish them arrive on it in order from a mirror, the software of one profile stays
 * when it goes and that of the other goes with it. Then one of the user's own, with a chart of a private registry. With
 * PALETTE_SCREENSHOTS=1 it renews pictures.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { CHARTS, type ChartRepository, serveCharts } from "../engine/charts.ts";
import { addOnText, chartPack } from "../support/addOn.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { stepsOf } from "./support/steps.ts";
import { WorkloadWindow } from "./support/workloadWindow.ts";

const minute = 60_000;
const LOGIN = { username: "ana", password: "s3cret-of-ana" };
/** A profile of the user's own, whose chart is in a registry that lets nobody in without credentials. */
const NAMES = addOnText({
  name: "store-names",
  packs: [chartPack("external-dns", CHARTS["external-dns"].version, "pack: { namespace: external-dns }\n")],
});
const POLICIES = [
  "images-with-a-version",
  "no-host-namespaces",
  "no-privileged-containers",
  "requests-for-cpu-and-memory",
];

describe("out-of-the-box add-on profiles on an imported cluster", { concurrency: false }, () => {
  let charts: ChartRepository;
  let own: ChartRepository;
  let on: WorkloadWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed-attach");

  before(async () => {
    charts = await serveCharts([{ name: "metallb" }, { name: "kyverno" }]);
    own = await serveCharts([{ name: "external-dns" }]);
    on = await WorkloadWindow.open({
      files: {
        "store-names.profile.yaml": NAMES,
        ".vscode/settings.json": JSON.stringify({
          "palette.registries": [{ name: "local", kind: "helm", url: own.url }],
          "palette.chartMirrors": { "https://kyverno.github.io/kyverno/": charts.url, "*": `${charts.url}/` },
        }),
      },
    });
    window = on.window;
  });

  after(async () => {
    await on?.close();
    await charts?.close();
    await own?.close();
  });

  const layer = (name: string, state: string) =>
    window.page.getByRole("treeitem", { name: `Layer ${name}, ${state}` });
  const ready = (name: string): Promise<void> => layer(name, "Ready").waitFor({ timeout: 3 * minute });
  const said = (text: string): Promise<void> =>
    window.page
      .getByText(text)
      .first()
      .waitFor({ timeout: 2 * minute });
  /** Names of objects of the cluster; those that Kubernetes itself has in every namespace are left out. */
  const names = async (kinds: string, ...where: string[]): Promise<string[]> => {
    const found = await on.workload("get", kinds, "--ignore-not-found", "-o", "name", ...where);
    return found
      .split("\n")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !/configmap\/kube-root-ca|serviceaccount\/default$/.test(name));
  };
  const pool = (): Promise<string> =>
    on.workload("get", "ipaddresspool", "default", "-nmetallb-system", "-o", "jsonpath={.spec.addresses}");
  const definitions = async (group: string): Promise<string[]> =>
    (await names("customresourcedefinitions")).filter((name) => name.endsWith(group));

  const line = (text: string) => window.editor.locator(".view-line", { hasText: text }).first();

  async function choose(profile: string): Promise<void> {
    await window.command("Palette: Attach Add-on Profile");
    await window.choose("Choose a cluster", "store-7");
    await window.choose("Which profile", profile);
  }

  step("finds the cluster imported with full permission, and nothing on it", async () => {
    await on.openImport();
    await on.panel.getByRole("radio", { name: "Full permission" }).check();
    await on.importAs("store-7");
    await window.page
      .getByRole("treeitem", { name: "Cluster store-7, Healthy: Imported, full permission" })
      .waitFor();
    assert.deepEqual(await definitions("kyverno.io"), []);
    assert.deepEqual(await definitions("metallb.io"), []);
  });

  step("shows as a document what a profile would change, and changes nothing", async () => {
    await choose("policies");
    await window.choose("What to do with policies 1.0.0", "Change Variables");
    await window.choose("What becomes of a violation", "Warn");
    await window.choose("What to do with policies 1.0.0", "Preview");
    await window.tab("policies 1.0.0 on store-7.md").waitFor({ timeout: 2 * minute });
    await line("# policies 1.0.0 on store-7").waitFor();
    await line("Layers that would change: kyverno, baseline-policies.").waitFor();
    await line(`Release kyverno in namespace kyverno: create ${CHARTS.kyverno.version}`).waitFor();
    await line("Manifests: not told, since its kind is not on the cluster yet").waitFor();
    await window.notification("Nothing is changed yet on store-7 for policies 1.0.0.").waitFor();
    assert.deepEqual(await definitions("kyverno.io"), []);
  });

  step("puts their layers there, one after the other", async () => {
    await window.page.evaluate(`
      globalThis.layersSeen = [];
      setInterval(() => {
        for (const row of document.querySelectorAll('[role=treeitem][aria-label^="Layer "]')) {
          const said = row.getAttribute("aria-label");
          if (!globalThis.layersSeen.includes(said)) globalThis.layersSeen.push(said);
        }
      }, 50);`);
    await window
      .notification("Nothing is changed yet on store-7 for policies 1.0.0.")
      .getByRole("button", { name: "Attach" })
      .click();
    await said("policies 1.0.0 is attached to store-7.");
    await choose("load-balancer");
    await window.answer(/^Addresses/, "10.20.0.10 to 20");
    await window.question(/^Variable addresses must match .* such as 10\.20\.0\.10-10\.20\.0\.50/);
    await window.input.fill("10.20.0.10-10.20.0.20");
    await window.page.keyboard.press("Enter");
    await window.choose("What to do with load-balancer 1.0.0", "Attach");
    await said("load-balancer 1.0.0 is attached to store-7.");
    await window.expand("store-7");
    for (const name of ["kyverno", "baseline-policies", "lb-metallb-helm", "addresses"]) {
      await ready(name);
    }
    const seen = await window.page.evaluate<string[]>("globalThis.layersSeen");
    const isFirst = (one: string, other: string): boolean =>
      seen.findIndex((text) => text.startsWith(`Layer ${one}, Ready`)) <
      seen.findIndex((text) => text.startsWith(`Layer ${other}, Ready`));
    assert.ok(
      seen.some((text) => text.startsWith("Layer baseline-policies, Waiting, Waits for kyverno")),
      seen.join("\n"),
    );
    assert.ok(isFirst("kyverno", "baseline-policies"), seen.join("\n"));
    assert.ok(isFirst("lb-metallb-helm", "addresses"), seen.join("\n"));
    assert.deepEqual(
      await names("validatingpolicies.policies.kyverno.io"),
      POLICIES.map((name) => `validatingpolicy.policies.kyverno.io/${name}`),
    );
    const actions = ["get", "validatingpolicies.policies.kyverno.io", "-o"];
    assert.equal(
      await on.workload(...actions, "jsonpath={.items[*].spec.validationActions[*]}"),
      "Warn Warn Warn Warn",
    );
    assert.equal(await pool(), '["10.20.0.10-10.20.0.20"]');
    await window.command("Notifications: Clear All Notifications");
    await window.picture("layers-ready");
  });

  step("shows what another value would change", async () => {
    await choose("load-balancer");
    await window.answer(/^Addresses/, "10.20.0.64/27");
    await window.choose("What to do with load-balancer 1.0.0", "Preview");
    await window.tab("load-balancer 1.0.0 on store-7.md").waitFor({ timeout: 2 * minute });
    await line("Layers that would change: addresses.").waitFor();
    await line("Release lb-metallb-helm-metallb in namespace metallb-system: no change").waitFor();
    await line("IPAddressPool metallb-system/default: change").waitFor();
    await line("+  - 10.20.0.64/27").waitFor();
    await window.notification("Nothing is changed yet on store-7 for load-balancer 1.0.0.").waitFor();
    await window.picture("layers-preview");
    assert.equal(await pool(), '["10.20.0.10-10.20.0.20"]');
  });

  step("leaves its software where that is wanted", async () => {
    await window.command("Palette: Detach Add-on Profile");
    await window.choose("Choose a cluster", "All clusters with labels");
    await window.answer(
      "Labels of the clusters, as kubectl reads them",
      "palette-onboarding/import-mode=full",
    );
    await window.choose("Which profile", "load-balancer");
    await window.choose("What becomes of the software of load-balancer", "Keep it");
    await said("load-balancer is detached from store-7. Its software stays.");
    await layer("addresses", "").waitFor({ state: "detached", timeout: minute });
    assert.deepEqual(await names("deployments", "-nmetallb-system"), [
      "deployment.apps/lb-metallb-helm-metallb-controller",
    ]);
    assert.deepEqual(await names("ipaddresspools", "-nmetallb-system"), ["ipaddresspool.metallb.io/default"]);
  });

  step("takes its software off where that is wanted, last installed first", async () => {
    await window.command("Palette: Detach Add-on Profile");
    await window.choose("Choose a cluster", "store-7");
    await window.choose("Which profile", "policies");
    await window.choose("What becomes of the software of policies", "Remove it");
    await said("policies is detached from store-7, and its software is removed.");
    await layer("kyverno", "").waitFor({ state: "detached", timeout: minute });
    // The chart itself says that its settings stay (helm.sh/resource-policy: keep).
    assert.deepEqual(await names("all,configmaps,secrets,serviceaccounts", "-nkyverno"), [
      "configmap/kyverno",
    ]);
    assert.deepEqual(
      (await names("clusterrolebindings")).filter((name) => name.includes("kyverno")),
      [],
    );
    assert.deepEqual(await definitions("kyverno.io"), []);
    assert.deepEqual(await names("namespaces", "kyverno"), ["namespace/kyverno"]);
    assert.deepEqual(await names("ipaddresspools", "-nmetallb-system"), ["ipaddresspool.metallb.io/default"]);
  });

  const logins = (output: string): Promise<string> =>
    on.management("get", "secrets", "-A", "-lpalette-onboarding/registry-login", "-o", output);

  const dialog = () => window.page.locator(".monaco-dialog-box");

  async function attachNames(): Promise<void> {
    await choose("store-names");
    await window.choose("What to do with store-names 1.0.0", "Attach");
    await dialog()
      .getByText("palette-sandbox needs the credentials of local to install its charts.")
      .waitFor();
  }

  step(
    "gives the management cluster no credentials of a private registry that nobody agreed to",
    async () => {
      own.demand(LOGIN);
      await window.command("Palette: Set Registry Credentials");
      await window.choose(/^How to sign in to/, "User name and password");
      await window.answer("User name", LOGIN.username);
      await window.answer("Password", LOGIN.password);
      await window.widget.waitFor({ state: "hidden" });
      await attachNames();
      await dialog().getByRole("button", { name: "Cancel" }).click();
      await dialog().waitFor({ state: "hidden" });
      assert.equal(await logins("name"), "");
      assert.deepEqual(await names("deployments", "-nexternal-dns"), []);
    },
  );

  step("gives it them once somebody did, and takes them away with the last layer", async () => {
    await attachNames();
    await dialog().getByRole("button", { name: "Write Credentials" }).click();
    await said("store-names 1.0.0 is attached to store-7.");
    await window.expand("store-7");
    await ready("external-dns");
    const password = await logins("jsonpath={.items[*].data.password}");
    assert.equal(Buffer.from(password, "base64").toString(), LOGIN.password);
    assert.equal(await window.page.getByText(LOGIN.password).count(), 0);
    await window.command("Palette: Detach Add-on Profile");
    await window.choose("Choose a cluster", "store-7");
    await window.choose("Which profile", "store-names");
    await window.choose("What becomes of the software of store-names", "Remove it");
    await said("store-names is detached from store-7, and its software is removed.");
    assert.equal(await logins("name"), "");
  });
});
