import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { VirtualDocuments } from "../../src/app/virtualDocuments.ts";
import { extension } from "./support.ts";

describe("documents that are only in memory", () => {
  it("show text as YAML, read-only, and take new text under the same name", async () => {
    await extension().activate();
    const documents = new VirtualDocuments("palette-test");
    try {
      await documents.show("default/web.objects.yaml", "kind: Cluster\n");
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      assert.equal(document.getText(), "kind: Cluster\n");
      assert.equal(document.languageId, "yaml");
      assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) ?? false, false);
      await documents.show("default/web.objects.yaml", "kind: Machine\n");
      assert.equal(vscode.window.activeTextEditor?.document.getText(), "kind: Machine\n");
    } finally {
      documents.dispose();
    }
  });
});
