import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { Connection, ConnectionState } from "../../src/app/connection/connection.ts";
import { FleetWatch } from "../../src/app/connection/fleetWatch.ts";
import { ContextKeys } from "../../src/app/contextKeys.ts";
import { Log } from "../../src/app/log.ts";
import type { ManagementCluster } from "../../src/kube/index.ts";
import { PaletteError } from "../../src/shared/errors.ts";

const choice = { path: "/nowhere", context: "chosen" };

/** A management cluster without a single object. */
function empty(): ManagementCluster {
  const unused = () => assert.fail("not needed");
  return {
    name: "chosen",
    path: choice.path,
    namespace: "default",
    isSandbox: false,
    get: async () => undefined,
    list: async () => [],
    create: unused,
    apply: unused,
    patch: unused,
    delete: unused,
    watch: (_kind, _options, { onObjects }) => {
      setImmediate(() => onObjects([]));
      return { dispose: () => {} };
    },
    requestToken: unused,
    raw: async () => ({ groups: [], resources: [] }),
    now: () => new Date(),
    close: () => {},
  };
}

describe("the fleet that views follow", () => {
  it("is that of the management cluster that was chosen while another one was being connected", async () => {
    const changed = new vscode.EventEmitter<ConnectionState>();
    const earlier = Promise.withResolvers<ManagementCluster>();
    let state: ConnectionState = { kind: "connecting", choice };
    const connection = {
      get state() {
        return state;
      },
      get choice() {
        return choice;
      },
      onDidChange: changed.event,
      get: async () => (state.kind === "connected" ? state.cluster : earlier.promise),
    } as unknown as Connection;
    const fleet = new FleetWatch(connection, new ContextKeys(), new Log());
    try {
      const seen = fleet.first();
      state = { kind: "connected", choice, cluster: empty() };
      changed.fire(state);
      earlier.reject(new PaletteError("Cancelled", "Another management cluster was chosen meanwhile"));
      assert.deepEqual((await seen)?.clusters, []);
    } finally {
      fleet.dispose();
      changed.dispose();
    }
  });
});
