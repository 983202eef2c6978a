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

  it("says what a train of a registry means, as soon as the registry is read", async () => {
    const train = PROFILE.replace("tag: ", "tag: 2.x");
    const trains = "file:///work/trains.profile.yaml";
    const chart = { name: "shop", versions: [{ version: "2.10.0" }, { version: "2.9.0" }] };
    const registry = {
      name: "ours",
      kind: "helm",
      url: "https://charts.example.com",
      isPrivate: false,
    } as const;
    await client.open(trains, train);
    const codes = async (since: number): Promise<unknown[]> =>
      (await client.diagnostics(trains, 1, since))
        .filter(({ code }) => code === "P10")
        .map(({ message }) => message);
    assert.deepEqual(await codes(0), ["Tag 2.x is not pinned. It follows the newest release."]);
    let seen = client.published.length;
    await know([{ ...registry, charts: [chart] }]);
    assert.deepEqual(await codes(seen), ["Tag 2.x is not pinned. It means 2.10.0 today."]);
    seen = client.published.length;
    await know([]);
    assert.deepEqual(await codes(seen), ["Tag 2.x is not pinned. It follows the newest release."]);
  });
});
