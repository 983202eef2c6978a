import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CodeLensRequest, DocumentSymbolRequest } from "vscode-languageserver/node";
import { TestClient } from "./client.ts";

const REQUEST = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
spec:
  cloudType: in-memory
  profiles:
    - file: demo.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
    - poolConfig:
        name: workers
        size: 2
`;

describe("a cluster request over the protocol", () => {
  let client: TestClient;
  const uri = "file:///work/demo.cluster.yaml";
  before(async () => {
    client = await TestClient.start();
  });
  after(() => client.stop());

  it("is clean, and is not when the control plane has two machines", async () => {
    await client.open(uri, REQUEST, "palette-cluster");
    assert.deepEqual(await client.diagnostics(uri, 1), []);
    await client.change(uri, 2, REQUEST.replace("size: 3", "size: 2"));
    const [found] = await client.diagnostics(uri, 2);
    assert.equal(found?.range.start.line, 12);
    assert.match(String(found?.code), /^C\d\d$/);
    assert.equal(found?.codeDescription, undefined);
  });

  it("gives lenses and symbols", async () => {
    const textDocument = { uri };
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.deepEqual(
      lenses?.map(({ command }) => [command?.title, command?.command, command?.arguments]),
      [
        ["Create", "palette.createCluster", [uri]],
        ["Preview Objects", "palette.previewCluster", [uri]],
      ],
    );
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map(({ name }) => name),
      ["control-plane", "workers"],
    );
  });
});
