import { TAINT_EFFECTS, UPDATE_STRATEGIES } from "./model.ts";

/** One field of a cluster request. */
export interface FieldShape {
  readonly kind: "text" | "number" | "boolean" | "map" | "list" | "object";
  /** The fields of an object, or of each item of a list. */
  readonly fields?: Readonly<Record<string, FieldShape>>;
  /** What one item of a list is called. */
  readonly item?: string;
  /** What may be written there. */
  readonly values?: readonly string[];
  /** Palette has it; clusters are made without it today. */
  readonly unused?: boolean;
}

const text: FieldShape = { kind: "text" };
const number: FieldShape = { kind: "number" };
const boolean: FieldShape = { kind: "boolean" };
const map: FieldShape = { kind: "map" };
const oneOf = (values: readonly string[]): FieldShape => ({ kind: "text", values });
const object = (fields: Readonly<Record<string, FieldShape>>): FieldShape => ({ kind: "object", fields });
const list = (item: string, fields: Readonly<Record<string, FieldShape>>): FieldShape => ({
  kind: "list",
  item,
  fields,
});
const unused = (kind: FieldShape["kind"]): FieldShape => ({ kind, unused: true });

export const ARCHITECTURES = ["amd64", "arm64"] as const;

/** Palette's `v1MachinePoolConfigEntity` (palette.md 4 and Appendix D). */
const POOL_CONFIG: Readonly<Record<string, FieldShape>> = {
  name: text,
  isControlPlane: boolean,
  size: number,
  minSize: number,
  maxSize: number,
  additionalLabels: map,
  taints: list("taint", { key: text, value: text, effect: oneOf(TAINT_EFFECTS), timeAdded: unused("text") }),
  updateStrategy: object({ type: oneOf(UPDATE_STRATEGIES), maxSurge: text, maxUnavailable: text }),
  useControlPlaneAsWorker: boolean,
  machinePoolProperties: object({ archType: oneOf(ARCHITECTURES) }),
  // Palette repeats there what isControlPlane says; it is read over.
  labels: { kind: "list" },
  additionalAnnotations: unused("map"),
  additionalTags: unused("map"),
  nodeRepaveInterval: unused("number"),
  overrideKubeadmConfiguration: unused("text"),
  skipK8sUpgrade: unused("text"),
};

/**
 * The whole file: Palette's create-cluster entity, names in place of uids (design.md, Flow decisions). What stands in
 * a `cloudConfig` is the cloud's own business (`fields.json` of its folder).
 */
export const REQUEST_SHAPE: FieldShape = object({
  apiVersion: text,
  kind: text,
  metadata: object({ name: text, namespace: text, labels: map, annotations: map }),
  spec: object({
    cloudType: text,
    cloudAccount: text,
    cloudConfig: map,
    profiles: list("profile", {
      file: text,
      name: text,
      version: text,
      variables: list("variable", {
        name: text,
        value: text,
        valueFrom: object({ secretKeyRef: object({ name: text, key: text }), env: text }),
      }),
      packValues: list("layer", {
        name: text,
        values: text,
        tag: unused("text"),
        type: unused("text"),
        manifests: unused("list"),
      }),
    }),
    machinePools: list("machine pool", { poolConfig: object(POOL_CONFIG), cloudConfig: map }),
    clusterConfig: unused("map"),
    clusterTemplate: unused("map"),
    clusterType: unused("text"),
    policies: unused("map"),
  }),
});
