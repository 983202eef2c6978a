import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLUSTER,
  CLUSTER_SUMMARY,
  CONFIG_MAP,
  LAYER_PROFILE,
  SVELTOS_CLUSTER,
} from "../../../../src/kube/kinds.ts";
import { detachProfile } from "../../../../src/kube/layers/detach.ts";
import { ownLabels } from "../../../../src/kube/layers/ownValues.ts";
import type { KindRef, ListOptions, ObjectRef } from "../../../../src/kube/management.ts";
import { attachmentLabel, LAYER_LABEL } from "../../../../src/layers/index.ts";
import { ownValuesLabel } from "../../../../src/layers/labels.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { StubManagement } from "../stub.ts";

const NAMESPACE = "team";
const [ATTACHED, VERSION] = attachmentLabel({ name: "dns", version: "1.0.0" });
const OWN = ownValuesLabel("dns", "external-dns", "manifests");

/** Sveltos lets go of the cluster when its ClusterSummaries are looked at for the second time. */
class Management extends StubManagement {
  readonly done: string[] = [];
  #looks = 0;

  override async patch(ref: ObjectRef, patch?: object): Promise<KubeObject> {
    const { labels = {} } = (patch as { metadata: { labels?: object } }).metadata;
    this.done.push(`unlabel ${Object.keys(labels).join()}`);
    return { ...ref, metadata: ref };
  }

  override async list(kind: KindRef, options?: ListOptions): Promise<KubeObject[]> {
    if (kind.kind === CLUSTER_SUMMARY.kind) {
      this.#looks += 1;
      this.done.push(`look ${this.#looks}`);
      return this.#looks > 1 ? [] : super.list(kind, options);
    }
    return super.list(kind, options);
  }

  override async delete(ref: ObjectRef): Promise<boolean> {
    this.done.push(`delete ${ref.name}`);
    return super.delete(ref);
  }
}

test("software that is kept keeps the cluster's own values until Sveltos has let go of it", async () => {
  const management = new Management();
  for (const { apiVersion, kind } of [CLUSTER, SVELTOS_CLUSTER, LAYER_PROFILE, CLUSTER_SUMMARY]) {
    management.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  const layer = {
    name: "dns-1-0-0-external-dns",
    namespace: NAMESPACE,
    labels: { [LAYER_LABEL]: "external-dns" },
  };
  management.objects = [
    {
      ...SVELTOS_CLUSTER,
      metadata: { name: "shop", namespace: NAMESPACE, labels: { [ATTACHED]: VERSION, [OWN]: "dns-shop" } },
    },
    {
      ...LAYER_PROFILE,
      metadata: layer,
      spec: { clusterSelector: { matchLabels: { [ATTACHED]: VERSION } } },
    },
    {
      ...CLUSTER_SUMMARY,
      metadata: { name: "s", namespace: NAMESPACE, ownerReferences: [{ kind: "Profile", name: layer.name }] },
      spec: { clusterNamespace: NAMESPACE, clusterName: "shop" },
    },
    { ...CONFIG_MAP, metadata: { name: "dns-shop", namespace: NAMESPACE, labels: ownLabels("shop", "dns") } },
  ] as KubeObject[];
  await detachProfile(
    management,
    { namespace: NAMESPACE, name: "shop" },
    { profile: "dns", removeSoftware: false },
  );
  assert.deepEqual(management.done, [
    `unlabel ${ATTACHED}`,
    "look 1",
    "look 2",
    `unlabel ${OWN}`,
    "delete dns-shop",
  ]);
});
