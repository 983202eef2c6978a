import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { LanguageSupport } from "../../src/app/language/languageSupport.ts";
import { Log } from "../../src/app/log.ts";
import { Registries } from "../../src/app/registries/registries.ts";
import { newProfile } from "../../src/profile/index.ts";
import { eventually, extension, openFile, writeFile } from "./support.ts";

describe("the language status item", () => {
  const { createLanguageStatusItem } = vscode.languages;
  /** VS Code lists no status items: those that are made here are kept. */
  const items: vscode.LanguageStatusItem[] = [];
  const log = new Log();
  const context = {
    globalStorageUri: vscode.Uri.file("/nowhere"),
    secrets: { get: async () => undefined },
  } as unknown as vscode.ExtensionContext;
  const registries = new Registries(context, log);

  before(async () => {
    Object.assign(vscode.languages, {
      createLanguageStatusItem(id: string, selector: vscode.DocumentSelector) {
        const item = createLanguageStatusItem(id, selector);
        items.push(item);
        return item;
      },
    });
    const text = newProfile({ name: "status", type: "cluster", cloudType: "docker" });
    await openFile(await writeFile("status.profile.yaml", text));
  });
  after(() => {
    Object.assign(vscode.languages, { createLanguageStatusItem });
    registries.dispose();
    // Not the log: what a dying server last says comes late.
  });
  /** The item of this language support, beside that of the extension itself. */
  const last = (): vscode.LanguageStatusItem => {
    const item = items.findLast(({ id }) => id.endsWith("palette.language"));
    assert.ok(item, "there is an item");
    return item;
  };

  it("belongs to profiles and requests, says that checking starts, then that it runs", async () => {
    const support = new LanguageSupport(extension().extensionUri, log, registries);
    try {
      const item = last();
      assert.deepEqual(item.selector, [{ language: "palette-profile" }, { language: "palette-cluster" }]);
      assert.deepEqual([item.text, item.busy], ["Palette: checking starts", true]);
      await eventually("the running server", () => item.text === "Palette: checked while you type");
      assert.deepEqual(
        [item.busy, item.severity, item.command?.command],
        [false, vscode.LanguageStatusSeverity.Information, "palette.showLog"],
      );
    } finally {
      await support.stop();
      support.dispose();
    }
  });

  it("says that checking has stopped where the server does not start, and offers to start it", async () => {
    const support = new LanguageSupport(vscode.Uri.file("/nowhere"), log, registries);
    try {
      const item = last();
      await eventually("the stopped server", () => item.text === "Palette: checking has stopped");
      assert.deepEqual(
        [item.busy, item.severity, item.command?.command],
        [false, vscode.LanguageStatusSeverity.Error, "palette.restartLanguageServer"],
      );
    } finally {
      await support.stop();
      support.dispose();
    }
  });
});
