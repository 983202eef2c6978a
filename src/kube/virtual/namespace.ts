import { VIRTUAL_CLUSTER } from "../../cluster/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { virtualName } from "../../virtual/index.ts";
import { NAMESPACE } from "../kinds.ts";
import type { CallOptions, ClusterRef, ManagementCluster } from "../management.ts";
import { type UntilOptions, until } from "../until.ts";

/** On the namespace of a host: whose virtual cluster lives in it, as the management cluster names it. */
const OWNER = "virtual.palette-onboarding/owner";

/**
 * Makes the namespace of a virtual cluster on its host, so that whoever deletes it knows whose it is. Throws
 * `AlreadyExists` where another one has it.
 */
export async function makeNamespace(
  host: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions,
): Promise<void> {
  const name = virtualName(ref.name);
  const found = await host.get({ ...NAMESPACE, name }, options);
  if (found !== undefined && !isOwn(found, ref)) {
    throw new PaletteError("AlreadyExists", `Namespace ${name} exists on host ${host.name}`, {
      next: "Choose another name for the virtual cluster.",
    });
  }
  await host.apply(
    {
      ...NAMESPACE,
      metadata: {
        name,
        labels: { [VIRTUAL_CLUSTER]: ref.name },
        annotations: { [OWNER]: ownerOf(ref) },
      },
    },
    options,
  );
}

/** Deletes the namespace of a virtual cluster with everything in it and waits until it is gone; another's stays. */
export async function removeNamespace(
  host: ManagementCluster,
  ref: ClusterRef,
  options: UntilOptions,
): Promise<void> {
  const key = { ...NAMESPACE, name: virtualName(ref.name) };
  const found = await host.get(key, options);
  if (found === undefined || !isOwn(found, ref)) {
    return;
  }
  await host.delete(key, { signal: options.signal, uid: found.metadata.uid });
  await until(
    async () => (await host.get(key, options)) === undefined,
    options,
    (seconds) =>
      new PaletteError("Refused", `Namespace ${key.name} on ${host.name} is not gone after ${seconds} s`, {
        next: "Look at what is in it, and at the finalizers of that.",
      }),
  );
}

function isOwn({ metadata }: KubeObject, ref: ClusterRef): boolean {
  return metadata.annotations?.[OWNER] === ownerOf(ref);
}

function ownerOf({ namespace, name }: ClusterRef): string {
  return `${namespace}/${name}`;
}
