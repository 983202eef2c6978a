import { bootstrapFailed } from "./bootstrapFailed.ts";
import { capacity } from "./capacity.ts";
import type { Facts, Finding, KnownCause } from "./cause.ts";
import { cloudControllerMissing } from "./cloudControllerMissing.ts";
import { credentials } from "./credentials.ts";
import { deletionBlocked } from "./deletionBlocked.ts";
import { endpointUnreachable } from "./endpointUnreachable.ts";
import { imageMissing } from "./imageMissing.ts";
import { networkMissing } from "./networkMissing.ts";
import { paused } from "./paused.ts";
import { providerMissing } from "./providerMissing.ts";
import { quota } from "./quota.ts";
import { refusedChange } from "./refusedChange.ts";

/** The known causes (engines.md 9), those that explain others first. */
const KNOWN: readonly KnownCause[] = [
  deletionBlocked,
  paused,
  providerMissing,
  quota,
  capacity,
  imageMissing,
  refusedChange,
  credentials,
  endpointUnreachable,
  networkMissing,
  cloudControllerMissing,
  bootstrapFailed,
];

/** The known cause that is the case, if one is. */
export function findKnown(facts: Facts): (Finding & { readonly id: string }) | undefined {
  const isDeleting = facts.cluster.metadata.deletionTimestamp !== undefined;
  for (const known of KNOWN.filter(({ ofCreation }) => !isDeleting || ofCreation !== true)) {
    const finding = known.find(facts);
    if (finding !== undefined) {
      return { ...finding, id: known.id };
    }
  }
  return undefined;
}
