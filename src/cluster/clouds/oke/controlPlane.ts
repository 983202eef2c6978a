import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { identityRef } from "../oci/accounts.ts";
import type { OkeConfig } from "./config.ts";
import { cniType, networkSpec } from "./network.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** OCIManagedCluster: compartment, account and network. */
export function managedClusterOf(input: CloudInput): KubeObject {
  const { request, kubernetes } = input;
  const config = configOf<OkeConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "OCIManagedCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      compartmentId: config.compartmentId,
      ...present({
        region: config.region,
        identityRef: identityRef(input),
        networkSpec: networkSpec(config, cniType(kubernetes)),
        freeformTags: config.freeformTags,
      }),
    },
  };
}

/** OCIManagedControlPlane; what the form leaves open may come from the Kubernetes layer's values. */
export function controlPlane(input: CloudInput): KubeObject {
  const { request, kubernetes, profile } = input;
  const config = configOf<OkeConfig>(request.cloudConfig);
  const spec = {
    version: `v${kubernetes.version}`,
    clusterPodNetworkOptions: [{ cniType: cniType(kubernetes) }],
    ...present({
      clusterType: config.clusterType,
      clusterOptions: present({
        openIdConnectDiscovery: present({
          isOpenIdConnectDiscoveryEnabled: config.isOpenIdConnectDiscoveryEnabled,
        }),
      }),
      addons: (config.addons ?? []).map(({ name, version, configurations = {} }) => ({
        name,
        ...present({
          version,
          configurations: Object.entries(configurations).map(([key, value]) => ({ key, value })),
        }),
      })),
      kmsKeyId: config.kmsKeyId,
    }),
  };
  return {
    apiVersion: API_VERSION,
    kind: "OCIManagedControlPlane",
    metadata: objectMetadata(input, request.name),
    spec: withDefaults(spec, managedValues(profile).controlPlane),
  };
}
