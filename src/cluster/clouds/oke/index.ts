import { managedCluster } from "../../machines/managed.ts";
import type { Cloud, CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { USER_PRINCIPAL } from "../oci/accounts.ts";
import { checkOke } from "./check.ts";
import type { OkePool } from "./config.ts";
import { controlPlane, managedClusterOf } from "./controlPlane.ts";
import fields from "./fields.json" with { type: "json" };
import { managedPool } from "./pools.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Oracle's Kubernetes service (engines.md 3 and Appendix A, oke.yaml). */
export const cloud: Cloud = {
  id: "oke",
  title: "Oracle OKE",
  fields: cloudFields(fields),
  provider: {
    name: "oci",
    title: "Cluster API Provider OCI",
    version: "0.24.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "OCIManagedCluster" },
      { apiVersion: API_VERSION, kind: "OCIManagedControlPlane" },
      { apiVersion: API_VERSION, kind: "OCIManagedMachinePool" },
    ],
  },
  identities: [USER_PRINCIPAL],
  distributions: ["managed"],
  brings: ["cni-oci-vcn-native", "csi-oci"],
  notes: [
    "OKE runs the control plane; machine pools are its node pools.",
    "OKE takes only versions that it lists, so the Kubernetes layer must have one of them, whole.",
  ],
  image,
  check: checkOke,
  render: (input) =>
    managedCluster(input, {
      cluster: managedClusterOf(input),
      controlPlane: controlPlane(input),
      machinePool: (pool) => [managedPool(input, pool)],
      version: `v${input.kubernetes.version}`,
    }),
};

/** The provider takes Oracle's own image that fits version and shape, where a pool names none. */
function image({ request, kubernetes }: CloudInput): ImageLookup {
  const ids = request.machinePools.map(({ cloudConfig }) => configOf<OkePool>(cloudConfig).imageId);
  const texts = ids.map((id) =>
    id === undefined ? `Oracle's image of OKE ${kubernetes.version}` : `image ${id}`,
  );
  return { text: [...new Set(texts)].join(", "), lookedUp: ids.includes(undefined) };
}
