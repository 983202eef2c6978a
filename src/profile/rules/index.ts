import { profileTypeIsKnown } from "./p01-type.ts";
import { mandatoryLayers } from "./p02-mandatory-layers.ts";
import { infrastructureOnly } from "./p03-infrastructure-only.ts";
import { addOnsOnly } from "./p04-add-ons-only.ts";
import { oneCloud } from "./p05-cloud.ts";
import { strictVersion } from "./p06-version.ts";
import { nameIsUsable } from "./p07-name.ts";
import { packsAreWhole } from "./p08-packs.ts";
import type { Rule } from "./rule.ts";

/** Every rule, in the order of their codes. A new rule is a module and a row here. */
export const RULES: readonly Rule[] = [
  profileTypeIsKnown,
  mandatoryLayers,
  infrastructureOnly,
  addOnsOnly,
  oneCloud,
  strictVersion,
  nameIsUsable,
  packsAreWhole,
];
