import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { Connection, ConnectionState } from "../../src/app/connection/connection.ts";
import type { FleetWatch } from "../../src/app/connection/fleetWatch.ts";
import { Following } from "../../src/app/panels/clusterProgress/following.ts";
import type { ManagementCluster } from "../../src/kube/index.ts";
import type { KindRef, WatchHandlers } from "../../src/kube/management.ts";
import { eventually } from "./support.ts";

const REF = { namespace: "team", name: "prod" };

/** A management cluster with the cluster of that name, which counts what is watched. */
function withCluster(name: string): { readonly management: ManagementCluster; watches(): number } {
  let watches = 0;
  const management = {
    name,
    now: () => new Date("2026-11-24T12:00:00Z"),
    watch: ({ apiVersion, kind }: KindRef, _: object, { onObjects }: WatchHandlers) => {
      watches++;
      const metadata = { ...REF, uid: name, creationTimestamp: "2026-11-24T10:00:00Z" };
      setImmediate(() => onObjects(kind === "Cluster" ? [{ apiVersion, kind, metadata }] : []));
      return { dispose: () => watches-- };
    },
  } as unknown as ManagementCluster;
  return { management, watches: () => watches };
}

describe("following a cluster in its panel", () => {
  it("does not take a cluster of its name on another management cluster for it", async () => {
    const [ours, theirs] = [withCluster("ours"), withCluster("theirs")];
    const changed = new vscode.EventEmitter<ConnectionState>();
    const connected = ({ management }: typeof ours): ConnectionState => ({
      kind: "connected",
      choice: { path: "/nowhere", context: management.name },
      cluster: management,
    });
    let state = connected(ours);
    const connection = {
      get state() {
        return state;
      },
      onDidChange: changed.event,
    } as unknown as Connection;
    const fleet = { hold: () => ({ dispose: () => {} }) } as unknown as FleetWatch;
    let told = 0;
    const following = new Following(
      connection,
      fleet,
      REF,
      () => "choice" in state && state.choice.context === "ours",
      () => told++,
    );
    const seen = () => (following.state.kind === "seen" ? following.state.detail.management : undefined);
    try {
      await eventually("the cluster", seen);
      assert.equal(seen(), "ours");
      const before = told;
      state = connected(theirs);
      changed.fire(state);
      assert.equal(ours.watches(), 0, "nobody follows what was left");
      assert.equal(theirs.watches(), 0, "that is another cluster");
      assert.equal(told, before + 1, "the page is drawn anew, without what to press");
      state = connected(ours);
      changed.fire(state);
      await eventually("the cluster again", () => ours.watches() > 0 && told > before + 1);
      assert.equal(seen(), "ours");
    } finally {
      following.dispose();
      changed.dispose();
    }
  });
});
