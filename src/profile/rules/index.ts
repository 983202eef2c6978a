import { profileTypeIsKnown } from "./p01-type.ts";
import { mandatoryLayers } from "./p02-mandatory-layers.ts";
import { infrastructureOnly } from "./p03-infrastructure-only.ts";
import { addOnsOnly } from "./p04-add-ons-only.ts";
import { oneCloud } from "./p05-cloud.ts";
import { strictVersion } from "./p06-version.ts";
import { nameIsUsable } from "./p07-name.ts";
import { packsAreWhole } from "./p08-packs.ts";
import { packsAreResolvable } from "./p09-registry.ts";
import { tagsArePinned } from "./p10-train.ts";
import { valuesAreYaml } from "./p11-values.ts";
import { namespacesAreNames } from "./p12-namespace.ts";
import { priorityIsInteger } from "./p13-priority.ts";
import { namespacesAreApart } from "./p14-shared-namespace.ts";
import { variablesAreDefined } from "./p15-variables.ts";
import { variablesAreSound } from "./p16-variable-definitions.ts";
import { macrosAreKnown } from "./p17-macros.ts";
import { manifestsAreObjects } from "./p18-manifests.ts";
import { packsFitTheCloud } from "./p19-clouds-of-packs.ts";
import { packsFitTogether } from "./p20-constraints.ts";
import { rangesAreApart } from "./p22-cidr.ts";
import { packsAreMaintained } from "./p23-retired.ts";
import { manifestsHaveKnownFields } from "./p24-manifest-fields.ts";
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
  packsAreResolvable,
  tagsArePinned,
  valuesAreYaml,
  namespacesAreNames,
  priorityIsInteger,
  namespacesAreApart,
  variablesAreDefined,
  variablesAreSound,
  macrosAreKnown,
  manifestsAreObjects,
  packsFitTheCloud,
  packsFitTogether,
  rangesAreApart,
  packsAreMaintained,
  manifestsHaveKnownFields,
];
