import { newPool } from "../../cluster/format.ts";
import {
  clusterNameProblem,
  isPoolName,
  MAX_CLUSTER_NAME,
  MAX_MACHINES,
  MAX_POOL_NAME,
} from "../../cluster/limits.ts";
import type { ClusterRequest, ProfileRef } from "../../cluster/model.ts";
import { isLabelName } from "../../shared/names.ts";

/** The answers of the create flow. */
export interface Draft {
  readonly profile: ProfileRef;
  readonly cloudType: string;
  readonly name: string;
  readonly namespace: string;
  readonly controlPlane: number;
  readonly workers: readonly WorkerPool[];
}

export interface WorkerPool {
  readonly name: string;
  readonly size: number;
}

export const CONTROL_PLANE_SIZES = [1, 3, 5] as const;
const CONTROL_PLANE_POOL = "control-plane";
const DEFAULT_POOL = "workers";

/** The request that the answers amount to. */
export function requestOf(draft: Draft): ClusterRequest {
  return {
    name: draft.name,
    namespace: draft.namespace,
    labels: {},
    annotations: {},
    cloudType: draft.cloudType,
    cloudConfig: {},
    profiles: [draft.profile],
    machinePools: [
      newPool(CONTROL_PLANE_POOL, true, draft.controlPlane),
      ...draft.workers.map(({ name, size }) => newPool(name, false, size)),
    ],
  };
}

/**
 * Reads worker pools as the flow lets them be typed: `2` is one pool of two machines, `large=2, small=5` are
 * two pools. Gives the pools, or what is wrong with the text.
 */
export function parsePools(text: string): readonly WorkerPool[] | { readonly problem: string } {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length === 0) {
    return { problem: "Type a number of machines. 0 is a cluster without workers." };
  }
  const pools: WorkerPool[] = [];
  for (const part of parts) {
    const match = /^(?:([^=]*?)\s*=\s*)?(\d+)$/.exec(part);
    if (match === null) {
      return { problem: `"${part}" is neither a number nor NAME=NUMBER.` };
    }
    const name = match[1] ?? DEFAULT_POOL;
    const size = Number(match[2]);
    if (!isPoolName(name)) {
      return {
        problem: `Pool name "${name}" needs lower case letters, digits and hyphens, ${MAX_POOL_NAME} at most, with a letter or digit at both ends.`,
      };
    }
    if (name === CONTROL_PLANE_POOL) {
      return { problem: `"${CONTROL_PLANE_POOL}" is the name of the control plane. Choose another one.` };
    }
    if (size > MAX_MACHINES) {
      return { problem: `Pool ${name} would have ${size} machines. ${MAX_MACHINES} is the most.` };
    }
    if (pools.some((pool) => pool.name === name)) {
      return { problem: `Two pools are called ${name}. Write NAME=NUMBER for each.` };
    }
    pools.push({ name, size });
  }
  return pools.length === 1 && pools[0]?.name === DEFAULT_POOL && pools[0].size === 0 ? [] : pools;
}

/** The other way around, for a value to edit. */
export function formatPools(pools: readonly WorkerPool[]): string {
  const [only] = pools;
  if (only === undefined) {
    return "0";
  }
  return pools.length === 1 && only.name === DEFAULT_POOL
    ? String(only.size)
    : pools.map(({ name, size }) => `${name}=${size}`).join(", ");
}

/** What is wrong with a cluster name, given who has which; `undefined` where it can be used. */
export function nameProblem(
  name: string,
  taken: readonly { readonly name: string; readonly namespace: string; readonly unfinished: boolean }[],
): string | undefined {
  if (name === "") {
    return "A name is needed.";
  }
  if (!isLabelName(name)) {
    return "Use lower case letters, digits and hyphens, 63 at most, with a letter or digit at both ends.";
  }
  const problem = clusterNameProblem(name);
  if (problem !== undefined) {
    return problem;
  }
  const owner = taken.find((cluster) => cluster.name === name && !cluster.unfinished);
  return owner === undefined
    ? undefined
    : `Cluster ${name} exists in ${owner.namespace}. Choose another name.`;
}

/** A free name to begin with: the profile's, or it with a number. */
export function freeName(profile: string, taken: readonly { readonly name: string }[]): string {
  const base = profile
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  const names = new Set(taken.map(({ name }) => name));
  const stem = base === "" ? "cluster" : base;
  for (let number = 1; ; number += 1) {
    const ending = `-${number}`;
    const candidate = `${stem.slice(0, MAX_CLUSTER_NAME - ending.length).replace(/-+$/, "")}${ending}`;
    if (!names.has(candidate)) {
      return candidate;
    }
  }
}

/** `3 control plane machines, 2 workers` */
export function machinesText(request: ClusterRequest): string {
  const control = request.machinePools.find((pool) => pool.isControlPlane)?.size ?? 0;
  const workers = request.machinePools
    .filter((pool) => !pool.isControlPlane)
    .reduce((sum, { size }) => sum + size, 0);
  return `${control} control plane ${control === 1 ? "machine" : "machines"}, ${workers} ${workers === 1 ? "worker" : "workers"}`;
}
