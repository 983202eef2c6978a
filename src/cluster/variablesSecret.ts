import type { KubeObject } from "../shared/kubernetes.ts";
import type { ClusterRequest } from "./model.ts";
import { joinName } from "./names.ts";

/** Name of the Secret that holds the masked variables of a cluster, one key each, called like the variable. */
export function variablesSecretName(cluster: string): string {
  return joinName([cluster, "variables"]);
}

/** The masked variables of a request, and where their values are. */
export interface MaskedVariable {
  readonly name: string;
  /** The cluster's own Secret, or another one of its namespace. */
  readonly secret: { readonly name: string; readonly key: string };
  /** The variable of the environment that the command line reads it from. */
  readonly env?: string;
}

/** The variables of a request that take their value from a Secret or from the environment, and where it is kept. */
export function maskedVariables({ name: cluster, profiles: [ref] }: ClusterRequest): MaskedVariable[] {
  return (ref?.variables ?? []).flatMap((variable): MaskedVariable[] => {
    if (!("valueFrom" in variable)) {
      return [];
    }
    const { name, valueFrom } = variable;
    return "env" in valueFrom
      ? [{ name, secret: { name: variablesSecretName(cluster), key: name }, env: valueFrom.env }]
      : [{ name, secret: valueFrom.secretKeyRef }];
  });
}

/**
 * The Secret of a cluster with the values of its masked variables, by their names; nothing where none is given. It
 * goes with the cluster, by `clusterctl move` too (engines.md 3.3).
 */
export function variablesSecret(
  request: ClusterRequest,
  values: Readonly<Record<string, string>>,
): KubeObject | undefined {
  const name = variablesSecretName(request.name);
  const own = maskedVariables(request).flatMap(({ name: variable, secret }) => {
    const value = values[variable];
    return secret.name === name && value !== undefined ? [[secret.key, value] as const] : [];
  });
  return own.length === 0
    ? undefined
    : {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name,
          namespace: request.namespace,
          labels: {
            "cluster.x-k8s.io/cluster-name": request.name,
            "clusterctl.cluster.x-k8s.io/move": "true",
          },
        },
        type: "Opaque",
        stringData: Object.fromEntries(own),
      };
}
