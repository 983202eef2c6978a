import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, poolName, present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import { identityRef } from "../aws/accounts.ts";
import { bastion } from "../aws/cluster.ts";
import { vpcNetwork } from "../aws/network.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { EksConfig, EksPool, FargateProfile } from "./config.ts";

/** AWSManagedControlPlane of a request; what the form leaves open may come from the Kubernetes layer's values. */
export function controlPlane(input: CloudInput): KubeObject {
  const { request, kubernetes, profile, account } = input;
  const config = configOf<EksConfig>(request.cloudConfig);
  const pools = request.machinePools.map((pool) => configOf<EksPool>(pool.cloudConfig));
  const subnets = [...(config.subnets ?? []), ...pools.flatMap((pool) => pool.subnets ?? [])];
  const zones = pools.flatMap((pool) => pool.azs ?? []);
  const { encryptionConfig: encryption, endpointAccess = {} } = config;
  const spec = {
    eksClusterName: request.name,
    region: config.region,
    version: eksVersion(kubernetes.version),
    // Left out, the provider would take a key named default.
    sshKeyName: config.sshKeyName ?? "",
    ...identityRef(account),
    ...present({
      network: vpcNetwork(request.name, { ...config, subnetIds: subnets.map(({ id }) => id), zones }),
    }),
    endpointAccess: {
      public: endpointAccess.public ?? true,
      private: endpointAccess.private ?? true,
      ...present({ publicCIDRs: endpointAccess.publicCIDRs }),
    },
    accessConfig: { authenticationMode: config.authenticationMode ?? "api_and_config_map" },
    associateOIDCProvider: config.associateOIDCProvider ?? true,
    ...networkSoftware(input),
    ...bastion(config),
    ...present({
      secondaryCidrBlock: config.secondaryCidrBlock,
      roleName: config.roleName,
      encryptionConfig:
        encryption?.isEnabled === true
          ? { provider: encryption.provider, resources: encryption.resources ?? ["secrets"] }
          : undefined,
      addons: config.addons?.map((addon) => ({ conflictResolution: "overwrite", ...addon })),
      logging: config.logging,
      upgradePolicy: config.upgradePolicy,
      additionalTags: config.additionalTags,
    }),
  };
  return {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "AWSManagedControlPlane",
    metadata: objectMetadata(input, poolName(request.name, "control-plane")),
    spec: withDefaults(spec, managedValues(profile).controlPlane),
  };
}

/** EKS knows minor versions only and picks the patch release (engines.md 8). */
export function eksVersion(version: string): string {
  return `v${version.split(".").slice(0, 2).join(".")}`;
}

/**
 * EKS brings its VPC network and kube-proxy into every cluster. They go where the network layer takes their place,
 * unless the request pins them as managed add-ons: the provider takes one or the other.
 */
function networkSoftware({ request, kubernetes, profile }: CloudInput): object {
  const names = (configOf<EksConfig>(request.cloudConfig).addons ?? []).map(({ name }) => name);
  const network = profile.layers.find(({ layer }) => layer === "cni");
  const chained = network === undefined || /vpc/.test(network.name) || names.includes("vpc-cni");
  return {
    ...(chained ? {} : { vpcCni: { disable: true } }),
    ...(kubernetes.replacesKubeProxy && !names.includes("kube-proxy")
      ? { kubeProxy: { disable: true } }
      : {}),
  };
}

/** AWSFargateProfiles of a request. */
export function fargateProfiles(input: CloudInput): KubeObject[] {
  const { fargateProfiles = [] } = configOf<EksConfig>(input.request.cloudConfig);
  return fargateProfiles.map((profile) => fargateProfile(input, profile));
}

function fargateProfile(
  input: CloudInput,
  { name, selectors, subnetIds, additionalTags }: FargateProfile,
): KubeObject {
  const cluster = input.request.name;
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "AWSFargateProfile",
    metadata: objectMetadata(input, poolName(cluster, name)),
    spec: {
      clusterName: cluster,
      profileName: name,
      selectors: selectors.map(({ namespace, labels }) => ({ namespace, ...present({ labels }) })),
      ...present({ subnetIDs: subnetIds, additionalTags }),
    },
  };
}
