import { isRequest } from "./c01-kind.ts";
import { nameIsUsable } from "./c02-name.ts";
import { namespaceIsUsable } from "./c03-namespace.ts";
import { cloudIsKnown } from "./c04-cloud.ts";
import { oneProfile } from "./c05-profile.ts";
import { oneControlPlane } from "./c06-control-plane.ts";
import { controlPlaneIsOdd } from "./c07-control-plane-size.ts";
import { sizeIsACount } from "./c08-size.ts";
import { poolNamesAreUnique } from "./c09-pool-name.ts";
import { labelsAreValid } from "./c10-labels.ts";
import { taintsAreValid } from "./c14-taints.ts";
import { boundsHoldSize } from "./c15-autoscaling.ts";
import { strategyIsWhole } from "./c16-update-strategy.ts";
import { accountIsNamed } from "./c17-account.ts";
import { onlyControlPlanesDouble } from "./c18-worker-role.ts";
import { overridesAreNamed } from "./c19-overrides.ts";
import type { Rule } from "./rule.ts";

/** C11 and C12 come from the table of fields (shape.ts), C13 from the cloud (check-cloud.ts). */
export const RULES: readonly Rule[] = [
  isRequest,
  nameIsUsable,
  namespaceIsUsable,
  cloudIsKnown,
  oneProfile,
  oneControlPlane,
  controlPlaneIsOdd,
  sizeIsACount,
  poolNamesAreUnique,
  labelsAreValid,
  taintsAreValid,
  boundsHoldSize,
  strategyIsWhole,
  accountIsNamed,
  onlyControlPlanesDouble,
  overridesAreNamed,
];
