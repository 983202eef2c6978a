import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import type { ConnectionState } from "../../src/app/connection/connection.ts";
import { cancelled } from "../../src/app/errors.ts";
import { Log } from "../../src/app/log.ts";
import { formOf } from "../../src/app/panels/importCluster/form.ts";
import { ImportPanel, type PanelParts } from "../../src/app/panels/importCluster/panel.ts";
import { ImportSession, type Item } from "../../src/app/panels/importCluster/session.ts";
import type { ManagementCluster } from "../../src/kube/index.ts";
import { isPaletteError, PaletteError } from "../../src/shared/errors.ts";
import { FACTS } from "../unit/imports/facts.ts";
import { eventually, extension, writeFile } from "./support.ts";

/** Clusters that are gone: nobody listens there. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: gone, cluster: { server: "https://127.0.0.1:1" } }]
users: [{ name: gone, user: { token: none } }]
contexts:
  - { name: shop-eu, context: { cluster: gone, user: gone } }
  - { name: shop-us, context: { cluster: gone, user: gone } }
`;

/** A connection that is what a test says, and the parts of a panel that has it. */
class StubConnection {
  readonly changed = new vscode.EventEmitter<ConnectionState>();
  readonly onDidChange = this.changed.event;
  get: () => Promise<ManagementCluster> = async () => management("mgmt-eu");
  get choice() {
    return { path: "/nowhere", context: "mgmt" };
  }

  get parts(): PanelParts {
    return {
      connection: this,
      context: { extensionUri: extension().extensionUri, globalState: { get: () => [] } },
      log: new Log(),
    } as unknown as PanelParts;
  }
}

const clusters = new Map<string, ManagementCluster>();

/** The management cluster of a name, which is one and the same each time. */
function management(name: string): ManagementCluster {
  const cluster = clusters.get(name) ?? ({ name, close: () => {} } as unknown as ManagementCluster);
  clusters.set(name, cluster);
  return cluster;
}

function connected(name: string): ConnectionState {
  return {
    kind: "connected",
    choice: { path: "/nowhere", context: name },
    cluster: management(name),
  };
}

describe("importing a cluster in a panel", () => {
  const before = process.env.KUBECONFIG;
  let connection: StubConnection;

  beforeEach(async () => {
    process.env.KUBECONFIG = (await writeFile("import-kubeconfig", KUBECONFIG)).fsPath;
    connection = new StubConnection();
  });
  afterEach(() => {
    process.env.KUBECONFIG = before;
    if (before === undefined) {
      delete process.env.KUBECONFIG;
    }
    connection.changed.dispose();
  });

  /** A session whose one context was looked at from mgmt-eu, and may be imported. */
  async function ready(): Promise<{ session: ImportSession; item: Item }> {
    const session = new ImportSession(connection.parts, () => {});
    await session.load();
    const item = session.items.find(({ place }) => place.context === "shop-eu");
    assert.ok(item);
    await session.choose(item.id, true);
    Object.assign(item, { facts: FACTS, error: undefined });
    assert.ok(session.isReady(item));
    return { session, item };
  }

  it("looks at everything anew from another management cluster", async () => {
    const { session, item } = await ready();
    connection.get = async () => management("mgmt-us");
    const looking = session.follow(connected("mgmt-us"));
    assert.equal(session.managementName, "mgmt-us");
    assert.equal(item.facts, undefined);
    await looking;
    assert.ok(isPaletteError(item.error, "Unreachable"), "it was not looked at");
    session.dispose();
  });

  it("says why nothing is known while another management cluster is not reached", async () => {
    const { session, item } = await ready();
    const error = new PaletteError("Unreachable", "mgmt-us does not answer");
    const choice = { path: "/nowhere", context: "mgmt-us" };
    await session.follow({ kind: "unreachable", choice, error });
    assert.equal(session.managementName, "mgmt-us");
    assert.equal(session.isReady(item), false);
    assert.equal(formOf(session, undefined).status.text, "mgmt-us does not answer.");
    session.dispose();
  });

  it("refuses to write to another management cluster than it looked from", async () => {
    const { session, item } = await ready();
    connection.get = async () => management("mgmt-us");
    await session.import();
    assert.ok(item.outcome?.kind === "undone" && isPaletteError(item.outcome.error, "Refused"));
    assert.match(item.outcome.error.message, /mgmt-us/);
    session.dispose();
  });

  it("runs one import at a time, which Stop reaches", async () => {
    const { session, item } = await ready();
    const second = session.items.find(({ place }) => place.context === "shop-us");
    assert.ok(second);
    session.allowSeveral(true);
    await session.choose(second.id, true);
    Object.assign(second, { facts: FACTS, error: undefined });
    const gate = Promise.withResolvers<ManagementCluster>();
    let runs = 0;
    connection.get = () => {
      runs++;
      return gate.promise;
    };
    const both = Promise.all([session.import(), session.import()]);
    session.stop();
    gate.resolve(management("mgmt-eu"));
    await both;
    assert.equal(runs, 1);
    assert.equal(item.outcome?.kind, "undone");
    assert.equal(second.outcome, undefined);
    session.dispose();
  });

  it("gives what could not be undone to whoever may tell it once its page is closed", async () => {
    const { session } = await ready();
    const gate = Promise.withResolvers<ManagementCluster>();
    connection.get = () => gate.promise;
    const importing = session.import();
    session.dispose();
    const error = new PaletteError("Cancelled", "The request was cancelled", { next: "Remove Secret x." });
    gate.reject(error);
    await assert.rejects(importing, error);
  });

  it("goes on to say why an import failed when the cluster is checked again", async () => {
    const { session } = await ready();
    connection.get = async () => {
      throw new PaletteError("Unreachable", "mgmt-eu does not answer");
    };
    await session.import();
    connection.get = async () => management("mgmt-eu");
    await session.check(false);
    assert.deepEqual(formOf(session, undefined).notice, {
      tone: "error",
      title: "shop-eu was not imported",
      lines: ["mgmt-eu does not answer."],
    });
    session.dispose();
  });
});

describe("the panel of Import Cluster", () => {
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ label }) => label === "Import Cluster");

  it("is one, whatever is pressed while the management cluster is being connected", async () => {
    const connection = new StubConnection();
    const gate = Promise.withResolvers<ManagementCluster>();
    connection.get = () => gate.promise;
    const panel = new ImportPanel(connection.parts);
    const both = Promise.all([panel.show(), panel.show()]);
    // Its page is of no matter here, and would read the kubeconfig files of this machine.
    let asked = 0;
    connection.get = async () => {
      asked++;
      throw cancelled();
    };
    gate.resolve(management("mgmt-eu"));
    await both;
    const [tab] = await eventually("the panel", () => (tabs().length > 0 ? tabs() : undefined));
    assert.ok(tab);
    const before = asked;
    connection.changed.fire(connected("mgmt-us"));
    assert.equal(asked, before + 1, "it does not follow the connection");
    // One that comes back with the window is not needed any more.
    const restored = vscode.window.createWebviewPanel("palette.importCluster", "Import Cluster", {
      viewColumn: vscode.ViewColumn.Active,
      preserveFocus: true,
    });
    const gone = new Promise<void>((resolve) => restored.onDidDispose(resolve));
    panel.restore(restored);
    await gone;
    await eventually("one panel", () => tabs().length === 1);
    await vscode.window.tabGroups.close(tabs());
    panel.dispose();
    connection.changed.dispose();
  });
});
