import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { credentialsRef } from "../gcp/accounts.ts";
import { networkSpec } from "../gcp/network.ts";
import { type GkeConfig, locationOf } from "./config.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** GCPManagedCluster: project, network and credentials. The provider wants the network named. */
export function managedClusterOf(input: CloudInput): KubeObject {
  const { request, account } = input;
  const config = configOf<GkeConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "GCPManagedCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      project: config.project,
      region: config.region,
      network: networkSpec(request.name, config),
      ...present({
        credentialsRef: credentialsRef(account, request.namespace),
        additionalLabels: config.additionalLabels,
      }),
    },
  };
}

/** GCPManagedControlPlane; what the form leaves open may come from the Kubernetes layer's values. */
export function controlPlane(input: CloudInput): KubeObject {
  const { request, kubernetes, profile } = input;
  const config = configOf<GkeConfig>(request.cloudConfig);
  const isAutopilot = config.managedClusterConfig?.enableAutoPilot === true;
  const spec = {
    project: config.project,
    location: locationOf(config),
    // Left out, the provider would make a name of namespace and cluster.
    clusterName: request.name,
    version: gkeVersion(kubernetes.version),
    ...present({
      enableAutopilot: config.managedClusterConfig?.enableAutoPilot,
      // The webhook wants one with Autopilot.
      releaseChannel: config.releaseChannel ?? (isAutopilot ? "regular" : undefined),
      clusterNetwork: clusterNetwork(config),
      master_authorized_networks_config: authorizedNetworks(config),
      clusterSecurity: present({
        workloadIdentityConfig:
          config.workloadIdentity === true ? { workloadPool: `${config.project}.svc.id.goog` } : undefined,
        authenticatorGroupConfig:
          config.googleGroup === undefined ? undefined : { securityGroups: config.googleGroup },
      }),
      enableIdentityService: config.enableIdentityService,
      binaryAuthorization: config.binaryAuthorization,
      // The webhook takes neither with Autopilot.
      ...(isAutopilot
        ? {}
        : { loggingService: config.loggingService, monitoringService: config.monitoringService }),
      description: config.description,
    }),
  };
  return {
    apiVersion: API_VERSION,
    kind: "GCPManagedControlPlane",
    metadata: objectMetadata(input, poolName(request.name, "control-plane")),
    spec: withDefaults(spec, managedValues(profile).controlPlane),
  };
}

/** GKE takes a minor version and picks the patch release (engines.md 8). */
export function gkeVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Ranges of one's own need alias addresses turned on; GKE picks ranges otherwise. */
function clusterNetwork({ podCidr, serviceCidr, privateCluster = {} }: GkeConfig): object {
  const ranges = podCidr !== undefined || serviceCidr !== undefined;
  return present({
    useIPAliases: ranges ? true : undefined,
    pod: podCidr === undefined ? undefined : { cidrBlock: podCidr },
    service: serviceCidr === undefined ? undefined : { cidrBlock: serviceCidr },
    privateCluster: { ...privateCluster },
  });
}

function authorizedNetworks({ authorizedNetworks: ranges = [] }: GkeConfig): object | undefined {
  return ranges.length === 0
    ? undefined
    : {
        cidr_blocks: ranges.map(({ cidrBlock, displayName }) => ({
          cidr_block: cidrBlock,
          ...present({ display_name: displayName }),
        })),
      };
}
