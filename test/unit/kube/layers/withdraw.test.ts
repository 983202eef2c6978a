import assert from "node:assert/strict";
import { test } from "node:test";
import { CLUSTER_SUMMARY, LAYER_PROFILE } from "../../../../src/kube/kinds.ts";
import { withdraw } from "../../../../src/kube/layers/withdraw.ts";
import type { ObjectRef } from "../../../../src/kube/management.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { StubManagement } from "../stub.ts";

const NAMESPACE = "team";

/** As Sveltos: what an object owned goes once it is deleted; the object itself only when it is looked at once more. */
class Management extends StubManagement {
  readonly done: string[] = [];

  override async delete({ name }: ObjectRef): Promise<boolean> {
    this.done.push(`delete ${name}`);
    this.objects = this.objects.filter(
      ({ kind, metadata }) => kind !== CLUSTER_SUMMARY.kind || metadata.name !== `${name}-summary`,
    );
    return true;
  }

  override async patch(ref: ObjectRef): Promise<KubeObject> {
    this.done.push(`hasten ${ref.name}`);
    this.objects = this.objects.filter(({ metadata }) => metadata.name !== ref.name);
    return { ...ref, metadata: ref };
  }
}

test("copies go one after the other, as soon as what the one before owns is removed, and are gone at the end", async () => {
  const management = new Management();
  for (const { apiVersion, kind } of [LAYER_PROFILE, CLUSTER_SUMMARY]) {
    management.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  const copies = ["pool", "metallb"].map((name) => ({
    ...LAYER_PROFILE,
    metadata: { name, namespace: NAMESPACE },
  }));
  management.objects = copies.map(({ metadata: { name } }) => ({
    ...CLUSTER_SUMMARY,
    metadata: {
      name: `${name}-summary`,
      namespace: NAMESPACE,
      ownerReferences: [{ apiVersion: LAYER_PROFILE.apiVersion, kind: LAYER_PROFILE.kind, name, uid: name }],
    },
    status: { featureSummaries: [{ featureID: "Helm", status: "Provisioned" }] },
  }));
  await withdraw(management, copies, async () => void management.done.push("release"), {});
  assert.deepEqual(management.done, [
    "release",
    "delete pool",
    "delete metallb",
    "hasten pool",
    "hasten metallb",
  ]);
  assert.deepEqual(management.objects, []);
});

test("copies of a removal that was stopped are not written again, and those that go already are not waited for", async () => {
  const management = new Management();
  for (const { apiVersion, kind } of [LAYER_PROFILE, CLUSTER_SUMMARY]) {
    management.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  const copy = {
    ...LAYER_PROFILE,
    metadata: {
      name: "pool",
      namespace: NAMESPACE,
      uid: "1",
      resourceVersion: "7",
      deletionTimestamp: "2026-11-24T12:00:00Z",
    },
  };
  await withdraw(management, [copy], async () => void management.done.push("release"), {});
  assert.deepEqual(management.written, []);
  assert.deepEqual(management.done, ["release", "delete pool", "hasten pool"]);
});
