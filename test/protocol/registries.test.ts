import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CompletionRequest } from "vscode-languageserver/node";
import type { ChartRegistry } from "../../src/catalog/index.ts";
import { REGISTRIES_NOTIFICATION } from "../../src/shared/notifications.ts";
import { TestClient } from "./client.ts";

const PROFILE = `metadata:
  name: demo
spec:
  template:
    type: add-on
    packs:
      - type: helm
        layer: addon
        name: shop
        tag: 
`;

describe("the user's registries over the protocol", () => {
  let client: TestClient;
  const uri = "file:///work/registries.profile.yaml";
  const offered = async (line: number, character: number): Promise<string[]> => {
    const found = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line, character },
    });
    return (Array.isArray(found) ? found : (found?.items ?? []))
      .toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
      .map(({ label }) => label);
  };
  const know = (registries: readonly ChartRegistry[]): Promise<void> =>
    client.connection.sendNotification(REGISTRIES_NOTIFICATION, { registries });

  before(async () => {
    client = await TestClient.start();
    await client.open(uri, PROFILE);
  });
  after(() => client.stop());

  it("offers a chart and its newest version first, until the registry is gone", async () => {
    assert.deepEqual(await offered(9, 13), []);
    await know([
      {
        name: "ours",
        kind: "helm",
        url: "https://charts.example.com",
        isPrivate: false,
        charts: [{ name: "shop", versions: [{ version: "2.10.0" }, { version: "2.9.0" }] }],
      },
    ]);
    assert.equal((await offered(8, 14))[0], "shop");
    assert.deepEqual(await offered(9, 13), ["2.10.0", "2.9.0"]);
    await know([]);
    assert.deepEqual(await offered(9, 13), []);
  });
});
