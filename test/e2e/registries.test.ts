/** A private registry in a real window of VS Code: said once, signed in to, offered; and a folder that is not trusted. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { newProfile } from "../../src/profile/index.ts";
import type { WorkbenchPage } from "../workbench/page.ts";
import { DevWindow } from "./support/devWindow.ts";

const INDEX =
  "entries:\n  corner-shop:\n  - version: 1.9.0\n  - version: 1.10.0\n    description: Sells things\n";
const SIGNED_IN = `Basic ${Buffer.from("ana:s3cret").toString("base64")}`;

const REFUSED = "Registry our-charts does not let Palette read index.yaml";

/** A message in the list of messages: with the test driver VS Code shows none by itself, and the list does not follow. */
async function notification(window: WorkbenchPage, text: string): Promise<Locator> {
  const found = window.page.locator(".notifications-center .notification-list-item", { hasText: text });
  for (let attempt = 1; ; attempt += 1) {
    await window.command("Notifications: Show Notifications");
    try {
      await found.waitFor({ timeout: 3000 });
      return found;
    } catch (error) {
      if (attempt === 10) {
        throw error;
      }
    }
  }
}

describe("a registry of one's own", { concurrency: false }, () => {
  let temporary: string;
  let registry: Server;
  let registries: readonly object[];
  let authorizations: (string | undefined)[];
  let on: DevWindow | undefined;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    registry = createServer((request, response) => {
      authorizations.push(request.headers.authorization);
      const known = request.headers.authorization === SIGNED_IN;
      response.writeHead(known ? 200 : 401).end(known ? INDEX : "");
    });
    await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
    const address = registry.address();
    assert.ok(typeof address === "object" && address !== null);
    registries = [{ name: "our-charts", kind: "helm", url: `http://127.0.0.1:${address.port}` }];
  });

  afterEach(() => on?.close());
  after(async () => {
    registry?.closeAllConnections();
    await new Promise((resolve) => registry.close(resolve));
    await rm(temporary, { recursive: true, force: true });
  });

  /** A window with one profile, `shop.profile.yaml`, in its folder. */
  async function openProfile(
    name: string,
    {
      settings = {},
      folderSettings = {},
      restricted,
    }: { settings?: object; folderSettings?: object; restricted: boolean },
  ): Promise<{ window: WorkbenchPage; file: string }> {
    authorizations = [];
    const workspace = join(temporary, name);
    const file = join(workspace, "shop.profile.yaml");
    await mkdir(join(workspace, ".vscode"), { recursive: true });
    await writeFile(join(workspace, ".vscode", "settings.json"), JSON.stringify(folderSettings));
    await writeFile(file, newProfile({ name: "shop", type: "cluster", cloudType: "aws" }));
    on = await DevWindow.open({
      workspace,
      temporary: join(temporary, `${name}-window`),
      viewport: { width: 1280, height: 1000 },
      settings,
      restricted,
    });
    const { window } = on;
    await window.open("shop.profile.yaml");
    return { window, file };
  }

  it("says that it wants to know who asks, and offers its charts to whom it knows", async () => {
    const { window, file } = await openProfile("private", {
      settings: { "palette.registries": registries },
      restricted: false,
    });
    const refusal = await notification(window, REFUSED);
    await refusal.getByRole("button", { name: "Set Credentials" }).click();
    await window.choose("How to sign in", "User name and password");
    await window.answer("User name", "ana");
    await window.answer("Password", "s3cret");
    await window.widget.waitFor({ state: "hidden" });

    await window.command("Palette: Add Layer");
    await window.question("Which add-on pack");
    await window.input.fill("corner-shop");
    await window.choose("Which add-on pack", "corner-shop");
    await window.question("Which version of corner-shop");
    assert.match((await window.rows.first().textContent()) ?? "", /^1\.10\.0.*recommended/);
    await window.page.keyboard.press("Enter");
    await window.page.locator(".view-line", { hasText: "corner-shop" }).first().waitFor();
    // In a browser VS Code saves by itself, after a while.
    const written = /- name: corner-shop\n +type: helm\n[\s\S]*name: our-charts\n[\s\S]*isPrivate: true/;
    const deadline = Date.now() + 30_000;
    while (!written.test(await readFile(file, "utf8")) && Date.now() < deadline) {
      await setTimeout(100);
    }
    assert.match(await readFile(file, "utf8"), written);
    assert.equal(authorizations[0], undefined);
    assert.equal(authorizations.at(-1), SIGNED_IN);
  });

  it("is not asked in the name of a folder that is not trusted", async () => {
    const { window } = await openProfile("foreign", {
      folderSettings: { "palette.registries": registries },
      restricted: true,
    });
    await window.page.locator(".statusbar").getByText("Restricted Mode").waitFor();
    await window.command("Palette: Add Layer");
    await window.question("Which add-on pack");
    assert.deepEqual(authorizations, []);
    await window.page.keyboard.press("Escape");

    await window.command("Workspaces: Manage Workspace Trust");
    await window.page.getByRole("button", { name: "Trust", exact: true }).first().click();
    await notification(window, REFUSED);
    assert.deepEqual(authorizations, [undefined]);
  });
});
