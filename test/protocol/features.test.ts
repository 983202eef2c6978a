import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  FoldingRangeRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
} from "vscode-languageserver/node";
import { TestClient } from "./client.ts";

const PROFILE = `metadata:
  name: demo
spec:
  template:
    type: add-on
    packs:
      - name: app
        layer: addon
        type: manifest
        values: |
          host: '{{.spectro.var.host}}'
  variables:
    - name:   host
`;

describe("features over the protocol", () => {
  let client: TestClient;
  const uri = "file:///work/features.profile.yaml";
  const textDocument = { uri };
  const use = { line: 10, character: 34 };
  const definition = { start: { line: 12, character: 14 }, end: { line: 12, character: 18 } };

  before(async () => {
    client = await TestClient.start();
    await client.open(uri, PROFILE);
    assert.deepEqual(await client.diagnostics(uri, 1), []);
  });
  after(() => client.stop());

  it("says what is wrong in manifests, and offers their fields", async () => {
    const manifests = "file:///work/manifests.profile.yaml";
    const text = `${PROFILE.split("        values")[0]}        manifests:
          - name: objects
            content: |
              apiVersion: v1
              kind: Service
              metadata: { name: a, namespace: b }
              spec:
                prots: []
                t
`;
    await client.open(manifests, text);
    const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
    assert.deepEqual(codes(await client.diagnostics(manifests, 1)), ["P18"]);
    const position = { line: 17, character: 17 };
    const found = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: manifests },
      position,
    });
    const labels = (Array.isArray(found) ? found : (found?.items ?? [])).map(({ label }) => label);
    assert.ok(labels.includes("type") && labels.includes("trafficDistribution"), labels.join());
    await client.change(manifests, 2, "ype: NodePort", {
      start: position,
      end: position,
    });
    const [problem, ...others] = await client.diagnostics(manifests, 2);
    assert.deepEqual(others, []);
    assert.equal(problem?.code, "P24");
    assert.deepEqual(problem.range.start, { line: 16, character: 16 });
  });

  it("completes", async () => {
    const found = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 4, character: 10 },
    });
    const labels = (Array.isArray(found) ? found : (found?.items ?? [])).map(({ label }) => label);
    assert.deepEqual(labels, ["cluster", "infra", "add-on", "system"]);
  });

  it("goes to the definition and finds references", async () => {
    const params = { textDocument, position: use };
    assert.deepEqual(await client.connection.sendRequest(DefinitionRequest.type, params), {
      uri,
      range: definition,
    });
    const references = await client.connection.sendRequest(ReferencesRequest.type, {
      ...params,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      references?.map(({ range }) => range.start.line),
      [12, 10],
    );
  });

  it("renames, and refuses what cannot be a name", async () => {
    const params = { textDocument, position: use };
    assert.deepEqual(await client.connection.sendRequest(PrepareRenameRequest.type, params), {
      range: { start: { line: 10, character: 32 }, end: { line: 10, character: 36 } },
      placeholder: "host",
    });
    const edit = await client.connection.sendRequest(RenameRequest.type, { ...params, newName: "site" });
    assert.deepEqual(
      edit?.changes?.[uri]?.map(({ newText }) => newText),
      ["site", "site"],
    );
    await assert.rejects(
      client.connection.sendRequest(RenameRequest.type, { ...params, newName: "a b" }),
      /a b cannot be a name here/,
    );
  });

  it("folds, selects and formats", async () => {
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.ok(folds?.some(({ startLine, endLine }) => startLine === 6 && endLine === 10));
    const [selection] =
      (await client.connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [use] })) ??
      [];
    assert.equal(selection?.range.start.line, 10);
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(edits, [
      { range: { start: { line: 12, character: 11 }, end: { line: 12, character: 14 } }, newText: " " },
    ]);
  });

  it("answers with nothing where there is nothing to say", async () => {
    const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument });
    assert.deepEqual(links, []);
  });
});
