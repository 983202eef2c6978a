import { isBeingWritten, isUnfinished, REQUEST, UNFINISHED } from "../../cluster/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { CreationPlan } from "./plan.ts";

/** What a create meets under its name. */
export type NameState =
  | { readonly kind: "free" }
  /** An unfinished creation of the same request: it can go on. */
  | { readonly kind: "resume"; readonly cluster: KubeObject }
  /** An unfinished creation of another request that nobody goes on with: it must be removed. */
  | { readonly kind: "leftovers"; readonly cluster: KubeObject }
  /** The same request was written to its end before. */
  | { readonly kind: "done"; readonly cluster: KubeObject };

/**
 * Looks whether the name of a plan can be used, over the whole management cluster, since providers tag cloud
 * resources by it. Throws `AlreadyExists` where it is taken.
 */
export async function findName(
  management: ManagementCluster,
  { cluster, hash }: CreationPlan,
  options: CallOptions,
): Promise<NameState> {
  const { name, namespace } = cluster;
  const all = await clustersNamed(management, name, namespace, options);
  const elsewhere = all.find((each) => each.metadata.namespace !== namespace);
  if (elsewhere !== undefined) {
    throw taken(name, elsewhere, "Choose another name.");
  }
  const [found] = all;
  if (found === undefined) {
    return { kind: "free" };
  }
  if (!isUnfinished(found)) {
    if (found.metadata.deletionTimestamp !== undefined) {
      throw taken(name, found, "It is being deleted. Wait until it is gone.");
    }
    if (found.metadata.annotations?.[REQUEST] === hash) {
      return { kind: "done", cluster: found };
    }
    throw taken(name, found, "Choose another name.");
  }
  if (found.metadata.annotations?.[UNFINISHED] === hash && found.metadata.deletionTimestamp === undefined) {
    return { kind: "resume", cluster: found };
  }
  if (isBeingWritten(found, management.now()) && found.metadata.deletionTimestamp === undefined) {
    throw new PaletteError(
      "AlreadyExists",
      `Cluster ${name} is being created in ${namespace} from another request, or that was stopped a moment ago`,
      { next: "Try again in a minute, or choose another name." },
    );
  }
  return { kind: "leftovers", cluster: found };
}

/** All clusters of a name; those of one namespace where no more may be seen. */
async function clustersNamed(
  management: ManagementCluster,
  name: string,
  namespace: string,
  options: CallOptions,
): Promise<KubeObject[]> {
  const fieldSelector = `metadata.name=${name}`;
  try {
    return await management.list(CLUSTER, { ...options, fieldSelector });
  } catch (error) {
    if (!isPaletteError(error, "Forbidden")) {
      throw error;
    }
    return management.list(CLUSTER, { ...options, namespace, fieldSelector });
  }
}

function taken(name: string, cluster: KubeObject, next: string): PaletteError {
  return new PaletteError("AlreadyExists", `Cluster ${name} exists in ${cluster.metadata.namespace ?? ""}`, {
    next,
  });
}
