import { conditionOf, isTrue } from "../conditions.ts";
import type { KnownCause } from "./cause.ts";

/** The management cluster does not reach the API server of the cluster. */
export const endpointUnreachable: KnownCause = {
  id: "endpoint-unreachable",
  ofCreation: true,
  find({ cluster, errors }) {
    const probe = conditionOf(cluster, "RemoteConnectionProbe");
    if (probe === undefined || probe.status === "True" || !isTrue(cluster, "ControlPlaneInitialized")) {
      return undefined;
    }
    // A machine that is broken explains an API server that does not answer; the other way round it does not.
    if (errors.some(({ object }) => object.kind !== "Cluster" && object.kind !== "KubeadmControlPlane")) {
      return undefined;
    }
    const { host, port } =
      (cluster.spec as { controlPlaneEndpoint?: { host?: string; port?: number } } | undefined)
        ?.controlPlaneEndpoint ?? {};
    const where = host === undefined ? "its address" : `${host}:${port ?? 6443}`;
    const last = /last succeeded at (\S+)/.exec(probe.message)?.[1];
    return {
      headline: `The management cluster does not reach the API server at ${where}`,
      health: "bad",
      cause: { object: cluster, condition: probe, message: probe.message },
      ...(last === undefined || last.startsWith("0001") ? {} : { since: last }),
      todo: [
        {
          text: `Check that ${where} answers from the management cluster's network: firewall, proxy, DNS, peering.`,
        },
        { text: "Check that control plane machines run and that the load balancer sends to them." },
      ],
    };
  },
};
