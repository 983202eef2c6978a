import ipaddr from "ipaddr.js";
import { kubernetesLayer } from "../../kubernetes.ts";
import { present } from "../../machines/objects.ts";
import { managedValues, withDefaults } from "../../managedValues.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { AksConfig } from "./config.ts";
import { CONTAINER_SERVICE, resource } from "./resources.ts";

/**
 * ManagedCluster of a request; what the form leaves open may come from the Kubernetes layer's values. The provider
 * fills in version, address ranges and pools.
 */
export function managedCluster(input: CloudInput): object {
  const { request, profile } = input;
  const config = configOf<AksConfig>(request.cloudConfig);
  const { oidcIssuer = true, aadProfile, sshKey } = config;
  const spec = {
    owner: { name: request.name },
    location: config.location,
    dnsPrefix: request.name,
    sku: { name: "Base", tier: config.skuTier ?? "Free" },
    identity: { type: "SystemAssigned" },
    servicePrincipalProfile: { clientId: "msi" },
    networkProfile: networkProfile(input, config),
    autoUpgradeProfile: {
      upgradeChannel: config.autoUpgradeChannel ?? "none",
      nodeOSUpgradeChannel: config.nodeOSUpgradeChannel ?? "NodeImage",
    },
    oidcIssuerProfile: { enabled: oidcIssuer },
    securityProfile: { workloadIdentity: { enabled: oidcIssuer } },
    ...present({
      apiServerAccessProfile: accessProfile(config),
      aadProfile,
      // Without a key AKS lets nobody sign in to machines.
      linuxProfile:
        sshKey === undefined || sshKey === ""
          ? undefined
          : { adminUsername: "azureuser", ssh: { publicKeys: [{ keyData: sshKey.trim() }] } },
      tags: config.additionalTags,
    }),
  };
  return resource(
    input,
    CONTAINER_SERVICE,
    "ManagedCluster",
    request.name,
    withDefaults(spec, managedValues(profile).controlPlane),
  );
}

/** A private API server has a zone, a public one has ranges; AKS refuses the one's fields for the other. */
function accessProfile({ apiServerAccessProfile = {} }: AksConfig): object {
  const { enablePrivateCluster, authorizedIPRanges, ...zone } = apiServerAccessProfile;
  return enablePrivateCluster === true ? { enablePrivateCluster, ...zone } : present({ authorizedIPRanges });
}

/** AKS brings the network where the network layer is its own; any other software finds an empty one. */
function networkProfile(
  { kubernetes, profile }: CloudInput,
  { outboundType, networkPolicy }: AksConfig,
): object {
  const layer = profile.layers.find(({ layer }) => layer === "cni")?.name ?? "";
  const common = {
    loadBalancerSku: "standard",
    outboundType: outboundType ?? "loadBalancer",
    ...present({ dnsServiceIP: dnsAddress(kubernetes.serviceCidrs[0] ?? "") }),
  };
  if (kubernetes.network !== "other") {
    return { networkPlugin: "none", ...common };
  }
  if (layer.includes("kubenet")) {
    return { networkPlugin: "kubenet", ...common, ...policyOf(networkPolicy) };
  }
  return { networkPlugin: "azure", networkPluginMode: "overlay", ...common, ...policyOf(networkPolicy) };
}

function policyOf(networkPolicy: string | undefined): object {
  return networkPolicy === undefined || networkPolicy === "none"
    ? {}
    : { networkPolicy, ...(networkPolicy === "cilium" ? { networkDataplane: "cilium" } : {}) };
}

/** The cluster's DNS has the tenth address of services; AKS's own default lies in another range. */
function dnsAddress(range: string): string | undefined {
  if (!ipaddr.IPv4.isValidCIDR(range)) {
    return undefined;
  }
  const bytes = ipaddr.IPv4.networkAddressFromCIDR(range).toByteArray();
  return [...bytes.slice(0, 3), (bytes[3] ?? 0) + 10].join(".");
}

/** The version as the Kubernetes layer pins it: of a minor, AKS takes the newest patch release. */
export function aksVersion({ profile, kubernetes }: CloudInput): string {
  const { tag = "", version = "" } = kubernetesLayer(profile) ?? {};
  const minor = [tag, version].some((text) => /^v?\d+\.\d+\.\d+$/.test(text))
    ? kubernetes.version
    : kubernetes.version.split(".").slice(0, 2).join(".");
  return `v${minor}`;
}

/** Version of pools: with a minor only they follow the control plane, since Cluster API wants three numbers. */
export function poolVersion(input: CloudInput): { readonly version?: string } {
  const version = aksVersion(input);
  return version.split(".").length === 3 ? { version } : {};
}
