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
});
