import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { newProfile } from "../../src/profile/index.ts";
import { eventually, extension, openFile, writeFile } from "./support.ts";

const EXPORT = {
  metadata: { name: "imported-shop", description: "From Palette", labels: {} },
  spec: {
    version: "1.2.0",
    template: {
      type: "add-on",
      cloudType: "all",
      packs: [
        { name: "team", type: "manifest", layer: "addon", values: "pack:\n  namespace: team\n", extra: 1.5 },
      ],
    },
  },
};

/** The text of the active editor, once `isIt` holds. */
async function activeText(what: string, isIt: (document: vscode.TextDocument) => boolean): Promise<string> {
  const document = await eventually(what, () => {
    const active = vscode.window.activeTextEditor?.document;
    return active !== undefined && isIt(active) ? active : undefined;
  });
  return document.getText();
}

describe("profile files", () => {
  it("come from an export of Palette, with nothing lost, and never over another file", async () => {
    await extension().activate();
    const source = await writeFile("from-palette.json", JSON.stringify(EXPORT));
    await vscode.commands.executeCommand("palette.importProfile", source);
    const text = await activeText("the imported profile", ({ uri }) =>
      uri.path.endsWith("/imported-shop.profile.yaml"),
    );
    assert.match(text, /values: \|\n {10}pack:\n {12}namespace: team\n/);
    assert.match(text, /extra: 1\.5/);
    await vscode.commands.executeCommand("palette.importProfile", source);
    const again = await activeText("the second import", ({ uri }) =>
      uri.path.endsWith("/imported-shop-1.2.0.profile.yaml"),
    );
    assert.equal(again, text);
  });

  it("keep their comments when they are YAML already", async () => {
    const yaml = `# kept\n${newProfile({ name: "with-comments", type: "cluster", cloudType: "aws" })}`;
    await vscode.commands.executeCommand("palette.importProfile", await writeFile("exported.yaml", yaml));
    const text = await activeText("the imported profile", ({ uri }) =>
      uri.path.endsWith("/with-comments.profile.yaml"),
    );
    assert.equal(text, yaml);
  });

  it("are compared with another version that is picked, the older on the left", async () => {
    const old = newProfile({ name: "compared", type: "cluster", cloudType: "aws" });
    await writeFile("compared-old.profile.yaml", old);
    const young = old.replace("version: 1.0.0", "version: 1.1.0").replaceAll('"1.36.4"', '"1.36.6"');
    const uri = await writeFile("compared-new.profile.yaml", young);
    const text = await eventually("the comparison", async () => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await openFile(uri);
      const done = vscode.commands.executeCommand("palette.compareProfileVersions", uri);
      // The first row is the other version of the same profile, once the extension has heard of the file.
      await eventually("the answer", async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return vscode.window.activeTextEditor?.document.uri.path.endsWith(".md");
      });
      await done;
      const shown = vscode.window.activeTextEditor?.document.getText() ?? "";
      return shown.startsWith("# compared 1.0.0 → compared 1.1.0\n") ? shown : undefined;
    });
    assert.match(text, /because of `kubernetes`/);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const diff = tabs.find(({ input }) => input instanceof vscode.TabInputTextDiff)?.input;
    assert.ok(diff instanceof vscode.TabInputTextDiff);
    assert.match(diff.original.path, /compared-old/);
    assert.match(diff.modified.path, /compared-new/);
  });
});
