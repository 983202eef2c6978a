/** How the API server of a virtual cluster is reached from outside of its host. */
export const ENDPOINT_TYPES = ["LoadBalancer", "Ingress", "NodePort", "ClusterIP"] as const;
export type EndpointType = (typeof ENDPOINT_TYPES)[number];

/** What a virtual cluster may use of its host; storage is that of its volumes. */
export interface VirtualResources {
  /** In cores. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly storageGiB: number;
}

/** A virtual cluster as a user asks for it. */
export interface VirtualClusterRequest {
  readonly name: string;
  /** On the management cluster, where its host is: Palette's project. */
  readonly namespace: string;
  readonly host: { readonly cluster: string } | { readonly group: string };
  /** `1.36` or `1.36.0`; absent for the one that the chart brings. */
  readonly kubernetesVersion?: string;
  readonly resources: VirtualResources;
  readonly endpoint: {
    readonly type: EndpointType;
    /** Address of its API server as the management cluster sees it; what the host says where it is absent. */
    readonly server?: string;
  };
  /** Own values of vCluster's chart, YAML; they yield to what this request says itself. */
  readonly values?: string;
  /** A mirror of the chart's repository, for management clusters that do not reach it. */
  readonly chartRepository?: string;
}

/** A cluster that virtual clusters may live on, as far as choosing it needs. */
export interface VirtualHost {
  readonly name: string;
  readonly namespace: string;
  /** Made by Cluster API, or known to Sveltos by a kubeconfig. */
  readonly kind: "Cluster" | "SveltosCluster";
  readonly labels: Readonly<Record<string, string>>;
  /** Why no virtual cluster can live on it, without a full stop; absent where one can. */
  readonly unfit?: string;
  /** What its nodes offer to pods; absent where it cannot be seen. No storage: nodes do not tell that of volumes. */
  readonly capacity?: Omit<VirtualResources, "storageGiB">;
  /** What its virtual clusters were given together. */
  readonly taken: VirtualResources;
}

/** Hosts chosen by labels, with limits for the virtual clusters on them (palette.md 6). */
export interface ClusterGroup {
  readonly name: string;
  readonly namespace: string;
  /** Labels that every host of it carries. */
  readonly hostLabels: Readonly<Record<string, string>>;
  /** The most that one virtual cluster may ask for. */
  readonly limits: VirtualResources;
  /** How much of a host's capacity may be given away, in percent. */
  readonly overSubscription: number;
  /** For requests that name no type. */
  readonly endpointType: EndpointType;
  /** Values of vCluster's chart for every virtual cluster of it, YAML. */
  readonly values?: string;
}

/** What is wrong with a request or a group. */
export interface VirtualProblem {
  /** Which of its fields, with dots: `resources.cpu`. */
  readonly field: string;
  /** A warning does not keep it from being made. */
  readonly severity: "error" | "warning";
  /** Without a full stop. */
  readonly message: string;
  readonly next: string;
}

/** What the management cluster knows that a request is judged by. */
export interface VirtualFacts {
  /** All of the request's namespace. */
  readonly hosts: readonly VirtualHost[];
  readonly groups: readonly ClusterGroup[];
  /** Names of all clusters of the namespace, virtual or not. */
  readonly taken: readonly string[];
}

/** Palette's own defaults (palette.md 6). */
export const DEFAULT_RESOURCES: VirtualResources = { cpu: 4, memoryMiB: 4096, storageGiB: 10 };
export const DEFAULT_LIMITS: VirtualResources = { cpu: 6, memoryMiB: 8192, storageGiB: 10 };
export const DEFAULT_OVERSUBSCRIPTION = 120;
export const DEFAULT_ENDPOINT: EndpointType = "LoadBalancer";

/** How a virtual cluster is. */
export type VirtualState = "waiting" | "running" | "paused" | "deleting";
