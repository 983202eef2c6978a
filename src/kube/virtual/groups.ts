import { PaletteError } from "../../shared/errors.ts";
import {
  type ClusterGroup,
  GROUP_LABEL,
  groupObject,
  groupProblems,
  readGroup,
} from "../../virtual/index.ts";
import { CONFIG_MAP } from "../kinds.ts";
import { type CallOptions, type ClusterRef, type ManagementCluster, refOf } from "../management.ts";
import { chartProblems } from "./chart.ts";

/** Writes a cluster group, a new one or a change of one. Throws `InvalidDocument` with what is wrong with it. */
export async function applyClusterGroup(
  management: ManagementCluster,
  group: ClusterGroup,
  options: CallOptions = {},
): Promise<void> {
  const [problem] = [...groupProblems(group), ...(await chartProblems(group.values))];
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  await management.apply(groupObject(group), options);
}

/** The cluster groups of a namespace, or of all, by name. */
export async function listClusterGroups(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<ClusterGroup[]> {
  const found = await management.list(CONFIG_MAP, { ...options, labelSelector: GROUP_LABEL });
  return found
    .flatMap((object) => readGroup(object) ?? [])
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** Deletes a cluster group. Virtual clusters whose hosts it chose stay. Throws `NotFound`. */
export async function deleteClusterGroup(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions = {},
): Promise<void> {
  const found = (await listClusterGroups(management, { ...options, namespace })).find(
    (group) => group.name === name,
  );
  if (found === undefined) {
    throw new PaletteError(
      "NotFound",
      `There is no cluster group ${name} in ${namespace} on ${management.name}`,
      { next: "palette group list lists all." },
    );
  }
  await management.delete(refOf(groupObject(found)), options);
}
