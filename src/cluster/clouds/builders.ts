import type { KubeObject } from "../../shared/kubernetes.ts";
import { joinName, shortHash } from "../names.ts";

/** Pool that an object belongs to, by its name in the request. */
export const POOL_LABEL = "palette-onboarding/pool";

/** A reference as Cluster API v1beta2 writes it (engines.md 1.1). */
export interface ContractRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

export function contractRef({ apiVersion, kind, metadata }: KubeObject): ContractRef {
  return { apiGroup: apiVersion.replace(/\/.*$/, ""), kind, name: metadata.name };
}

/** Name of what a pool is made of; its machines' names begin with it. */
export function poolName(cluster: string, pool: string): string {
  return joinName([cluster, pool]);
}

/** Templates never change: another spec is another template, told apart by the end of its name. */
export function machineTemplateName(cluster: string, pool: string, spec: object): string {
  return joinName([cluster, pool, shortHash(JSON.stringify(spec))], 80);
}
