/**
 * An add-on profile on a cluster of one's own, on real parts: the second API server of the sandbox is imported, charts
 * as their authors publish them arrive on it in order, and stay when the profile goes. With PALETTE_SCREENSHOTS=1 it renews pictures.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { CHARTS, type ChartRepository, serveCharts } from "../engine/charts.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { stepsOf } from "./support/steps.ts";
import { WorkloadWindow } from "./support/workloadWindow.ts";

const minute = 60_000;

/** A load balancer with its addresses, then policies and names, then a note of the user's own. */
const PROFILE = `# What every store has on its cluster.
metadata:
  name: edge-services
  description: Load balancer, policies and names for every store
spec:
  version: 1.0.0
  template:
    type: add-on
    cloudType: all
    packs:
      - name: metallb
        type: helm
        layer: addon
        version: "${CHARTS.metallb.version}"
        tag: "${CHARTS.metallb.version}"
        values: |
          pack:
            namespace: metallb-system
            spectrocloud.com/install-priority: "-10"
          charts:
            metallb:
              frrk8s: { enabled: false }
              speaker: { frr: { enabled: false } }
        manifests:
          - name: addresses
            content: |
              apiVersion: metallb.io/v1beta1
              kind: IPAddressPool
              metadata: { name: default, namespace: metallb-system }
              spec: { addresses: ["{{.spectro.var.addresses}}"] }
        registry: { metadata: { name: our-charts, kind: helm } }
      - name: kyverno
        type: helm
        layer: addon
        version: "${CHARTS.kyverno.version}"
        tag: "${CHARTS.kyverno.version}"
        values: |
          pack:
            namespace: kyverno
        registry: { metadata: { name: our-charts, kind: helm } }
      - name: external-dns
        type: helm
        layer: addon
        version: "${CHARTS["external-dns"].version}"
        tag: "${CHARTS["external-dns"].version}"
        values: |
          pack:
            namespace: external-dns
        registry: { metadata: { name: our-charts, kind: helm } }
      - name: store-notes
        type: manifest
        layer: addon
        values: |
          pack:
            namespace: default
            spectrocloud.com/install-priority: "10"
        manifests:
          - name: notes
            content: |
              apiVersion: v1
              kind: ConfigMap
              metadata: { name: store-notes, namespace: default }
              data: { cluster: "{{.spectro.system.cluster.name}}" }
  variables:
    - name: addresses
      displayName: Addresses
      description: Free addresses for load balancers
      format: string
      inputType: text
      required: true
      immutable: false
      hidden: false
      isSensitive: false
`;

const LAYERS = ["metallb", "external-dns", "kyverno", "store-notes"];

describe("an add-on profile on an imported cluster", { concurrency: false }, () => {
  let charts: ChartRepository;
  let on: WorkloadWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed-attach");

  before(async () => {
    charts = await serveCharts([{ name: "metallb" }, { name: "kyverno" }, { name: "external-dns" }]);
    on = await WorkloadWindow.open({
      files: {
        "edge-services.profile.yaml": PROFILE,
        ".vscode/settings.json": JSON.stringify({
          "palette.registries": [{ name: "our-charts", kind: "helm", url: charts.url }],
        }),
      },
    });
    window = on.window;
  });

  after(async () => {
    await on?.close();
    await charts?.close();
  });

  const layer = (name: string, state: string) =>
    window.page.getByRole("treeitem", { name: `Layer ${name}, ${state}` });

  const kyverno = (): Promise<string> =>
    on.workload(
      "get",
      "deployment",
      "kyverno-admission-controller",
      "-nkyverno",
      "--ignore-not-found",
      "-o",
      "name",
    );

  const addresses = (): Promise<string> =>
    on.workload("get", "ipaddresspool", "default", "-nmetallb-system", "-o", "jsonpath={.spec.addresses[0]}");

  step("finds the cluster imported with full permission, and nothing on it", async () => {
    await on.openImport();
    await on.panel.getByRole("radio", { name: "Full permission" }).check();
    await on.importAs("store-7");
    await window.page
      .getByRole("treeitem", { name: "Cluster store-7, Healthy: Imported, full permission" })
      .waitFor();
    assert.equal(await kyverno(), "");
  });

  step("puts its layers there, one after the other", async () => {
    await window.open("edge-services.profile.yaml");
    await window.page.evaluate(`
      globalThis.layersSeen = [];
      setInterval(() => {
        for (const row of document.querySelectorAll('[role=treeitem][aria-label^="Layer "]')) {
          const said = row.getAttribute("aria-label");
          if (!globalThis.layersSeen.includes(said)) globalThis.layersSeen.push(said);
        }
      }, 50);`);
    await window.command("Palette: Attach Add-on Profile");
    await window.choose("Choose a cluster", "store-7");
    await window.choose("Which profile", "edge-services");
    await window.answer(/^Addresses/, "10.20.0.10-10.20.0.20");
    await window.choose("What to do with edge-services 1.0.0", "Attach");
    await window.page
      .getByText("edge-services 1.0.0 is attached to store-7.")
      .first()
      .waitFor({ timeout: minute });
    await window.expand("store-7");
    for (const name of LAYERS) {
      await layer(name, "Ready").waitFor({ timeout: 5 * minute });
    }
    const seen = await window.page.evaluate<string[]>("globalThis.layersSeen");
    const readyAt = (name: string): number =>
      seen.findIndex((said) => said.startsWith(`Layer ${name}, Ready`));
    assert.ok(
      seen.some((said) => said.startsWith("Layer store-notes, Waiting, Waits for ")),
      seen.join("\n"),
    );
    assert.ok(readyAt("metallb") < readyAt("kyverno"), seen.join("\n"));
    assert.ok(readyAt("kyverno") < readyAt("store-notes"), seen.join("\n"));
    await window.picture("layers-ready");
    assert.equal(await addresses(), "10.20.0.10-10.20.0.20");
    const notes = ["get", "configmap", "store-notes", "-ndefault", "-o", "jsonpath={.data.cluster}"];
    assert.equal(await on.workload(...notes), "store-7");
  });

  step("goes and leaves its software", async () => {
    await window.command("Palette: Detach Add-on Profile");
    await window.choose("Choose a cluster", "store-7");
    await window.choose("Which profile", "edge-services");
    await window.choose("What becomes of the software of edge-services", "Keep it");
    await window.page
      .getByText("edge-services is detached from store-7. Its software stays.")
      .first()
      .waitFor({ timeout: 3 * minute });
    for (const name of LAYERS) {
      await layer(name, "").first().waitFor({ state: "detached", timeout: minute });
    }
    assert.match(await kyverno(), /kyverno-admission-controller/);
    assert.equal(await addresses(), "10.20.0.10-10.20.0.20");
  });
});
