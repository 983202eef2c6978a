import { resolve } from "node:path";
import type { ContextInfo, ManagementCluster } from "../kube/index.ts";
import { describeError, PaletteError } from "../shared/errors.ts";
import type { CommandIo } from "./command.ts";
import { consent, type Management, type ManagementOptions, usualFiles } from "./management.ts";

/** Options that name the kubeconfig of clusters that are no management cluster. */
export const CLUSTER_KUBECONFIG = { "cluster-kubeconfig": { type: "string" } } as const;
export const CLUSTER_KUBECONFIG_USAGE = "[--cluster-kubeconfig FILE]";

/** A context and the file that has it. */
export interface Place extends ContextInfo {
  readonly path: string;
}

/**
 * All contexts of a file, or of those that kubectl would read. A file that cannot be read is said, and does not keep
 * from the others; the one that was named throws.
 */
export async function allContexts(
  kube: Management["kube"],
  file: string | undefined,
  io: CommandIo,
): Promise<Place[]> {
  if (file !== undefined) {
    const path = resolve(io.cwd, file);
    return (await kube.listContexts(path)).map((each) => ({ ...each, path }));
  }
  const lists = await Promise.all(
    (await usualFiles(io.env)).map(async (path): Promise<Place[]> => {
      try {
        return (await kube.listContexts(path)).map((each) => ({ ...each, path }));
      } catch (error) {
        io.err(describeError(error));
        return [];
      }
    }),
  );
  return lists.flat();
}

/** The place of a context. Throws `NotFound` with those that there are. */
export function placeOf(places: readonly Place[], context: string): Place {
  // The first file that has it wins, as kubectl has it.
  const found = places.find((each) => each.context === context);
  if (found === undefined) {
    throw new PaletteError("NotFound", `There is no context ${context}`, {
      next:
        places.length === 0
          ? "Name the file with --cluster-kubeconfig."
          : `There are ${places.map((each) => each.context).join(", ")}.`,
    });
  }
  return found;
}

/** Runs `work` with a connection to the cluster of a context. */
export async function withCluster<T>(
  { kube }: Management,
  place: Place,
  options: ManagementOptions,
  io: CommandIo,
  work: (cluster: ManagementCluster) => Promise<T>,
): Promise<T> {
  const cluster = await kube.connect(place, {
    signal: io.signal,
    allowExec: consent(place.context, options),
  });
  try {
    return await work(cluster);
  } finally {
    cluster.close();
  }
}
