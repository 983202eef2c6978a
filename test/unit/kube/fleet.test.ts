import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { type Fleet, type ManagementCluster, watchFleet } from "../../../src/kube/index.ts";
import type { KindRef, WatchHandlers, WatchOptions } from "../../../src/kube/management.ts";
import { PaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const CAPI = "cluster.x-k8s.io/v1beta2";
const inTeam = (kind: string, name: string, more: object = {}): KubeObject => ({
  apiVersion: CAPI,
  kind,
  metadata: { name, namespace: "team", labels: { "cluster.x-k8s.io/cluster-name": "web" } },
  ...more,
});

/** A management cluster whose watches the test answers. */
function followed(): {
  readonly handlers: ReadonlyMap<string, WatchHandlers>;
  /** Namespaces that are followed, by kind. */
  readonly namespaces: ReadonlyMap<string, string | undefined>;
  readonly optional: ReadonlySet<string>;
  readonly fleets: readonly Fleet[];
  dispose(): void;
} {
  const handlers = new Map<string, WatchHandlers>();
  const fleets: Fleet[] = [];
  const namespaces = new Map<string, string | undefined>();
  const optional = new Set<string>();
  const management = {
    namespace: "team",
    watch: (followed: KindRef, options: WatchOptions, given: WatchHandlers) => {
      const kind = followed.kind === "ConfigMap" ? `ConfigMap ${options.labelSelector}` : followed.kind;
      handlers.set(kind, given);
      namespaces.set(kind, options.namespace);
      if (options.optional === true) {
        optional.add(kind);
      }
      return {
        dispose: () => {
          if (handlers.get(kind) === given) {
            handlers.delete(kind);
          }
        },
      };
    },
    now: () => new Date("2026-01-01T00:00:00Z"),
  } as unknown as ManagementCluster;
  const watch = watchFleet(management, (fleet) => fleets.push(fleet));
  return { handlers, fleets, namespaces, optional, dispose: () => watch.dispose() };
}

describe("a followed fleet", () => {
  it("asks for machines once the clusters are there, and tells the clusters before machines come", (t) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    t.after(() => mock.timers.reset());
    const { handlers, fleets, dispose } = followed();
    assert.equal(handlers.has("Machine"), false);
    handlers.get("Cluster")?.onObjects([inTeam("Cluster", "web")]);
    assert.equal(handlers.has("Machine"), true);
    mock.timers.tick(1_000);
    assert.equal(fleets.length, 0, "pools are not known yet");
    for (const [kind, { onObjects }] of handlers) {
      if (kind !== "Cluster" && kind !== "Machine") {
        onObjects([]);
      }
    }
    mock.timers.tick(1_000);
    assert.equal(fleets.at(-1)?.connection.state, "live");
    assert.deepEqual(
      fleets.at(-1)?.clusters.map(({ name }) => name),
      ["web"],
    );
    const machine = inTeam("Machine", "web-1", { spec: { clusterName: "web", version: "v1.36.4" } });
    handlers.get("Machine")?.onObjects([machine]);
    mock.timers.tick(1_000);
    const machines = fleets.at(-1)?.clusters.flatMap(({ pools }) => pools.flatMap((pool) => pool.machines));
    assert.deepEqual(
      machines?.map(({ name }) => name),
      ["web-1"],
    );
    dispose();
    assert.equal(handlers.size, 0, "nothing is followed any more");
  });

  it("needs no kind but clusters: control planes may be of other providers, and Sveltos may come later", () => {
    const { optional, handlers, dispose } = followed();
    handlers.get("Cluster")?.onObjects([]);
    assert.deepEqual(
      [...handlers.keys()].filter((kind) => !optional.has(kind)),
      ["Cluster"],
    );
    assert.ok(handlers.has("SveltosCluster"));
    dispose();
  });

  it("follows the namespace of its context for who may not see all, and says so", (t) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    t.after(() => mock.timers.reset());
    const { handlers, namespaces, fleets, dispose } = followed();
    const forbidden = new PaletteError("Forbidden", "User ada may not list clusters in all namespaces");
    for (const { onLost } of [...handlers.values()]) {
      onLost(forbidden, 500);
    }
    for (const { onObjects } of [...handlers.values()]) {
      onObjects([]);
    }
    mock.timers.tick(1_000);
    assert.deepEqual(fleets.at(-1)?.connection, { state: "live", namespace: "team" });
    assert.equal(namespaces.get("Cluster"), "team");
    // Where that namespace is forbidden too, there is no other.
    handlers.get("Cluster")?.onLost(forbidden, 500);
    mock.timers.tick(1_000);
    assert.equal(fleets.at(-1)?.connection.state, "stale");
    dispose();
    assert.equal(handlers.size, 0, "nothing is followed any more");
  });

  it("stays with all namespaces where they were seen once", () => {
    const { handlers, namespaces, dispose } = followed();
    handlers.get("Cluster")?.onObjects([]);
    handlers.get("Cluster")?.onLost(new PaletteError("Forbidden", "not yet"), 500);
    assert.equal(namespaces.get("Cluster"), undefined);
    dispose();
  });

  it("asks for machines once, however often the clusters change", () => {
    const { handlers, dispose } = followed();
    handlers.get("Cluster")?.onObjects([]);
    const first = handlers.get("Machine");
    handlers.get("Cluster")?.onObjects([inTeam("Cluster", "web")]);
    assert.equal(handlers.get("Machine"), first);
    dispose();
  });
});
