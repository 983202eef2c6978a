import { managedCluster } from "../../machines/managed.ts";
import { objectMetadata } from "../../machines/objects.ts";
import { AWS_IDENTITIES } from "../aws/accounts.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFields } from "../fields.ts";
import { check } from "./check.ts";
import { controlPlane, eksVersion, fargateProfiles } from "./controlPlane.ts";
import fields from "./fields.json" with { type: "json" };
import { image, managedPool } from "./pools.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Amazon's Kubernetes service by Cluster API Provider AWS (engines.md Appendix A, eks.yaml). */
export const cloud: Cloud = {
  id: "eks",
  title: "Amazon EKS",
  fields: cloudFields(fields),
  provider: {
    name: "aws",
    title: "Cluster API Provider AWS",
    version: "2.11.1",
    kinds: [
      { apiVersion: API_VERSION, kind: "AWSManagedCluster" },
      { apiVersion: "controlplane.cluster.x-k8s.io/v1beta2", kind: "AWSManagedControlPlane" },
      { apiVersion: API_VERSION, kind: "AWSManagedMachinePool" },
      { apiVersion: API_VERSION, kind: "AWSFargateProfile" },
    ],
  },
  identities: AWS_IDENTITIES,
  distributions: ["managed"],
  brings: ["cni-aws-vpc-eks"],
  notes: [
    "The IAM roles of clusterawsadm must exist in the account.",
    "EKS runs the control plane; machine pools are managed node groups.",
  ],
  image,
  check,
  render: (input) =>
    managedCluster(input, {
      cluster: {
        apiVersion: API_VERSION,
        kind: "AWSManagedCluster",
        metadata: objectMetadata(input, input.request.name),
        spec: {},
      },
      controlPlane: controlPlane(input),
      others: fargateProfiles(input),
      machinePool: (pool) => [managedPool(input, pool)],
      // Cluster API wants a whole version of machine pools; the provider reads the minor of it.
      version: `${eksVersion(input.kubernetes.version)}.0`,
    }),
};
