import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  CodeActionRequest,
  CodeLensRequest,
  DocumentSymbolRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { newProfile } from "../../src/profile/index.ts";
import { TestClient } from "./client.ts";

const VALID = newProfile({ name: "demo", type: "cluster", cloudType: "aws" });
const NO_STORAGE = VALID.slice(0, VALID.indexOf("      # Storage"));

describe("a profile over the protocol", () => {
  let client: TestClient;
  let count = 0;
  const uri = (): string => `file:///work/${count++}.profile.yaml`;

  before(async () => {
    client = await TestClient.start({ rulePages: "https://example.test/rules/" });
  });
  after(() => client.stop());

  it("announces what it serves", () => {
    const { capabilities } = client.capabilities;
    assert.deepEqual(capabilities.textDocumentSync, {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
    });
    assert.equal(capabilities.hoverProvider, true);
  });

  it("publishes diagnostics when a document is opened, with the page of the rule", async () => {
    const doc = uri();
    await client.open(doc, NO_STORAGE);
    const [found, ...others] = await client.diagnostics(doc, 1);
    assert.deepEqual(others, []);
    assert.equal(found?.code, "P02");
    assert.equal(found?.source, "palette");
    assert.equal(found?.codeDescription?.href, "https://example.test/rules/P02.md");
    assert.match(String(found?.message), /^Storage is missing/);
    assert.deepEqual(found?.range.start, { line: 11, character: 4 });
  });

  it("serves a profile that the editor calls YAML", async () => {
    const doc = uri();
    await client.open(doc, NO_STORAGE, "yaml");
    assert.equal((await client.diagnostics(doc, 1)).length, 1);
  });

  it("checks after an edit, by the range that changed", async () => {
    const doc = uri();
    await client.open(doc, VALID);
    assert.deepEqual(await client.diagnostics(doc, 1), []);
    const line = VALID.split("\n").findIndex((each) => each.includes("version: 1.0.0"));
    await client.change(doc, 2, "v", { start: { line, character: 11 }, end: { line, character: 11 } });
    const [found] = await client.diagnostics(doc, 2);
    assert.equal(found?.code, "P06");
    assert.deepEqual(found?.range, { start: { line, character: 11 }, end: { line, character: 17 } });
  });

  it("checks only the newest of texts that follow each other at once", async () => {
    const doc = uri();
    await client.open(doc, VALID);
    await client.diagnostics(doc, 1);
    for (let version = 2; version <= 20; version++) {
      await client.change(doc, version, version === 20 ? VALID : `${VALID}#${version}`);
    }
    await client.diagnostics(doc, 20);
    assert.deepEqual(
      client.published.filter((each) => each.uri === doc).map(({ version }) => version),
      [1, 20],
    );
  });

  it("clears the diagnostics when a document is closed, also with a check under way", async () => {
    const doc = uri();
    const other = uri();
    await client.open(doc, NO_STORAGE);
    await client.diagnostics(doc, 1);
    await client.change(doc, 2, `${NO_STORAGE}#`);
    await client.close(doc);
    assert.deepEqual(await client.diagnostics(doc, undefined), []);
    // Anything still under way for the closed document would arrive before this.
    await client.open(other, VALID);
    await client.diagnostics(other, 1);
    await client.change(other, 2, `${VALID}#`);
    await client.diagnostics(other, 2);
    assert.deepEqual(client.published.findLast((each) => each.uri === doc)?.diagnostics, []);
    assert.equal(client.published.filter((each) => each.uri === doc).length, 2);
  });

  it("offers the fix that inserts the layer", async () => {
    const doc = uri();
    await client.open(doc, NO_STORAGE);
    const [found] = await client.diagnostics(doc, 1);
    assert.ok(found !== undefined);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: doc },
      range: found.range,
      context: { diagnostics: [found] },
    });
    const [action] = actions ?? [];
    assert.ok(action !== undefined && "edit" in action);
    assert.equal(action.title, "Add Storage Layer");
    const [edit] = action.edit?.changes?.[doc] ?? [];
    assert.ok(edit !== undefined);
    await client.change(doc, 2, edit.newText, edit.range);
    assert.deepEqual(await client.diagnostics(doc, 2), []);
  });

  it("fixes all that has one right answer when asked for that alone", async () => {
    const doc = uri();
    await client.open(
      doc,
      VALID.replace("version: 1.0.0", "version: v1").replace("layer: csi", "layer: storage"),
    );
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: doc },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    assert.deepEqual(
      actions?.map((action) => "kind" in action && action.kind),
      ["source.fixAll.palette"],
    );
    const [action] = actions ?? [];
    assert.ok(action !== undefined && "edit" in action);
    const [edit, ...others] = action.edit?.changes?.[doc] ?? [];
    assert.deepEqual(others, []);
    assert.ok(edit !== undefined);
    await client.change(doc, 2, edit.newText, edit.range);
    assert.deepEqual(await client.diagnostics(doc, 2), []);
  });

  it("gives lenses, symbols and hover", async () => {
    const doc = uri();
    await client.open(doc, NO_STORAGE);
    const textDocument = { uri: doc };
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.deepEqual(
      lenses?.map(({ command }) => [command?.title, command?.command, command?.arguments]),
      [
        ["Create Cluster", "palette.createCluster", [doc]],
        ["Publish", "palette.publishProfile", [doc]],
        ["3 of 4 mandatory layers, without storage", "", undefined],
        ["Add Layer", "palette.addLayer", [doc]],
      ],
    );
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map((symbol) => [symbol.name, "detail" in symbol && symbol.detail]),
      [
        ["ubuntu-aws", "Operating system 22.04"],
        ["kubernetes", "Kubernetes 1.36.4"],
        ["cni-calico", "Network 3.32.1"],
      ],
    );
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line: 10, character: 6 },
    });
    assert.match(JSON.stringify(hover?.contents), /cloudType/);
  });

  it("serves nothing for documents of other languages", async () => {
    const textDocument = { uri: "file:///work/other.yaml" };
    await client.open(textDocument.uri, "a: 1\n", "yaml");
    assert.deepEqual(await client.connection.sendRequest(CodeLensRequest.type, { textDocument }), []);
  });
});
