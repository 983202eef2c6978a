import type { KubeObject } from "../../../shared/kubernetes.ts";
import { machineCluster } from "../../machines/index.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { Cloud, CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { identityRef, USER_PRINCIPAL } from "./accounts.ts";
import { checkOci } from "./check.ts";
import type { OciConfig, OciPool } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { ociMachineTemplate } from "./machines.ts";
import { networkSpec } from "./network.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Clusters of Oracle Cloud instances (engines.md 3 and Appendix A, oci.yaml). */
export const cloud: Cloud = {
  id: "oci",
  title: "Oracle Cloud",
  fields: cloudFields(fields),
  provider: {
    name: "oci",
    title: "Cluster API Provider OCI",
    version: "0.24.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "OCICluster" },
      { apiVersion: API_VERSION, kind: "OCIMachineTemplate" },
    ],
  },
  identities: [USER_PRINCIPAL],
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "oci-cloud-controller-manager",
  notes: [
    "The machine image must be in the region: make it with image-builder for the Kubernetes version first.",
    "Without an account the provider signs in with its own credentials.",
  ],
  opensPodNetwork: () => true,
  image,
  check: checkOci,
  render: (input) =>
    machineCluster(input, {
      cluster: ociCluster(input),
      machineTemplate: (pool) => ociMachineTemplate(input, pool),
      // The cloud controller finds instances by their OCIDs (engines.md 3).
      node: () => ({ providerId: 'oci://{{ ds["id"] }}', externalCloudProvider: true }),
      zones: (pool) => configOf<OciPool>(pool.cloudConfig).azs ?? [],
    }),
};

function ociCluster(input: CloudInput): KubeObject {
  const { request, kubernetes } = input;
  const config = configOf<OciConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "OCICluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      compartmentId: config.compartmentId,
      ...present({
        region: config.region,
        identityRef: identityRef(input),
        networkSpec: networkSpec(config, kubernetes),
        freeformTags: config.freeformTags,
      }),
    },
  };
}

/** The request names images; pools can name their own. */
function image({ request }: CloudInput): ImageLookup {
  const { imageId } = configOf<OciConfig>(request.cloudConfig);
  const ids = request.machinePools.map(
    ({ cloudConfig }) => configOf<OciPool>(cloudConfig).imageId ?? imageId,
  );
  return { text: [...new Set(ids)].map((id) => `image ${id}`).join(", "), lookedUp: false };
}
