/** Profile Stack and Add Layer in a real window of VS Code: the path of somebody who builds a profile. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { FrameLocator } from "playwright-core";
import { newProfile } from "../../src/profile/index.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { DevWindow } from "./support/devWindow.ts";
import { axeViolations } from "./support/panelPage.ts";

describe("the profile stack beside a profile", { concurrency: false }, () => {
  let temporary: string;
  let file: string;
  let on: DevWindow;
  let window: WorkbenchPage;
  let stack: FrameLocator;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    const workspace = join(temporary, "workspace");
    await mkdir(workspace);
    file = join(workspace, "shop.profile.yaml");
    await writeFile(file, newProfile({ name: "shop", type: "cluster", cloudType: "aws" }));
    await writeFile(join(workspace, "notes.txt"), "nothing\n");
    on = await DevWindow.open({ workspace, temporary, viewport: { width: 1280, height: 1000 } });
    window = on.window;
    stack = window.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  });

  after(async () => {
    await on?.close();
    await rm(temporary, { recursive: true, force: true });
  });

  it("says what to do while no profile is open", async () => {
    await window.page.getByRole("tab", { name: "Palette" }).first().waitFor();
    await window.command("Palette: Focus on Profile Stack View");
    await stack.getByRole("button", { name: "New Cluster Profile" }).waitFor();
  });

  it("shows the layers of the profile that is opened, the operating system last", async () => {
    await window.open("shop.profile.yaml");
    await stack.getByText("Valid. All four mandatory layers are set.").first().waitFor();
    const names = await stack.locator(".layer button.plain").allTextContents();
    assert.deepEqual(names, ["Amazon EBS CSI", "Calico", "Kubernetes (kubeadm)", "Ubuntu for AWS"]);
  });

  // The other themes: profile-stack-page.test.ts.
  it("is readable for everybody in VS Code's default theme", async () => {
    const main = stack.locator("main");
    assert.deepEqual(await axeViolations((script) => main.evaluate(script)), []);
  });

  it("goes to a layer", async () => {
    await stack.getByRole("button", { name: "Calico" }).click();
    await stack.locator(".layer[aria-current=true]", { hasText: "Calico" }).waitFor();
    const line = (await readFile(file, "utf8")).split("\n").findIndex((text) => text.includes("cni-calico"));
    await window.page
      .locator(".statusbar")
      .getByText(`Ln ${line + 1},`)
      .waitFor();
  });

  it("follows typing, shows the gap of a layer that is deleted, and closes it with the rule's fix", async () => {
    const lines = (await readFile(file, "utf8")).split("\n");
    const from = lines.findIndex((line) => line.includes("# Storage")) + 1;
    await window.deleteLines(from, lines.length - 1);
    await stack.getByText("Storage is missing").waitFor();
    await window.picture("profile-stack");
    await stack.getByRole("button", { name: "Add Storage Layer" }).click();
    await stack.getByText("Valid. All four mandatory layers are set.").first().waitFor();
  });

  it("adds a layer from the catalog, which one undo takes back", async () => {
    await window.command("Palette: Add Layer");
    await window.question("Which add-on pack");
    await window.picture("add-layer");
    await window.input.fill("Prometheus stack");
    await window.choose("Which add-on pack", "Prometheus stack");
    await window.question("Which version of Prometheus stack");
    await window.page.keyboard.press("Enter");
    await stack.getByRole("button", { name: "Prometheus stack" }).waitFor();
    await window.page.keyboard.press("Control+Z");
    await stack.getByText("No add-on layers yet.").waitFor();
  });

  it("keeps the stack while the text cannot be read", async () => {
    await window.goToLine(2);
    await window.page.keyboard.type("}");
    await stack.getByText("Stale.").first().waitFor();
    await stack.getByRole("button", { name: "Calico" }).waitFor();
    await window.page.keyboard.press("Backspace");
    await stack.getByText("Valid. All four mandatory layers are set.").first().waitFor();
  });

  it("exports the profile as the JSON that Palette takes, where the dialog says", async () => {
    await window.command("Palette: Export Profile");
    const json = file.replace(".profile.yaml", ".json");
    // The dialog of a browser window is a quick input; it comes with the path that is proposed.
    while ((await window.input.inputValue()) !== json) {
      await window.page.waitForTimeout(50);
    }
    await window.page.keyboard.press("Enter");
    await window.tab("shop.json").waitFor();
    const { metadata, spec } = JSON.parse(await readFile(json, "utf8"));
    assert.equal(metadata.name, "shop");
    assert.equal(spec.template.packs.length, 4);
  });

  it("lets go of a profile that is not to be seen any more", async () => {
    await window.open("notes.txt");
    await stack.getByText("No profile is open").waitFor();
  });
});
