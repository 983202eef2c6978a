import { present } from "../../machines/objects.ts";
import type { GcpConfig } from "./config.ts";

/**
 * The network as GCPCluster and GCPManagedCluster write it. Without a name the cluster gets one of its own, as
 * Palette does (palette.md Appendix D): the provider makes the router for the way out only with a network that it
 * makes itself, so the project's `default` network would leave machines without one.
 */
export function networkSpec(
  cluster: string,
  {
    network,
    networkProject,
    autoCreateSubnetworks,
    subnets = [],
    region,
  }: Pick<GcpConfig, "network" | "networkProject" | "autoCreateSubnetworks" | "subnets" | "region">,
): object {
  return present({
    name: network ?? cluster,
    hostProject: networkProject,
    autoCreateSubnetworks,
    subnets: subnets.map(({ name, cidrBlock, privateGoogleAccess }) => ({
      name,
      cidrBlock,
      region,
      ...present({ privateGoogleAccess }),
    })),
  });
}
