import { PROFILE, PROFILE_VERSION } from "../../cluster/index.ts";
import { attachedProfiles, attachmentLabel, withdrawingObjects } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { CallOptions, ClusterRef, ManagementCluster, TaskOptions } from "../management.ts";
import { forgetLogins } from "./logins.ts";
import { layerProfiles } from "./objects.ts";
import { forgetOwnValues } from "./ownValues.ts";
import { layerTarget } from "./target.ts";
import { begunRemovals, handOver, withdraw } from "./withdraw.ts";

/**
 * The profiles that can be taken off a cluster, as labels write their names and versions; those whose removal was
 * stopped too. Throws as `layerTarget`.
 */
export async function detachableProfiles(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions = {},
): Promise<{ readonly name: string; readonly version: string }[]> {
  const { labels = {} } = (await layerTarget(management, ref, options)).object.metadata;
  const begun = await begunRemovals(management, ref, options);
  const leaving = new Map(
    begun.map(({ metadata }) => [metadata.labels?.[PROFILE] ?? "", metadata.labels?.[PROFILE_VERSION] ?? ""]),
  );
  return [
    ...attachedProfiles(labels).filter(({ name }) => name !== labels[PROFILE] && !leaving.has(name)),
    ...[...leaving].map(([name, version]) => ({ name, version })),
  ];
}

export interface DetachInput {
  /** Name of the profile. */
  readonly profile: string;
  /** Whether its software is removed. Else it stays as it is, and nobody looks after it any more. */
  readonly removeSoftware: boolean;
}

/**
 * Takes an add-on profile off a cluster. Ends when its software is removed, where that is wanted, else when Sveltos has
 * let go of it; a removal that is stopped before goes on when it is called again. Throws `NotFound` where the cluster
 * does not carry it, `Refused` where the cluster was made from it, `Prerequisite`, and what reading and writing throw.
 */
export async function detachProfile(
  management: ManagementCluster,
  ref: ClusterRef,
  { profile, removeSoftware }: DetachInput,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const found = await layerTarget(management, ref, { signal });
  const { labels = {} } = found.object.metadata;
  const [key, slugOfVersion] = attachmentLabel({ name: profile, version: labels[keyOf(profile)] ?? "" });
  const begun = (await begunRemovals(management, ref, { signal })).filter(
    ({ metadata }) => metadata.labels?.[PROFILE] === attachmentName(key),
  );
  if (labels[key] === undefined && begun.length === 0) {
    const others = attachedProfiles(labels).map((each) => each.name);
    throw new PaletteError("NotFound", `Profile ${profile} is not on cluster ${ref.name}`, {
      next: others.length === 0 ? "It carries none." : `It carries ${others.join(", ")}.`,
    });
  }
  if (labels[PROFILE] === attachmentName(key)) {
    throw new PaletteError("Refused", `Cluster ${ref.name} was made from profile ${profile}`, {
      next: "It goes with the cluster only.",
    });
  }
  const unlabel = async (): Promise<void> => {
    await management.patch(found.target, { metadata: { labels: { [key]: null } } }, { signal });
  };
  const leaving =
    labels[key] === undefined
      ? []
      : await layerProfiles(management, ref.namespace, { name: profile, version: slugOfVersion }, signal);
  if (removeSoftware) {
    const made = withdrawingObjects(leaving, found.target);
    const names = new Set(made.map(({ metadata }) => metadata.name));
    const copies = [...made, ...begun.filter(({ metadata }) => !names.has(metadata.name))];
    await withdraw(management, copies, unlabel, { onProgress, signal });
  } else {
    await unlabel();
    onProgress?.({ step: "Letting go of the software", done: 0, total: 1 });
    // Until then Sveltos would put the shared values in place of the cluster's own.
    await handOver(management, ref, leaving, { signal });
  }
  await forgetOwnValues(management, found, profile, {}, signal);
  await forgetLogins(management, ref.namespace, { signal });
}

function keyOf(profile: string): string {
  return attachmentLabel({ name: profile, version: "" })[0];
}

/** The name in an attachment label, as it stands in the label of the profile that a cluster is made from. */
function attachmentName(key: string): string | undefined {
  return attachedProfiles({ [key]: "" })[0]?.name;
}
