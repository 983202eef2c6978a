import ipaddr from "ipaddr.js";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { CloudProblem } from "../cloud.ts";
import { configOf } from "../config.ts";
import { error, warning } from "../problems.ts";
import { type EdgeConfig, endpointOf, hostsOf } from "./config.ts";

type Path = CloudProblem["path"];

/** Hosts are there already, so what a request says of them must fit together; Palette's rules of two-node clusters. */
export function check(request: ClusterRequest): CloudProblem[] {
  return [
    ...request.machinePools.flatMap((pool, i) => poolProblems(request, pool, i)),
    ...repeated(request),
    ...endpointProblems(request),
    ...twoNodeProblems(request),
  ];
}

function poolProblems({ cloudAccount }: ClusterRequest, pool: MachinePool, i: number): CloudProblem[] {
  const { name, size, autoscaling } = pool;
  const hosts = hostsOf(pool);
  const path: Path = ["machinePools", i];
  return [
    ...(autoscaling === undefined
      ? []
      : [
          error(
            [...path, "poolConfig", "maxSize"],
            `Machine pool ${name} cannot scale by itself: no host is made for it. Remove minSize and maxSize.`,
          ),
        ]),
    ...(size === hosts.length
      ? []
      : [
          error(
            [...path, "poolConfig", "size"],
            `Machine pool ${name} has size ${size} but ${count(hosts.length)}. Its size is the number of its hosts.`,
          ),
        ]),
    ...hosts.flatMap(({ hostName, sshKey }, j) =>
      sshKey === undefined && cloudAccount === undefined
        ? [
            error(
              [...path, "cloudConfig", "edgeHosts", j, "sshKey"],
              `Host ${hostName} has no SSH key. Choose a cloud account for all hosts, or name the Secret of this one.`,
            ),
          ]
        : [],
    ),
    ...(pool.isControlPlane && !pool.useControlPlaneAsWorker && hasNodeSettings(pool)
      ? [
          warning(
            [...path, "poolConfig"],
            `Hosts of ${name} are no nodes as long as the control plane takes no workloads, so labels and taints have no effect.`,
          ),
        ]
      : []),
  ];
}

function hasNodeSettings({ additionalLabels, taints }: MachinePool): boolean {
  return Object.keys(additionalLabels).length > 0 || taints.length > 0;
}

function count(hosts: number): string {
  return hosts === 1 ? "1 host" : `${hosts} hosts`;
}

/** A host is in one pool, by its name and by where it is reached. */
function repeated({ machinePools }: ClusterRequest): CloudProblem[] {
  const seen = new Set<string>();
  return machinePools.flatMap((pool, i) =>
    hostsOf(pool).flatMap(({ hostName, address, port = 22 }, j) => {
      const path: Path = ["machinePools", i, "cloudConfig", "edgeHosts", j];
      const place = `${address}, port ${port}`;
      const problems = [
        ...(seen.has(hostName)
          ? [error([...path, "hostName"], `Host ${hostName} is there twice. Remove one.`)]
          : []),
        ...(seen.has(place)
          ? [
              error(
                [...path, "address"],
                `Another host has the address ${place} already. Correct one of the two.`,
              ),
            ]
          : []),
      ];
      seen.add(hostName).add(place);
      return problems;
    }),
  );
}

function endpointProblems(request: ClusterRequest): CloudProblem[] {
  const { type, host } = endpointOf(request);
  const path: Path = ["cloudConfig", "controlPlaneEndpoint", "host"];
  const hosts = request.machinePools.filter(({ isControlPlane }) => isControlPlane).flatMap(hostsOf);
  if (type === "VIP") {
    if (!ipaddr.isValid(host)) {
      return [error(path, `A virtual address is an IP address, and ${host} is a name. Name a free address.`)];
    }
    const taken = request.machinePools.flatMap(hostsOf).find(({ address }) => address === host);
    return taken === undefined
      ? []
      : [error(path, `${host} is the address of host ${taken.hostName}. A virtual address must be free.`)];
  }
  const [only, ...others] = hosts;
  return type === "IP" && (only === undefined || others.length > 0 || only.address !== host)
    ? [
        error(
          path,
          `Type IP is for one control plane host and its own address; ${host} is not that. Use a virtual address or a load balancer.`,
        ),
      ]
    : [];
}

/** Exactly one primary and one secondary host (palette.md 4, Edge native). */
function twoNodeProblems(request: ClusterRequest): CloudProblem[] {
  const { isTwoNodeCluster = false } = configOf<EdgeConfig>(request.cloudConfig);
  const hosts = request.machinePools.flatMap((pool, i) =>
    hostsOf(pool).map((host, j) => ({
      ...host,
      pool,
      path: ["machinePools", i, "cloudConfig", "edgeHosts", j, "twoNodeCandidatePriority"] satisfies Path,
    })),
  );
  if (!isTwoNodeCluster) {
    return hosts
      .filter(({ twoNodeCandidatePriority }) => twoNodeCandidatePriority !== undefined)
      .map(({ hostName, path }) =>
        error(
          path,
          `Host ${hostName} has a priority, which only clusters of two hosts have. Remove it, or set isTwoNodeCluster.`,
        ),
      );
  }
  const of = (priority: string): typeof hosts =>
    hosts.filter((each) => each.twoNodeCandidatePriority === priority);
  if (hosts.length !== 2 || of("primary").length !== 1 || of("secondary").length !== 1) {
    return [
      error(
        ["cloudConfig", "isTwoNodeCluster"],
        `A cluster of two hosts has exactly one primary and one secondary host; this one has ${count(hosts.length)}, ${of("primary").length} primary and ${of("secondary").length} secondary.`,
      ),
    ];
  }
  return of("primary")
    .filter(({ pool }) => !pool.isControlPlane)
    .map(({ hostName, path }) =>
      error(path, `Host ${hostName} is the primary, so it belongs to the control plane pool.`),
    );
}
