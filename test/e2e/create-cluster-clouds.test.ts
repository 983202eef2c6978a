/**
 * The create form in a real window of VS Code without a management cluster: each cloud with the profile that ships for
 * it, both ways between form and YAML, layer values, reload. With PALETTE_SCREENSHOTS=1 it renews docs/clouds' pictures.
 */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { FrameLocator } from "playwright-core";
import { root } from "../../scripts/bundles.ts";
import { CLOUDS } from "../../src/cluster/index.ts";
import { newProfile, parseProfile, profileOf } from "../../src/profile/index.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { DevWindow } from "./support/devWindow.ts";

/** The smallest profile that ships for each cloud. */
async function shippedProfiles(): Promise<Map<string, { readonly name: string; readonly version: string }>> {
  const folder = join(root, "catalog/profiles");
  const found = new Map<string, { name: string; version: string }>();
  for (const file of (await readdir(folder)).sort()) {
    const profile = profileOf(parseProfile(await readFile(join(folder, file), "utf8")));
    if (
      profile !== undefined &&
      (profile.type === "cluster" || profile.type === "infra") &&
      !found.has(profile.cloudType)
    ) {
      found.set(profile.cloudType, profile);
    }
  }
  return found;
}

describe("the create form without a management cluster", { concurrency: false }, () => {
  let temporary: string;
  let workspace: string;
  let on: DevWindow;
  let window: WorkbenchPage;
  let form: FrameLocator;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    workspace = join(temporary, "workspace");
    await mkdir(workspace);
    await writeFile(
      join(workspace, "shop.profile.yaml"),
      newProfile({ name: "shop", type: "cluster", cloudType: "aws" }),
    );
    // Clouds that no profile ships for yet.
    const shipped = await shippedProfiles();
    for (const { id } of CLOUDS.filter((cloud) => !shipped.has(cloud.id))) {
      const text = newProfile({ name: `for-${id}`, type: "cluster", cloudType: id });
      await writeFile(join(workspace, `for-${id}.profile.yaml`), text);
    }
    on = await DevWindow.open({
      workspace,
      temporary,
      viewport: { width: 900, height: 1200 },
      env: { KUBECONFIG: join(temporary, "none") },
    });
    window = on.window;
    form = window.page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
    await window.page.getByRole("tab", { name: "Palette" }).first().waitFor();
    await window.command("View: Toggle Primary Side Bar Visibility");
  });

  after(async () => {
    await on?.close();
    await rm(temporary, { recursive: true, force: true });
  });

  it("begins with the choice of a profile, and says what is missing besides", async () => {
    await window.command("Palette: Create Cluster");
    await form.getByRole("heading", { name: "Create cluster", level: 1 }).waitFor();
    await form.getByText("No management cluster is connected").first().waitFor();
    await form
      .getByLabel("Cluster profile")
      .getByRole("option", { name: /shop 1.0.0/ })
      .waitFor({ state: "attached" });
    const choices = await form
      .getByLabel("Cluster profile")
      .locator("optgroup")
      .evaluateAll((groups) => groups.map((group) => (group as unknown as { label: string }).label));
    assert.deepEqual(choices, ["Workspace", "Out of the box"]);
  });

  for (const cloud of CLOUDS.filter(({ id }) => id !== "in-memory")) {
    it(`asks for what ${cloud.title} needs`, async () => {
      const profile = (await shippedProfiles()).get(cloud.id);
      await form
        .getByLabel("Cluster profile")
        .selectOption(
          profile === undefined
            ? { label: `for-${cloud.id} 1.0.0, for-${cloud.id}.profile.yaml` }
            : { value: `ready:${profile.name}@${profile.version}` },
        );
      await form.locator("[data-section=cloud] h2", { hasText: cloud.title }).waitFor();
      await form
        .locator("#f-spec_cloudType option", { hasText: `${cloud.title}, as the profile says` })
        .waitFor({ state: "attached" });
      // From the name down to the machine pools: what differs between clouds.
      await form.locator("[data-section=cluster]").evaluate((section) => section.scrollIntoView());
      await window.picture(`create-${cloud.id}`);
    });
  }

  it("follows the YAML beside it, and the YAML follows the form", async () => {
    await window.page.setViewportSize({ width: 1500, height: 1100 });
    await form.getByLabel("Cluster profile").selectOption({ label: "shop 1.0.0, shop.profile.yaml" });
    await form.locator("[data-section=cloud] h2", { hasText: "AWS" }).waitFor();
    await form.getByLabel("Name", { exact: true }).fill("shop-eu");
    await form.getByLabel("Region").fill("eu-central-1");
    await form.getByRole("button", { name: "Edit as YAML" }).click();
    const editor = window.page.locator(".monaco-editor .view-lines").last();
    await editor.getByText("shop-eu").waitFor();
    await form.getByLabel("Region").fill("eu-west-1");
    await editor.getByText("eu-west-1").waitFor();
    await editor.getByText("eu-west-1").click();
    await window.page.keyboard.press("End");
    await window.page.keyboard.type("b");
    await form.locator("pre", { hasText: "eu-west-1b" }).waitFor();
    assert.equal(await form.getByLabel("Region").inputValue(), "eu-west-1b");
  });

  it("says that broken YAML cannot be read, and keeps what it showed", async () => {
    await window.page.keyboard.press("Enter");
    await window.page.keyboard.type("}");
    await form
      .getByText(/Line \d+ of the request cannot be read/)
      .first()
      .waitFor();
    assert.equal(await form.getByLabel("Region").inputValue(), "eu-west-1b");
    await window.page.keyboard.press("Control+Z");
    await form
      .getByText(/cannot be read/)
      .first()
      .waitFor({ state: "detached" });
  });

  it("edits the values of a layer with the profile's language service, for this cluster only", async () => {
    await window.command("View: Close Other Editors in Group");
    await form.getByRole("button", { name: "Edit values of Calico" }).click();
    await window.tab("cni-calico.profile.yaml").waitFor();
    const own = await readFile(join(workspace, "shop.profile.yaml"), "utf8");
    const line = own.split("\n").findIndex((text) => text.includes("bgp: Disabled")) + 1;
    assert.notEqual(line, 0);
    // Two lines on top say what the document is.
    await window.goToLine(line + 2);
    await window.page.keyboard.press("End");
    await window.page.keyboard.press("Control+Shift+ArrowLeft");
    await window.page.keyboard.type("Enabled");
    await window.picture("create-layer-values");
    await window.page.keyboard.press("Control+S");
    await form.locator("code", { hasText: "calicoNetwork.bgp" }).waitFor();
    await form.locator("pre", { hasText: "bgp: Enabled" }).waitFor();
    assert.doesNotMatch(await readFile(join(workspace, "shop.profile.yaml"), "utf8"), /bgp: Enabled/);
    await window.page.keyboard.press("Control+W");
  });

  it("keeps a masked value out of the request, and saves the request as a file", async () => {
    await form.getByLabel("Cluster profile").selectOption({ value: "ready:aws-production@1.0.0" });
    const password = form.getByLabel("Grafana password");
    await password.fill("correct-horse-battery");
    await window.page.keyboard.press("Tab");
    await form.locator("pre", { hasText: "secretKeyRef" }).waitFor();
    await form.getByRole("button", { name: "Save as File" }).click();
    // It takes the place of the untitled document, and nobody is asked about that.
    await window.tab("shop-eu.cluster.yaml").waitFor();
    await window.tab("Untitled").waitFor({ state: "detached" });
    const text = await readFile(join(workspace, "shop-eu.cluster.yaml"), "utf8");
    assert.match(text, /name: shop-eu-variables/);
    assert.doesNotMatch(text, /correct-horse/);
  });

  it("is opened on a request file by the lens above it", async () => {
    await window.command("View: Close All Editors");
    await window.open("shop-eu.cluster.yaml");
    await window.page.locator(".codelens-decoration a", { hasText: /^Create$/ }).click();
    await form.getByRole("heading", { level: 1, name: "Create cluster shop-eu" }).waitFor();
    assert.equal(await form.getByLabel("Region").inputValue(), "eu-west-1b");
    // The value of the masked variable went with the form that knew it.
    await form.getByText("Grafana password is not kept. Type it again.").first().waitFor();
  });
});
