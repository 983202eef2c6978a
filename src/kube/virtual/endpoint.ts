import { PaletteError } from "../../shared/errors.ts";
import { mapOf } from "../../shared/records.ts";
import {
  hostSecretName,
  KUBECONFIG_KEY,
  UNTOLD_SERVER,
  type VirtualClusterRequest,
  virtualName,
} from "../../virtual/index.ts";
import { withServer } from "../../virtual/kubeconfig.ts";
import { NODE, POD, SECRET, SERVICE } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";

interface Address {
  readonly ip?: string;
  readonly hostname?: string;
}

/**
 * The kubeconfig of a virtual cluster as the management cluster can use it, from the Secret that vCluster writes on the
 * host; `undefined` while the Secret or the address is not there yet. vCluster names its own pod where nobody told it
 * an address, and then the host's Service says where it is reached. Throws `Prerequisite` for a ClusterIP without one.
 */
export async function virtualKubeconfigOn(
  host: ManagementCluster,
  { name, endpoint }: Pick<VirtualClusterRequest, "name" | "endpoint">,
  options: CallOptions,
): Promise<string | undefined> {
  const namespace = virtualName(name);
  const secret = await host.get({ ...SECRET, namespace, name: hostSecretName(name) }, options);
  const value = mapOf(secret?.data)[KUBECONFIG_KEY];
  if (typeof value !== "string") {
    return undefined;
  }
  const text = Buffer.from(value, "base64").toString("utf8");
  if (!text.includes(UNTOLD_SERVER)) {
    return text;
  }
  const server = endpoint.server ?? (await addressOn(host, name, options));
  return server === undefined ? undefined : withServer(text, server);
}

async function addressOn(
  host: ManagementCluster,
  name: string,
  options: CallOptions,
): Promise<string | undefined> {
  const namespace = virtualName(name);
  const service = await host.get({ ...SERVICE, namespace, name }, options);
  const spec = mapOf(service?.spec) as {
    readonly type?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly nodePort?: number }[];
  };
  const port = spec.ports?.find((each) => each.name === "https") ?? spec.ports?.[0];
  if (port === undefined) {
    return undefined;
  }
  if (spec.type === "LoadBalancer") {
    const balancer = mapOf(mapOf(service?.status).loadBalancer) as { readonly ingress?: readonly Address[] };
    const [first] = balancer.ingress ?? [];
    const address = first?.hostname ?? first?.ip;
    return address === undefined ? undefined : serverAt(address, port.port);
  }
  if (spec.type === "NodePort") {
    const address = await nodeAddress(host, name, options);
    return address === undefined || port.nodePort === undefined
      ? undefined
      : serverAt(address, port.nodePort);
  }
  throw new PaletteError(
    "Prerequisite",
    `Virtual cluster ${name} is reached from inside of host ${host.name} only`,
    {
      next: "Give the address that the management cluster reaches it at, or choose another type of endpoint.",
    },
  );
}

/** The address of the node that the control plane runs on: only that one stands in its certificate. */
async function nodeAddress(
  host: ManagementCluster,
  name: string,
  options: CallOptions,
): Promise<string | undefined> {
  const pods = await host.list(POD, {
    ...options,
    namespace: virtualName(name),
    labelSelector: controlPlaneSelector(name),
  });
  const nodes = new Set(pods.map(({ spec }) => mapOf(spec).nodeName));
  const [node] = (await host.list(NODE, options)).filter(({ metadata }) => nodes.has(metadata.name));
  const addresses = (mapOf(node?.status).addresses ?? []) as readonly { type: string; address: string }[];
  return addresses.find(({ type }) => type === "InternalIP")?.address;
}

function serverAt(address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === 443 ? `https://${host}` : `https://${host}:${port}`;
}

/** What the pods of a virtual cluster's control plane carry, by vCluster's chart. */
export function controlPlaneSelector(name: string): string {
  return `app=vcluster,release=${name}`;
}
