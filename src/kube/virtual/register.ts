import { VIRTUAL_CLUSTER, VIRTUAL_HOST } from "../../cluster/index.ts";
import { IMPORT_MODE, kubeconfigSecretName, SEEN_AT } from "../../imports/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { mapOf } from "../../shared/records.ts";
import { serverIn } from "../../virtual/kubeconfig.ts";
import { SECRET, SVELTOS_CLUSTER } from "../kinds.ts";
import type { ClusterRef, ManagementCluster, ObjectRef } from "../management.ts";
import { type UntilOptions, until } from "../until.ts";
import { virtualKubeconfigOn } from "./endpoint.ts";
import { type HostRef, withHost } from "./host.ts";
import type { VirtualRecord } from "./record.ts";

const KEY = "kubeconfig";

export function registrationRef({ namespace, name }: ClusterRef): ObjectRef {
  return { ...SVELTOS_CLUSTER, namespace, name };
}

export function registrationSecretRef({ namespace, name }: ClusterRef): ObjectRef {
  return { ...SECRET, namespace, name: kubeconfigSecretName(name) };
}

/**
 * Makes a virtual cluster known to Sveltos by the kubeconfig that vCluster wrote on the host, and waits until the
 * management cluster has connected to it. A kubeconfig that changes meanwhile is carried over. It counts as imported in
 * full mode, so everything that goes on imported clusters goes on it. Throws `Unreachable` with the engine's words.
 */
export async function register(
  management: ManagementCluster,
  host: HostRef,
  { request }: Pick<VirtualRecord, "request">,
  options: UntilOptions,
): Promise<void> {
  const { name, namespace } = request;
  const { signal } = options;
  let written: string | undefined;
  let trouble: string | undefined;
  await withHost(management, host, { signal }, (hostCluster) =>
    until(
      async () => {
        const text = await virtualKubeconfigOn(hostCluster, request, { signal });
        if (text === undefined) {
          return false;
        }
        if (text !== written) {
          for (const object of registration(request, host.name, text)) {
            await management.apply(object, { signal });
          }
          written = text;
        }
        const status = mapOf(
          (await management.get(registrationRef({ namespace, name }), { signal }))?.status,
        );
        trouble = typeof status.failureMessage === "string" ? status.failureMessage || undefined : undefined;
        return status.ready === true && status.connectionStatus === "Healthy" && trouble === undefined;
      },
      options,
      (seconds) =>
        new PaletteError(
          "Unreachable",
          written === undefined
            ? `vCluster gave no address and kubeconfig of ${name} on ${host.name} within ${seconds} s`
            : `${management.name} did not reach the API server of ${name} at ${serverIn(written)} within ${seconds} s`,
          {
            ...(trouble === undefined ? {} : { engine: trouble }),
            next:
              written === undefined
                ? `Look at the pods and the Service in namespace vcluster-${name} of ${host.name}.`
                : "Give an address that the management cluster can reach.",
          },
        ),
    ),
  );
}

function registration(
  { name, namespace }: VirtualRecord["request"],
  host: string,
  kubeconfig: string,
): KubeObject[] {
  const marks = { [IMPORT_MODE]: "full", [VIRTUAL_CLUSTER]: name, [VIRTUAL_HOST]: host };
  const server = serverIn(kubeconfig);
  return [
    {
      apiVersion: SECRET.apiVersion,
      kind: SECRET.kind,
      metadata: { name: kubeconfigSecretName(name), namespace, labels: marks },
      type: "Opaque",
      data: { [KEY]: Buffer.from(kubeconfig).toString("base64") },
    },
    {
      apiVersion: SVELTOS_CLUSTER.apiVersion,
      kind: SVELTOS_CLUSTER.kind,
      metadata: {
        name,
        namespace,
        labels: marks,
        annotations: server === undefined ? {} : { [SEEN_AT]: server },
      },
      spec: { kubeconfigName: kubeconfigSecretName(name), kubeconfigKeyName: KEY },
    },
  ];
}
