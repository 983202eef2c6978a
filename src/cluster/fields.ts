/** One field of a cluster request. */
export interface FieldShape {
  readonly kind: "text" | "number" | "boolean" | "map" | "list" | "object";
  /** The fields of an object, or of each item of a list. */
  readonly fields?: Readonly<Record<string, FieldShape>>;
  /** What one item of a list is called. */
  readonly item?: string;
  /** Palette has it; clusters are made without it today. */
  readonly unused?: boolean;
}

const text: FieldShape = { kind: "text" };
const map: FieldShape = { kind: "map" };
const unused = (kind: FieldShape["kind"]): FieldShape => ({ kind, unused: true });

/** Palette's `v1MachinePoolConfigEntity` (palette.md 4 and Appendix D). */
const POOL_CONFIG: Readonly<Record<string, FieldShape>> = {
  name: text,
  isControlPlane: { kind: "boolean" },
  size: { kind: "number" },
  // Palette repeats there what isControlPlane says; it is read over.
  labels: { kind: "list" },
  additionalLabels: map,
  additionalAnnotations: unused("map"),
  additionalTags: unused("map"),
  machinePoolProperties: unused("map"),
  maxSize: unused("number"),
  minSize: unused("number"),
  nodeRepaveInterval: unused("number"),
  overrideKubeadmConfiguration: unused("text"),
  skipK8sUpgrade: unused("text"),
  taints: unused("list"),
  updateStrategy: unused("map"),
  useControlPlaneAsWorker: unused("boolean"),
};

/** The whole file: Palette's create-cluster entity, names in place of uids (design.md, Flow decisions). */
export const REQUEST_SHAPE: FieldShape = {
  kind: "object",
  fields: {
    apiVersion: text,
    kind: text,
    metadata: {
      kind: "object",
      fields: { name: text, namespace: text, labels: map, annotations: unused("map") },
    },
    spec: {
      kind: "object",
      fields: {
        cloudType: text,
        cloudAccount: unused("text"),
        cloudConfig: unused("map"),
        clusterConfig: unused("map"),
        clusterTemplate: unused("map"),
        clusterType: unused("text"),
        policies: unused("map"),
        profiles: {
          kind: "list",
          item: "profile",
          fields: {
            file: text,
            name: text,
            version: text,
            packValues: unused("list"),
            variables: unused("list"),
          },
        },
        machinePools: {
          kind: "list",
          item: "machine pool",
          fields: { poolConfig: { kind: "object", fields: POOL_CONFIG }, cloudConfig: unused("map") },
        },
      },
    },
  },
};
