import type { KubeObject } from "../../shared/kubernetes.ts";
import type { NewAccount } from "./cloud.ts";

/** Tells secrets that are accounts of a cloud from all others: kind Secret alone says nothing. */
export function accountLabels(cloud: string): Readonly<Record<string, string>> {
  return { "palette-onboarding/cloud-account": cloud };
}

/** The secret of an account. `clusterctl move` takes it along by its label (engines.md 3.3). */
export function accountSecret(
  { name, namespace }: Pick<NewAccount, "name" | "namespace">,
  stringData: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { "clusterctl.cluster.x-k8s.io/move": "true", ...labels } },
    type: "Opaque",
    stringData,
  };
}
