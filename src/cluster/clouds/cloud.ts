import type { Profile } from "../../profile/model.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { ClusterRequest } from "../model.ts";

/** What objects are made from; everything that needs judging is judged before. */
export interface CloudInput {
  readonly request: ClusterRequest;
  readonly profile: Profile;
  readonly kubernetes: KubernetesSettings;
  readonly metadata: SharedMetadata;
}

/** What the Kubernetes layer says about the cluster. */
export interface KubernetesSettings {
  /** Without the leading v. */
  readonly version: string;
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly serviceDomain: string;
}

/** Labels and annotations of every object of the cluster. */
export interface SharedMetadata {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A cloud that clusters are made on: its description, and one pure function to its objects. */
export interface Cloud {
  /** `spec.cloudType` of a request. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** Only for trying things out on the local management cluster. */
  readonly onlyOnSandbox: boolean;
  /** What to know before, one sentence each. */
  readonly notes: readonly string[];
  /** The Cluster first, then what it refers to, each object once and in the same order for the same input. */
  render(input: CloudInput): KubeObject[];
}
