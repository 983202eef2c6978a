import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import { ContextKeys } from "../../src/app/contextKeys.ts";
import { ProfileIndex } from "../../src/app/profiles/profileIndex.ts";
import { newProfile } from "../../src/profile/index.ts";
import { eventually, openFile, writeFile, writeFolder } from "./support.ts";

const text = (name: string) => newProfile({ name, type: "cluster", cloudType: "docker" });

describe("profile index", () => {
  const index = new ProfileIndex(new ContextKeys());
  after(() => index.dispose());

  const find = async (name: string) => (await index.files()).find(({ summary }) => summary.name === name);

  it("finds the files of the workspace, in folders as well, but not in node_modules", async () => {
    await writeFile("deep/down/indexed.profile.yml", text("indexed"));
    await writeFile("node_modules/x/dependency.profile.yaml", text("dependency"));
    assert.ok(await eventually("the file", () => find("indexed")));
    assert.equal(await find("dependency"), undefined);
  });

  it("follows files that come, change and go", async () => {
    const uri = await writeFile("moving.profile.yaml", text("moving"));
    await eventually("the new file", () => find("moving"));
    await writeFile("moving.profile.yaml", text("moved"));
    await eventually("its new name", () => find("moved"));
    await vscode.workspace.fs.delete(uri);
    await eventually("its end", async () => (await find("moved")) === undefined);
  });

  it("finds the files that come with their folder, until it is gone", async () => {
    const folder = await writeFolder("taken", "from/some/where.profile.yaml", text("taken"));
    await eventually("the file", () => find("taken"));
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await eventually("its end", async () => (await find("taken")) === undefined);
  });

  it("counts what is typed before what is saved", async () => {
    const uri = await writeFile("edited.profile.yaml", text("edited"));
    await eventually("the file", () => find("edited"));
    const document = await openFile(uri);
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().lastIndexOf("      # Storage");
    edit.delete(
      uri,
      new vscode.Range(document.positionAt(at), document.positionAt(document.getText().length)),
    );
    await vscode.workspace.applyEdit(edit);
    const missing = await eventually("the missing layer", async () => {
      const found = (await find("edited"))?.summary.missing ?? [];
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(missing, ["csi"]);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});
