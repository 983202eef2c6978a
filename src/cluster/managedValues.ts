import type { Profile } from "../profile/model.ts";
import { type Fields, isMap, mapOf } from "../shared/records.ts";
import { kubernetesLayer } from "./kubernetes.ts";
import { layerValues } from "./layerValues.ts";

/** What the Kubernetes layer of a managed service asks for besides the request (palette.md 2.4). */
interface ManagedValues {
  /** Fields of the service's control plane. */
  readonly controlPlane: Fields;
  /** Fields that all pools share. */
  readonly machinePool: Fields;
}

/**
 * `managedControlPlane` and `managedMachinePool` of the Kubernetes layer. Palette's packs write the fields straight
 * below, the catalog's hints below `spec`. Values that are no YAML are the language's to report.
 */
export function managedValues(profile: Profile): ManagedValues {
  const values = layerValues(kubernetesLayer(profile));
  return { controlPlane: specIn(values.managedControlPlane), machinePool: specIn(values.managedMachinePool) };
}

/** One map over another, maps inside them as well; lists and other values are taken whole. */
export function withDefaults(fields: Fields, defaults: Fields): Fields {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [name, value] of Object.entries(fields)) {
    const other = merged[name];
    merged[name] = isMap(value) && isMap(other) ? withDefaults(value, other) : value;
  }
  return merged;
}

function specIn(block: unknown): Fields {
  const fields = mapOf(block);
  return isMap(fields.spec) ? fields.spec : fields;
}
