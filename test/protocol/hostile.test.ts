import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { newProfile } from "../../src/profile/index.ts";
import { TestClient } from "./client.ts";

/** A profile with a manifest of two objects and a variable. `typo` stands where a field of the second is meant. */
const BASE = `${newProfile({ name: "demo", type: "cluster", cloudType: "aws" })}      - name: objects
        type: manifest
        layer: addon
        values: |
          pack:
            namespace: '{{.spectro.var.ns}}'
        manifests:
          - name: a
            content: |
              apiVersion: v1
              kind: ConfigMap
              metadata: &m
                name: a
                namespace: b
              ---
              apiVersion: apps/v1
              kind: Deployment
              metadata: { name: a, namespace: b }
              spec:
                replicas: 1
                selector: {}
                template: {}
                typo: 1 # é
  variables:
    - name: ns
      defaultValue: a
`;

/** The content of the manifest as one quoted line. */
function quoted(text: string): string {
  return text.replace(
    /content: \|\n([\s\S]*?)\n(?= {2}variables)/,
    (_, block: string) => `content: ${JSON.stringify(block.replaceAll(/^ {14}/gm, ""))}\n`,
  );
}

const FORMS: Readonly<Record<string, string>> = {
  "as people write it": BASE,
  "with CRLF": BASE.replaceAll("\n", "\r\n"),
  "with a byte order mark": `\uFEFF${BASE}`,
  "with both": `\uFEFF${BASE.replaceAll("\n", "\r\n")}`,
  "with half characters before it": BASE.replaceAll("                typo", '                "typo"').replace(
    "# é",
    "# \u{1F680}",
  ),
  "with tabs where they may stand": BASE.replaceAll(": 1", ":\t1"),
  "in a quoted line": quoted(BASE),
  "before a second document": `${BASE}---\nmetadata: {}\n`,
  "behind comments and anchors": `# \u{1F680}\n${BASE.replace("values: |\n          pack:\n            namespace: '{{", "values: &v |\n          pack:\n            namespace: '{{")}`,
};

describe("hostile text over the protocol", () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start();
  });
  after(() => client.stop());

  for (const [i, [form, text]] of Object.entries(FORMS).entries()) {
    it(`is judged at the right place ${form}`, async () => {
      const uri = `file:///hostile/${i}.profile.yaml`;
      await client.open(uri, text);
      const document = TextDocument.create(uri, "palette-profile", 1, text);
      const found = (await client.diagnostics(uri, 1)).filter(({ code }) => code === "P24");
      assert.deepEqual(
        found.map(({ range }) => document.getText(range).replaceAll('"', "")),
        ["typo"],
      );
    });
  }

  it("is answered wherever it ends", async () => {
    const { connection } = client;
    const uri = "file:///hostile/cut.profile.yaml";
    const textDocument = { uri };
    await client.open(uri, BASE);
    let version = 1;
    const forms = [BASE, FORMS["with both"] ?? "", FORMS["in a quoted line"] ?? ""];
    for (const text of forms) {
      for (let length = text.length; length > 0; length -= 97) {
        const cut = text.slice(0, length);
        version += 1;
        await client.change(uri, version, cut);
        const document = TextDocument.create(uri, "palette-profile", version, cut);
        const position = document.positionAt(length);
        const range = { start: position, end: position };
        const at = { textDocument, position };
        await Promise.all([
          connection.sendRequest(CompletionRequest.type, at),
          connection.sendRequest(HoverRequest.type, at),
          connection.sendRequest(PrepareRenameRequest.type, at),
          connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } }),
          connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
          connection.sendRequest(CodeActionRequest.type, {
            textDocument,
            range,
            context: { diagnostics: [] },
          }),
          connection.sendRequest(CodeLensRequest.type, { textDocument }),
          connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
          connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
          connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
          connection.sendRequest(InlayHintRequest.type, { textDocument, range }),
          connection.sendRequest(DocumentFormattingRequest.type, {
            textDocument,
            options: { tabSize: 2, insertSpaces: true },
          }),
        ]);
      }
    }
    // An answer that failed would have been an error above; the server is still there, and judges.
    await client.change(uri, version + 1, BASE.replace("type: cluster", "type: clustre"));
    const found = await client.diagnostics(uri, version + 1);
    assert.equal(found[0]?.code, "P01");
  });

  /** Edits that turn the whole profile over, each taken back by one undo. */
  const block = (from: string, to: string): string =>
    BASE.slice(BASE.indexOf(from), to === "" ? BASE.length : BASE.indexOf(to));
  const EDITS: readonly (readonly [what: string, cut: string, put: string, code: string])[] = [
    ["the spec deleted", block("spec:", ""), "", "SHAPE"],
    ["the layers deleted", block("    packs:", "  variables:"), "", "P02"],
    ["the variables deleted", block("  variables:", ""), "", "P15"],
    ["all deleted", BASE, "", "SHAPE"],
    ["5 MB pasted into values", "            namespace: '", `            text: ${"x".repeat(5e6)}\n`, "YAML"],
    ["5 MB of variables pasted", "    - name: ns", "    - name: other\n".repeat(3e5), "YAML"],
    ["a quote put before everything", "metadata:", '"', "YAML"],
    ["the layers moved to the first column", "    packs:", "packs:", "YAML"],
  ];
  for (const [i, [what, cut, put, code]] of EDITS.entries()) {
    it(`is judged with ${what}, and as before after undo`, async () => {
      const uri = `file:///hostile/edit-${i}.profile.yaml`;
      await client.open(uri, BASE);
      const before = await client.diagnostics(uri, 1);
      assert.ok(before.every((each) => each.code !== code));
      const at = BASE.indexOf(cut);
      // What is long is put in, the rest is put in its place.
      const end = put.length > 1e6 ? at : at + cut.length;
      const replaced = BASE.slice(0, at) + put + BASE.slice(end);
      const rangeIn = (text: string, start: number, stop: number) => {
        const document = TextDocument.create(uri, "palette-profile", 0, text);
        return { start: document.positionAt(start), end: document.positionAt(stop) };
      };
      await client.change(uri, 2, put, rangeIn(BASE, at, end));
      const found = await client.diagnostics(uri, 2);
      assert.ok(
        found.some((each) => each.code === code),
        `found ${found.map((each) => each.code).join(", ")}`,
      );
      await client.change(uri, 3, BASE.slice(at, end), rangeIn(replaced, at, at + put.length));
      assert.deepEqual(await client.diagnostics(uri, 3), before);
    });
  }
});
