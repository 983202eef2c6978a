import type { Layer, Profile } from "../../profile/model.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { KubernetesSettings } from "../kubernetes.ts";
import type { ClusterRequest } from "../model.ts";
import type { CloudFields, FieldSchema } from "./fields.ts";

/** What objects are made from; everything that needs judging is judged before. */
export interface CloudInput {
  readonly request: ClusterRequest;
  readonly profile: Profile;
  readonly kubernetes: KubernetesSettings;
  readonly metadata: SharedMetadata;
  /** The account of the request; absent where the cloud needs none or none is chosen. */
  readonly account: AccountRef | undefined;
  /** The operating system layer. */
  readonly os: Layer | undefined;
}

/** Labels and annotations of every object of the cluster. */
export interface SharedMetadata {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** How Kubernetes gets onto machines; `managed` is the cloud's own service. */
export type Distribution = "kubeadm" | "k3s" | "rke2" | "k0s" | "managed";

/** A kind that the management cluster must serve, for the environment check. */
export interface ApiKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The Cluster API provider of a cloud (engines.md 1.4 and 3). */
interface Provider {
  /** As `clusterctl init --infrastructure` knows it. */
  readonly name: string;
  readonly title: string;
  /** The version that the objects are made for, without a leading v. */
  readonly version: string;
  /** Infrastructure kinds that requests of this cloud can need. */
  readonly kinds: readonly ApiKind[];
}

/** An account as a request names it: `NAME` for the cloud's first kind of identity, `KIND/NAME` for others. */
export interface AccountRef {
  /** `kind` of an `Identity`. */
  readonly kind: string;
  readonly name: string;
}

/** One way to sign in to a cloud: an object of the management cluster, with its secret (engines.md 3.3). */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** For kind Secret: the labels that tell its accounts from other secrets. */
  readonly labels?: Readonly<Record<string, string>>;
  /** For example "Access key". */
  readonly title: string;
  /** What to ask for; secret fields carry `x-secret`. */
  readonly fields: FieldSchema;
  /** The objects to write, the secret first. */
  render(account: NewAccount): KubeObject[];
}

export interface NewAccount {
  readonly name: string;
  /** Namespace of the clusters that use it. */
  readonly namespace: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The machine image that a pool starts from, found by the provider's rule (engines.md 3.2). */
export interface ImageLookup {
  /** For example "AMI capa-ami-ubuntu-24.04-1.36.4-* of account 819546954734". */
  readonly text: string;
  /** True where the provider searches for it; false where the request names it. */
  readonly lookedUp: boolean;
}

/** Something that no single field can see, at the field that can solve it. */
export interface CloudProblem {
  /** From `spec`, for example `["machinePools", 1, "cloudConfig", "azs"]`. */
  readonly path: readonly (string | number)[];
  readonly severity: "error" | "warning";
  /** Whole sentences. */
  readonly message: string;
}

/** From and to, in seconds. */
type Seconds = readonly [from: number, to: number];

/** How long small clusters took where somebody has measured it. */
export interface UsualTimes {
  /** From the first object until the cluster can be used. */
  readonly usable: Seconds;
  /** By the ids of the steps of a creation (`StepId`); steps that are over at once are left out. */
  readonly steps: Readonly<Record<string, Seconds>>;
}

/** A cloud that clusters are made on: its description, and one pure function to its objects. */
export interface Cloud {
  /** `spec.cloudType` of a request; the cloud's folder has the same name. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** Only for trying things out on the local management cluster. */
  readonly onlyOnSandbox?: true;
  readonly fields: CloudFields;
  readonly provider: Provider;
  /** Kinds of accounts; empty where the provider itself is signed in or nothing is needed. */
  readonly identities: readonly Identity[];
  /** Kubernetes layers that it can take. */
  readonly distributions: readonly Distribution[];
  /** Pack of the cloud controller that self-managed clusters need; absent where there is none. */
  readonly cloudController?: string;
  /** Packs of networks and storage that the cloud's own service brings: nothing installs them. */
  readonly brings?: readonly string[];
  /** What to know before, one sentence each. */
  readonly notes: readonly string[];
  /** Absent where nobody has measured it. */
  readonly usual?: UsualTimes;
  /** Whether its objects open what the network layer sends between machines; absent where they never say. */
  opensPodNetwork?(request: ClusterRequest): boolean;
  /** How pools find their image; absent where machines have none. */
  image?(input: CloudInput): ImageLookup;
  /** What the fields cannot say by themselves; asked when the request has no other error. */
  check?(request: ClusterRequest): CloudProblem[];
  /** The Cluster first, then what it refers to, each object once and in the same order for the same input. */
  render(input: CloudInput): KubeObject[];
}
