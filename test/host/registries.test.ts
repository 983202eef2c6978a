import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { Log } from "../../src/app/log.ts";
import { Registries } from "../../src/app/registries/registries.ts";
import { eventually, openFile, writeFile } from "./support.ts";

const PROFILE = `metadata:
  name: registries
spec:
  version: 1.0.0
  template:
    type: add-on
    cloudType: all
    packs:
      - type: helm
        layer: addon
        name: palette-test-chart
        tag: 
`;
const SIGNED_IN = `Basic ${Buffer.from("ana:secret").toString("base64")}`;

const configure = (registries: unknown) =>
  vscode.workspace
    .getConfiguration("palette")
    .update("registries", registries, vscode.ConfigurationTarget.Global);

async function offered(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    new vscode.Position(11, 13),
  );
  return found.items
    .toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
    .map(({ label }) => (typeof label === "string" ? label : label.label));
}

describe("registries of the user's own", () => {
  let server: Server;
  let url = "";
  let version = "1.10.0";
  before(async () => {
    server = createServer((request, response) => {
      const isPrivate = request.url?.startsWith("/private/") ?? false;
      const refused = isPrivate && request.headers.authorization !== SIGNED_IN;
      response
        .writeHead(refused ? 401 : 200)
        .end(
          refused
            ? ""
            : `entries:\n  palette-test-chart:\n  - version: 1.9.0\n  - version: ${version}\n    appVersion: 7\n`,
        );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    url = `http://127.0.0.1:${address.port}`;
  });
  after(async () => {
    await configure(undefined);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("are offered while typing, as soon as the setting names them and as long as it does", async () => {
    const document = await openFile(await writeFile("registries.profile.yaml", PROFILE));
    await configure([{ name: "open", kind: "helm", url }]);
    const versions = await eventually("the versions", async () => {
      const found = await offered(document);
      return found.includes("1.10.0") ? found : undefined;
    });
    assert.deepEqual(versions, ["1.10.0", "1.9.0"]);
    await configure([]);
    await eventually("no versions", async () => !(await offered(document)).includes("1.10.0"));
  });

  it("are read with credentials out of the secret storage, once there are some", async () => {
    const secrets = new Map<string, string>();
    const folder = await mkdtemp(join(tmpdir(), "palette-registries-"));
    const context = {
      globalStorageUri: vscode.Uri.file(folder),
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => void secrets.set(key, value),
        delete: async (key: string) => void secrets.delete(key),
      },
    } as unknown as vscode.ExtensionContext;
    const log = new Log();
    const registries = new Registries(context, log);
    try {
      await configure([{ name: "closed", kind: "helm", url: `${url}/private` }]);
      assert.deepEqual(
        (await registries.read()).map(({ name, isPrivate, charts }) => [name, isPrivate, charts]),
        [["closed", false, []]],
      );
      const [settings] = await registries.settings();
      assert.ok(settings);
      await registries.setCredentials(settings, { kind: "basic", username: "ana", password: "secret" });
      assert.deepEqual(
        registries.known.map(({ isPrivate, charts }) => [isPrivate, charts.map(({ name }) => name)]),
        [[true, ["palette-test-chart"]]],
      );
      version = "1.11.0";
      assert.equal(await registries.refresh(), true);
      assert.equal(registries.known[0]?.charts[0]?.versions[0]?.version, "1.11.0");
      await registries.setCredentials(settings, undefined);
      assert.equal(secrets.size, 0);
      assert.deepEqual(registries.known[0]?.charts, []);
    } finally {
      registries.dispose();
      log.dispose();
    }
  });
});
