import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CLUSTER, KUBEADM_CONTROL_PLANE, MACHINE } from "../../../src/kube/kinds.ts";
import type {
  KindRef,
  ManagementCluster,
  WatchHandlers,
  WatchOptions,
} from "../../../src/kube/management.ts";
import { listClusters, watchUntil } from "../../../src/kube/wait.ts";
import { PaletteError } from "../../../src/shared/errors.ts";
import { StubManagement } from "./stub.ts";

const REF = { namespace: "team", name: "web" };
const KINDS = [CLUSTER, KUBEADM_CONTROL_PLANE, MACHINE];

/** A management cluster whose watches do what `answer` says. */
function watched(answer: (kind: KindRef, options: WatchOptions, handlers: WatchHandlers) => void): {
  readonly management: ManagementCluster;
  /** How many watches are open. */
  open(): number;
} {
  let open = 0;
  const management = {
    watch: (kind: KindRef, options: WatchOptions, handlers: WatchHandlers) => {
      open++;
      setImmediate(() => answer(kind, options, handlers));
      return { dispose: () => open-- };
    },
  } as unknown as ManagementCluster;
  return { management, open: () => open };
}

describe("waiting for a cluster", () => {
  it("needs no kind but the Cluster: a control plane may be of another provider", async () => {
    const { management, open } = watched((kind, { optional }, { onObjects, onLost }) => {
      if (kind === KUBEADM_CONTROL_PLANE && optional !== true) {
        onLost(new PaletteError("Prerequisite", "no such kind"), 500);
      } else {
        onObjects([]);
      }
    });
    assert.equal(await watchUntil(management, REF, KINDS, undefined, () => "gone"), "gone");
    assert.equal(open(), 0);
  });

  it("ends where the user may not look, and waits a lost connection out", async () => {
    const { management, open } = watched((kind, _, { onObjects, onLost }) => {
      onLost(new PaletteError("Unreachable", "gone for a moment"), 500);
      if (kind === MACHINE) {
        onLost(new PaletteError("Forbidden", "may not list machines"), 500);
      } else {
        onObjects([]);
      }
    });
    await assert.rejects(
      watchUntil(management, REF, KINDS, undefined, () => "gone"),
      { code: "Forbidden" },
    );
    assert.equal(open(), 0);
  });
});

describe("listing clusters", () => {
  it("needs no kind but Cluster", async () => {
    const stub = new StubManagement();
    await assert.rejects(listClusters(stub), { code: "Prerequisite" });
    stub.served.push([CLUSTER.apiVersion, CLUSTER.kind, "clusters"]);
    stub.objects = [
      { ...CLUSTER, metadata: { ...REF, uid: "1", creationTimestamp: "2026-11-24T11:00:00Z" } },
    ];
    assert.deepEqual(
      (await listClusters(stub)).map(({ name }) => name),
      ["web"],
    );
  });
});
