import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { newProfile } from "../../src/profile/index.ts";
import { eventually, openFile, writeFile, writeFolder } from "./support.ts";

const WHOLE = newProfile({ name: "language", type: "cluster", cloudType: "docker" });
/** The same without its storage layer, which is the last one. */
const WITHOUT_STORAGE = WHOLE.slice(0, WHOLE.lastIndexOf("      # Storage"));

const errorsOf = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);

const codeOf = ({ code }: vscode.Diagnostic) => (typeof code === "object" ? code.value : code);

describe("language", () => {
  it("leaves a valid profile without errors, and gives it lenses that create and publish", async () => {
    const document = await openFile(await writeFile("whole.profile.yaml", WHOLE));
    const lenses = await eventually("code lenses", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        20,
      );
      return found.length > 0 ? found : undefined;
    });
    const commands = new Map(lenses.map(({ command }) => [command?.command, command?.arguments]));
    for (const command of ["palette.createCluster", "palette.publishProfile"]) {
      const [target] = commands.get(command) ?? [];
      assert.equal(String(target), document.uri.toString(), command);
    }
    assert.deepEqual(errorsOf(document.uri), []);
  });

  it("marks a missing layer at packs, and the fix puts it back", async () => {
    const document = await openFile(await writeFile("broken.profile.yaml", WITHOUT_STORAGE));
    const [error] = await eventually("the error", () => {
      const errors = errorsOf(document.uri);
      return errors.length > 0 ? errors : undefined;
    });
    assert.ok(error);
    assert.equal(codeOf(error), "P02");
    assert.equal(error.source, "palette");
    assert.match(error.message, /Storage/);
    assert.equal(document.getText(error.range), "packs");

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      error.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => /storage/i.test(title));
    assert.ok(fix?.edit, `no fix among: ${actions.map(({ title }) => title).join(", ")}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await eventually("no more errors", () => errorsOf(document.uri).length === 0);
    assert.match(document.getText(), /layer: csi/);
    await document.save();
  });

  it("checks text that is typed, without saving", async () => {
    const document = await openFile(await writeFile("typed.profile.yaml", WHOLE));
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf("type: cluster") + "type: ".length;
    edit.replace(
      document.uri,
      new vscode.Range(document.positionAt(at), document.positionAt(at + "cluster".length)),
      "clustre",
    );
    await vscode.workspace.applyEdit(edit);
    await eventually("P01", () => errorsOf(document.uri).some((error) => codeOf(error) === "P01"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await eventually("no more errors", () => errorsOf(document.uri).length === 0);
  });

  it("checks cluster requests, and gives them lenses that preview and create", async () => {
    const text = [
      "apiVersion: palette-onboarding/v1",
      "kind: ClusterRequest",
      "metadata:",
      "  name: web-1",
      "spec:",
      "  cloudType: in-memory",
      "  profiles:",
      "    - file: whole.profile.yaml",
      "  machinePools:",
      "    - poolConfig: {name: control-plane, isControlPlane: true, size: 2}",
      "",
    ].join("\n");
    const document = await openFile(await writeFile("web-1.cluster.yaml", text));
    const [error] = await eventually("the error", () => {
      const errors = errorsOf(document.uri);
      return errors.length > 0 ? errors : undefined;
    });
    assert.ok(error);
    assert.match(String(codeOf(error)), /^C\d\d$/);
    assert.equal(document.getText(error.range), "2");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      20,
    );
    const commands = lenses.map(({ command }) => command?.command);
    for (const command of ["palette.createCluster", "palette.previewCluster"]) {
      assert.ok(commands.includes(command), command);
    }
  });

  it("shows the problems of files that no editor holds, as long as they are there", async () => {
    await openFile(await writeFile("whole.profile.yaml", WHOLE));
    const uri = await writeFile("deep/er/closed.profile.yaml", WITHOUT_STORAGE);
    const [error] = await eventually("the error", () => {
      const errors = errorsOf(uri);
      return errors.length > 0 ? errors : undefined;
    });
    assert.ok(error);
    assert.equal(codeOf(error), "P02");
    assert.ok(!vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()));
    await vscode.workspace.fs.delete(uri);
    await eventually("no more errors", () => errorsOf(uri).length === 0);
  });

  it("shows the problems of files that come with their folder, until it is gone", async () => {
    const folder = await writeFolder("come", "with/all/that/is/in.profile.yaml", WITHOUT_STORAGE);
    const uri = vscode.Uri.joinPath(folder, "with/all/that/is/in.profile.yaml");
    await eventually("the error", () => errorsOf(uri).length > 0);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await eventually("no more errors", () => errorsOf(uri).length === 0);
  });

  it("goes on after a restart", async () => {
    await vscode.commands.executeCommand("palette.restartLanguageServer");
    const document = await openFile(await writeFile("after.profile.yaml", WITHOUT_STORAGE));
    await eventually("the error", () => errorsOf(document.uri).length > 0);
  });
});
