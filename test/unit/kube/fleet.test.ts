import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { type Fleet, type ManagementCluster, watchFleet } from "../../../src/kube/index.ts";
import type { WatchHandlers } from "../../../src/kube/management.ts";
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
  readonly fleets: readonly Fleet[];
  dispose(): void;
} {
  const handlers = new Map<string, WatchHandlers>();
  const fleets: Fleet[] = [];
  const management = {
    watch: ({ kind }: { kind: string }, _options: object, given: WatchHandlers) => {
      handlers.set(kind, given);
      return { dispose: () => handlers.delete(kind) };
    },
    now: () => new Date("2026-01-01T00:00:00Z"),
    raw: async () => ({ groups: [] }),
  } as unknown as ManagementCluster;
  const watch = watchFleet(management, (fleet) => fleets.push(fleet));
  return { handlers, fleets, dispose: () => watch.dispose() };
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

  it("asks for machines once, however often the clusters change", () => {
    const { handlers, dispose } = followed();
    handlers.get("Cluster")?.onObjects([]);
    const first = handlers.get("Machine");
    handlers.get("Cluster")?.onObjects([inTeam("Cluster", "web")]);
    assert.equal(handlers.get("Machine"), first);
    dispose();
  });
});
