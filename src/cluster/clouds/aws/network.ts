import ipaddr from "ipaddr.js";
import { present } from "../../machines/objects.ts";

/** Where a cluster's network comes from: a VPC of its own, or subnets of one that exists. */
export interface Vpc {
  readonly vpcId?: string;
  readonly vpcCidrBlock?: string;
  /** Of the existing VPC. */
  readonly subnetIds: readonly string[];
  /** Zones that pools name. */
  readonly zones: readonly string[];
}

/** What the provider gives a VPC that it creates. */
export const DEFAULT_VPC_RANGE = "10.0.0.0/16";

/**
 * `vpc` and `subnets` of the provider's NetworkSpec. An existing VPC needs its subnets listed. A new one gets a
 * private and a public subnet in each zone that pools name; the provider itself would take the first three of the
 * region, whatever pools ask for.
 */
export function vpcNetwork(cluster: string, { vpcId, vpcCidrBlock, subnetIds, zones }: Vpc): object {
  if (vpcId !== undefined) {
    return {
      vpc: { id: vpcId, ...present({ cidrBlock: vpcCidrBlock }) },
      subnets: [...new Set(subnetIds)].map((id) => ({ id })),
    };
  }
  const range = vpcCidrBlock ?? DEFAULT_VPC_RANGE;
  return present({
    vpc: vpcCidrBlock === undefined && zones.length === 0 ? {} : { cidrBlock: range },
    subnets: zonedSubnets(cluster, range, [...new Set(zones)].sort()),
  });
}

/** The division of the provider's own default: the first block for public subnets, one more for each private one. */
function zonedSubnets(cluster: string, range: string, zones: readonly string[]): object[] {
  const [publicBlock = range, ...privateBlocks] = split(range, zones.length + 1);
  const publicBlocks = split(publicBlock, zones.length);
  return zones.flatMap((zone, i) => [
    {
      id: `${cluster}-subnet-public-${zone}`,
      cidrBlock: publicBlocks[i],
      availabilityZone: zone,
      isPublic: true,
    },
    {
      id: `${cluster}-subnet-private-${zone}`,
      cidrBlock: privateBlocks[i],
      availabilityZone: zone,
      isPublic: false,
    },
  ]);
}

/** An IPv4 range in at least `count` equal parts. */
function split(range: string, count: number): string[] {
  const bits = extraBits(count);
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  const first = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - prefix - bits);
  return Array.from({ length: 2 ** bits }, (_, i) => {
    const start = first + i * size;
    const bytes = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(start / unit) % 256);
    return `${bytes.join(".")}/${prefix + bits}`;
  });
}

function extraBits(count: number): number {
  return Math.ceil(Math.log2(Math.max(count, 1)));
}

/** The smallest subnet that AWS makes is a /28. */
const SMALLEST_SUBNET = 28;

/** What keeps a range from being a VPC with subnets in so many zones; nothing where it can be one. */
export function vpcRangeProblem(range: string, zones: number): string | undefined {
  if (!ipaddr.IPv4.isValidCIDR(range)) {
    return `${range} is no IPv4 range.`;
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  if (prefix < 16 || prefix > SMALLEST_SUBNET) {
    return `${range} cannot be a VPC: AWS takes prefixes from /16 to /28.`;
  }
  if (ipaddr.IPv4.networkAddressFromCIDR(range).toString() !== address.toString()) {
    return `${range} does not begin at the first address of its range.`;
  }
  const used = zones === 0 ? 3 : zones;
  return prefix + extraBits(used + 1) + extraBits(used) > SMALLEST_SUBNET
    ? `${range} is too small for public and private subnets in ${used} zones.`
    : undefined;
}
