import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { ImportedStatuses } from "../../../src/status/index.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

function cluster(status: object | undefined, mode = "read-only", deleted = false): KubeObject {
  return {
    apiVersion: "lib.projectsveltos.io/v1beta1",
    kind: "SveltosCluster",
    metadata: {
      name: "shop",
      namespace: "team",
      creationTimestamp: "2026-11-24T11:00:00Z",
      labels: { "palette-onboarding/import-mode": mode },
      annotations: {
        "palette-onboarding/token-until": "2026-11-25T11:00:00Z",
        "palette-onboarding/seen-at": "https://a",
      },
      ...(deleted ? { deletionTimestamp: "2026-11-24T11:59:00Z" } : {}),
    },
    spec: { tokenRequestRenewalOption: { tokenDuration: "24h0m0s" } },
    ...(status === undefined ? {} : { status }),
  };
}

const statusOf = (object: KubeObject, now = NOW) => new ImportedStatuses().update([object], now)[0];

describe("imported clusters", () => {
  const healthy = { ready: true, connectionStatus: "Healthy", version: "v1.36.4" };
  const cases: readonly [string, KubeObject, string, RegExp][] = [
    ["nobody looked yet", cluster(undefined), "busy", /^Connecting$/],
    ["connected", cluster(healthy), "good", /^Imported, read-only$/],
    ["connected in full", cluster(healthy, "full"), "good", /^Imported, full permission$/],
    [
      "one failure",
      cluster({ ...healthy, failureMessage: "i/o timeout" }),
      "attention",
      /^The last connection failed: i\/o timeout$/,
    ],
    [
      "down",
      cluster({ ready: true, connectionStatus: "Down", failureMessage: "refused" }),
      "bad",
      /^No connection: refused$/,
    ],
    ["being detached", cluster(healthy, "full", true), "busy", /^Being detached$/],
  ];
  for (const [what, object, health, headline] of cases) {
    test(what, () => {
      const status = statusOf(object);
      assert.equal(status?.health, health);
      assert.match(status?.headline ?? "", headline);
    });
  }

  test("down after its token ended says so", () => {
    const late = new Date("2026-11-25T12:00:00Z");
    const status = statusOf(cluster({ connectionStatus: "Down", failureMessage: "Unauthorized" }), late);
    assert.match(status?.headline ?? "", /token expired, re-authenticate: Unauthorized/);
  });

  test("shows version, mode and the end of the token that was renewed last", () => {
    const status = statusOf(cluster({ ...healthy, lastReconciledTokenRequestAt: "2026-11-24T11:30:00Z" }));
    assert.equal(status?.version, "1.36.4");
    assert.deepEqual(status?.imported, {
      mode: "read-only",
      tokenUntil: "2026-11-25T11:30:00.000Z",
      seenAt: "https://a",
    });
    assert.equal(statusOf(cluster(healthy))?.imported?.tokenUntil, "2026-11-25T11:00:00Z");
  });

  test("what somebody else registered is none of ours", () => {
    const { metadata, ...rest } = cluster(healthy);
    const other = { ...rest, metadata: { ...metadata, labels: {} } };
    assert.deepEqual(new ImportedStatuses().update([other], NOW), []);
  });

  test("a status that did not change is the same object; a failed layer is told", () => {
    const statuses = new ImportedStatuses();
    const object = cluster(healthy, "full");
    const [first] = statuses.update([object], NOW);
    assert.equal(statuses.update([object], NOW)[0], first);
    const failed = new Map([
      ["team/shop", [{ name: "kyverno", kind: "add-on", state: "failed", message: "bad values" } as const]],
    ]);
    const [second] = statuses.update([object], NOW, failed);
    assert.equal(second?.health, "attention");
    assert.equal(second?.headline, "Layer kyverno failed: bad values");
  });
});
