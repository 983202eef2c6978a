import type { Profile } from "../profile/model.ts";
import { TYPE_NOUNS } from "../profile/words.ts";
import { cloudOf, fitsCloud } from "./clouds/index.ts";
import type { FitProblem } from "./fit.ts";
import type { ClusterRequest } from "./model.ts";

/** An add-on profile that a new cluster gets, beside the one it is made from. */
export interface AddOn {
  readonly profile: Profile;
  readonly profileText: string;
}

/**
 * Whether the add-on profiles of a request, in its order and without errors, go with it. Their variables have the
 * values of the profiles: others are given when one is attached to a cluster that is there.
 */
export function* checkAddOns(request: ClusterRequest, addOns: readonly Profile[]): Iterable<FitProblem> {
  const cloud = cloudOf(request.cloudType);
  for (const [i, { name, type, cloudType, variables }] of addOns.entries()) {
    const path = ["spec", "profiles", i + 1];
    const next = "Take another one, or none.";
    if (type !== "add-on") {
      yield {
        path,
        message: `Profile ${name} is ${TYPE_NOUNS[type]}, and only add-on profiles come beside the first one`,
        next,
      };
    } else if (cloudType !== "all" && cloud !== undefined && !fitsCloud(cloud, cloudType)) {
      yield {
        path,
        message: `Add-on profile ${name} is for ${cloudType}, and the cluster is to be made on ${request.cloudType}`,
        next,
      };
    }
    const missing = variables.filter((each) => each.required && each.defaultValue === undefined);
    if (missing.length > 0) {
      yield {
        path,
        message: `Add-on profile ${name} needs values of its own: ${missing.map((each) => each.displayName || each.name).join(", ")}`,
        next: "Attach it once the cluster is there, which asks for them.",
      };
    }
  }
}
