import { managedCluster as cluster } from "../../machines/managed.ts";
import { objectMetadata } from "../../machines/objects.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFields } from "../fields.ts";
import { asoCredential } from "./accounts.ts";
import { check } from "./check.ts";
import { aksVersion, managedCluster, poolVersion } from "./controlPlane.ts";
import fields from "./fields.json" with { type: "json" };
import { image, machinePool } from "./pools.ts";
import { infrastructure } from "./resources.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Azure's Kubernetes service by Cluster API Provider Azure, with resources of Azure Service Operator inside. */
export const cloud: Cloud = {
  id: "aks",
  title: "Azure AKS",
  fields: cloudFields(fields),
  provider: {
    name: "azure",
    title: "Cluster API Provider Azure",
    version: "1.26.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "AzureASOManagedCluster" },
      { apiVersion: API_VERSION, kind: "AzureASOManagedControlPlane" },
      { apiVersion: API_VERSION, kind: "AzureASOManagedMachinePool" },
    ],
  },
  identities: [asoCredential],
  distributions: ["managed"],
  brings: ["cni-azure", "cni-kubenet", "csi-azure"],
  notes: [
    "The account's identity must be a contributor of the subscription.",
    "AKS runs the control plane; at least one machine pool is a system pool.",
  ],
  image,
  check,
  render: (input) =>
    cluster(input, {
      cluster: {
        apiVersion: API_VERSION,
        kind: "AzureASOManagedCluster",
        metadata: objectMetadata(input, input.request.name),
        spec: { resources: infrastructure(input) },
      },
      controlPlane: {
        apiVersion: API_VERSION,
        kind: "AzureASOManagedControlPlane",
        metadata: objectMetadata(input, input.request.name),
        spec: { version: aksVersion(input), resources: [managedCluster(input)] },
      },
      machinePool: (pool) => [machinePool(input, pool)],
      ...poolVersion(input),
    }),
};
