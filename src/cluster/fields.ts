import { TAINT_EFFECTS, UPDATE_STRATEGIES } from "./model.ts";

/** One field of a cluster request. */
export interface FieldShape {
  readonly kind: "text" | "number" | "boolean" | "map" | "list" | "object";
  /** What it means, for whoever points at it. */
  readonly doc?: string;
  /** The fields of an object, or of each item of a list. */
  readonly fields?: Readonly<Record<string, FieldShape>>;
  /** What one item of a list is called. */
  readonly item?: string;
  /** What may be written there, or in each item of a list. */
  readonly values?: readonly string[];
  /** What is often written there; anything else may be, too. */
  readonly suggestions?: readonly string[];
  /** Palette has it; clusters are made without it today. */
  readonly unused?: boolean;
}

const text = (doc: string): FieldShape => ({ kind: "text", doc });
const number = (doc: string): FieldShape => ({ kind: "number", doc });
const boolean = (doc: string): FieldShape => ({ kind: "boolean", doc });
const map = (doc: string): FieldShape => ({ kind: "map", doc });
const oneOf = (values: readonly string[], doc: string): FieldShape => ({ kind: "text", values, doc });
const object = (doc: string, fields: Readonly<Record<string, FieldShape>>): FieldShape => ({
  kind: "object",
  doc,
  fields,
});
const list = (item: string, doc: string, fields: Readonly<Record<string, FieldShape>>): FieldShape => ({
  kind: "list",
  item,
  doc,
  fields,
});
const unused = (kind: FieldShape["kind"]): FieldShape => ({ kind, unused: true });

/** Processors that pools can have, as images of containers name them. */
export const ARCHITECTURES = ["amd64", "arm64"] as const;

/** Palette's `v1MachinePoolConfigEntity` (palette.md 4 and Appendix D). */
const POOL_CONFIG: Readonly<Record<string, FieldShape>> = {
  name: text("Name of the pool. Names of its machines begin with the cluster's name and it."),
  isControlPlane: boolean("Whether the control plane runs on these machines. One pool has it."),
  size: number("Number of machines: 1, 3 or 5 for the control plane, 0 or more for workers."),
  minSize: number("Fewest machines, where an autoscaler layer decides the number. Goes with `maxSize`."),
  maxSize: number("Most machines, where an autoscaler layer decides the number. Goes with `minSize`."),
  additionalLabels: map("Labels of the nodes."),
  taints: list("taint", "Taints of the nodes: pods that do not tolerate them stay away.", {
    key: text("Key of the taint, for example `dedicated`."),
    value: text("Value of the taint."),
    effect: oneOf(TAINT_EFFECTS, "What happens to pods that do not tolerate it."),
    timeAdded: unused("text"),
  }),
  updateStrategy: object("How machines are replaced when the pool changes.", {
    type: oneOf(
      UPDATE_STRATEGIES,
      "`RollingUpdateScaleOut` adds a machine first, `RollingUpdateScaleIn` removes one first, `OverrideScaling` takes the two numbers below.",
    ),
    maxSurge: text("Machines above the size while replacing, a number or a share. With `OverrideScaling`."),
    maxUnavailable: text(
      "Machines below the size while replacing, a number or a share. With `OverrideScaling`.",
    ),
  }),
  useControlPlaneAsWorker: boolean("Control plane only: workloads may run there as well."),
  machinePoolProperties: object("Properties of the machines.", {
    archType: oneOf(ARCHITECTURES, "Architecture of the machines; `amd64` if absent."),
  }),
  // Palette repeats there what isControlPlane says; it is read over.
  labels: { kind: "list" },
  additionalAnnotations: unused("map"),
  additionalTags: unused("map"),
  nodeRepaveInterval: unused("number"),
  overrideKubeadmConfiguration: unused("text"),
  skipK8sUpgrade: unused("text"),
};

/** The whole file but for what stands in a `cloudConfig`: Palette's create-cluster entity, names in place of uids (design.md, Flow decisions). */
export const REQUEST_SHAPE: FieldShape = object("A cluster request.", {
  apiVersion: text("Version of this format."),
  kind: text("Always `ClusterRequest`."),
  metadata: object("Name and labels of the cluster.", {
    name: text("Name of the cluster, unique on the management cluster. It cannot change later."),
    namespace: text("Namespace on the management cluster, Palette's project; `default` if absent."),
    labels: map("Labels of the Cluster object."),
    annotations: map("Annotations of the Cluster object."),
  }),
  spec: object("What to create.", {
    cloudType: text("The cloud. The profile must be for it."),
    cloudAccount: text("Name of a cloud account on the management cluster, or `KIND/NAME`."),
    cloudConfig: map("Settings of the cloud for the whole cluster."),
    profiles: list("profile", "The profile that the cluster is made from.", {
      file: text("A profile file, relative to this one."),
      name: text("Name of a published profile."),
      version: text("Version of the published profile."),
      variables: list("variable", "Values of the profile's variables for this cluster.", {
        name: text("Name of the variable."),
        value: text("Its value. A masked variable has `valueFrom` instead."),
        valueFrom: object("Where the value comes from.", {
          secretKeyRef: object("A key of a Secret in the cluster's namespace.", {
            name: text("Name of the Secret."),
            key: text("Key in the Secret."),
          }),
          env: text("An environment variable that the command line reads."),
        }),
      }),
      packValues: list("layer", "Values of layers for this cluster only.", {
        name: text("Name of the layer."),
        values: text("YAML that takes the place of the layer's values."),
        tag: unused("text"),
        type: unused("text"),
        manifests: unused("list"),
      }),
    }),
    machinePools: list("machine pool", "Groups of machines that are alike.", {
      poolConfig: object("What every cloud knows of a pool.", POOL_CONFIG),
      cloudConfig: map("Settings of the cloud for the machines of this pool."),
    }),
    clusterConfig: unused("map"),
    clusterTemplate: unused("map"),
    clusterType: unused("text"),
    policies: unused("map"),
  }),
});
