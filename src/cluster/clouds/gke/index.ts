import { managedCluster } from "../../machines/managed.ts";
import type { Cloud, CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { SERVICE_ACCOUNT } from "../gcp/accounts.ts";
import { checkGke } from "./check.ts";
import type { GkePool } from "./config.ts";
import { controlPlane, gkeVersion, managedClusterOf } from "./controlPlane.ts";
import fields from "./fields.json" with { type: "json" };
import { managedPool } from "./pools.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Google's Kubernetes service (engines.md 3 and Appendix A, gke.yaml). */
export const cloud: Cloud = {
  id: "gke",
  title: "Google GKE",
  fields: cloudFields(fields),
  provider: {
    name: "gcp",
    title: "Cluster API Provider GCP",
    version: "1.12.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "GCPManagedCluster" },
      { apiVersion: API_VERSION, kind: "GCPManagedControlPlane" },
      { apiVersion: API_VERSION, kind: "GCPManagedMachinePool" },
    ],
  },
  identities: [SERVICE_ACCOUNT],
  distributions: ["managed"],
  brings: ["cni-vpc-native-gke", "gke-csi-gcp-driver"],
  notes: [
    "GKE runs the control plane; machine pools are its node pools.",
    "The provider must run with its GKE feature turned on.",
  ],
  image,
  check: checkGke,
  render: (input) =>
    managedCluster(input, {
      cluster: managedClusterOf(input),
      controlPlane: controlPlane(input),
      machinePool: (pool) => [managedPool(input, pool)],
    }),
};

/** Google picks the image that fits the version. */
function image({ request, kubernetes }: CloudInput): ImageLookup {
  const types = request.machinePools.map(
    ({ cloudConfig }) => configOf<GkePool>(cloudConfig).imageType ?? "cos_containerd",
  );
  const names = types.length === 0 ? ["cos_containerd"] : [...new Set(types)];
  return { text: `${names.join(", ")} of GKE ${gkeVersion(kubernetes.version)}`, lookedUp: true };
}
