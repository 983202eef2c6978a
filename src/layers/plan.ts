import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { attachmentLabel } from "./labels.ts";
import type { LayerProblem, PlannedLayer } from "./model.ts";
import { layerObjects } from "./objects.ts";
import { installGroups } from "./order.ts";
import { sizeProblems } from "./problems.ts";
import { type LayerSources, planInstalled } from "./source.ts";

/** What a profile version puts on every cluster that carries its label. */
export interface LayerPlan {
  /** In the order of installation; layers of one group together. */
  readonly groups: readonly (readonly PlannedLayer[])[];
  /** Written once for all clusters of this version. */
  readonly objects: readonly KubeObject[];
  /** The label that puts it on a cluster. */
  readonly label: readonly [key: string, value: string];
  /** Addresses of the registries whose credentials its charts are read with. */
  readonly logins: readonly string[];
  /** Why it cannot be; the objects are complete only where there is none. */
  readonly problems: readonly LayerProblem[];
}

/**
 * Plans the layers of a profile version; the same input gives the same plan. `profileText` is the document that
 * `profile` was read from. Give the profile with the defaults of its variables filled in (`effectiveProfile`).
 */
export function planLayers(
  profile: Profile,
  sources: LayerSources,
  { namespace, profileText }: { readonly namespace: string; readonly profileText: string },
): LayerPlan {
  const { layers, problems } = planInstalled(profile, sources);
  const groups = installGroups(layers);
  const objects = layerObjects(profile, groups, namespace, profileText);
  return {
    groups,
    objects,
    label: attachmentLabel(profile),
    logins: [...new Set(layers.flatMap(({ charts }) => charts.flatMap(({ login }) => login ?? [])))],
    problems: [...problems, ...sizeProblems(objects)],
  };
}
