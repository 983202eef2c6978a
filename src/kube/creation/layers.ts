import { catalog } from "../../catalog/index.ts";
import { cloudOf } from "../../cluster/index.ts";
import type { ClusterRequest } from "../../cluster/model.ts";
import { clusterLayers, type Registry } from "../../layers/index.ts";
import type { Profile } from "../../profile/model.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { hasLayers } from "../layers/list.ts";
import { type CallOptions, type ManagementCluster, refOf } from "../management.ts";
import type { SharedObject } from "./plan.ts";

/** What a creation writes for the layers of its cluster. */
export interface CreationLayers {
  readonly shared: readonly SharedObject[];
  readonly own: readonly KubeObject[];
  /** Labels of the Cluster. */
  readonly labels: Readonly<Record<string, string>>;
  /** One sentence each. */
  readonly warnings: readonly string[];
}

interface Input {
  readonly request: ClusterRequest;
  readonly profile: Profile;
  readonly profileText: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly registries: readonly Registry[];
}

const NONE: CreationLayers = { shared: [], own: [], labels: {}, warnings: [] };

/**
 * The layers of a new cluster as Sveltos' objects. Nothing where its machines are fake. Without Sveltos on the
 * management cluster nothing either, with a warning. Throws `InvalidDocument` where a layer would break the cluster.
 */
export async function creationLayers(
  management: ManagementCluster,
  { request, profile, profileText, secrets, registries }: Input,
  options: CallOptions,
): Promise<CreationLayers> {
  const cloud = cloudOf(request.cloudType);
  if (cloud === undefined || cloud.onlyOnSandbox === true) {
    return NONE;
  }
  if (!(await hasLayers(management, options))) {
    const warning = `Sveltos is not installed on ${management.name}, so no layer is put on the cluster. Its nodes are not ready before a network is.`;
    return { ...NONE, warnings: [warning] };
  }
  const plan = clusterLayers(
    {
      request,
      cloud,
      profile,
      profileText,
      secrets,
      today: management.now().toISOString().slice(0, 10),
    },
    { catalog, registries },
  );
  const [conflict] = plan.conflicts;
  if (conflict !== undefined) {
    throw new PaletteError("InvalidDocument", conflict.message, { next: conflict.next });
  }
  const shared = await Promise.all(
    plan.shared.map(async (object) => ({
      object,
      exists: (await management.get(refOf(object), options)) !== undefined,
    })),
  );
  return {
    shared,
    own: plan.own,
    labels: plan.labels,
    warnings: plan.problems.map(
      ({ message, next }) => `${message}, so it is not put on the cluster. ${next}`,
    ),
  };
}
