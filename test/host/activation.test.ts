import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { extension, openFile, writeFile } from "./support.ts";

describe("activation", () => {
  it("waits until a profile or a view is looked at", async () => {
    await openFile(await writeFile("unrelated.yaml", "a: 1\n"));
    assert.equal(extension().isActive, false);
  });

  it("loads no other part of the extension before it is needed", () => {
    const path = join(extension().extensionPath, "dist/extension.cjs");
    const load = createRequire(path);
    const loaded: string[] = [];
    const run = new Function("require", "module", "exports", "__filename", readFileSync(path, "utf8"));
    run(
      (name: string) => {
        loaded.push(name);
        return name === "vscode" ? vscode : load(name);
      },
      { exports: {} },
      {},
      path,
    );
    assert.ok(loaded.includes("vscode"));
    assert.deepEqual(
      loaded.filter((name) => name.startsWith(".")),
      [],
    );
  });

  it("comes with a profile, by its language", async () => {
    const document = await openFile(await writeFile("activation.profile.yaml", "metadata: {}\n"));
    assert.equal(document.languageId, "palette-profile");
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it("registers every contributed command, and none that is not contributed", async () => {
    const { contributes } = extension().packageJSON;
    const contributed: string[] = contributes.commands.map(({ command }: { command: string }) => command);
    const views: string[] = contributes.views.palette.map(({ id }: { id: string }) => id);
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) =>
        command.startsWith("palette.") &&
        // VS Code makes some for each view.
        !views.some((view) => command.startsWith(`${view}.`)),
    );
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it("gives cluster requests their language", async () => {
    const document = await openFile(await writeFile("activation.cluster.yaml", "metadata: {}\n"));
    assert.equal(document.languageId, "palette-cluster");
  });
});
