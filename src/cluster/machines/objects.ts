import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { joinName, shortHash } from "../names.ts";

/** apiVersion of Cluster API's own kinds. */
export const CLUSTER_API = "cluster.x-k8s.io/v1beta2";

/** Pool that an object belongs to, by its name in the request. */
export const POOL_LABEL = "palette-onboarding/pool";

/** A reference as Cluster API v1beta2 writes it (engines.md 1.1). */
export interface ContractRef {
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
}

/** Refers to an object. */
export function contractRef({ apiVersion, kind, metadata }: KubeObject): ContractRef {
  return { apiGroup: apiVersion.replace(/\/.*$/, ""), kind, name: metadata.name };
}

/** Name of what a pool is made of; its machines' names begin with it. */
export function poolName(cluster: string, pool: string): string {
  return joinName([cluster, pool]);
}

/** Name of a template that machines are made from; its end tells the spec. */
export function machineTemplateName(cluster: string, pool: string, spec: object): string {
  return joinName([cluster, pool, shortHash(JSON.stringify(spec))], 80);
}

/** Metadata of an object of the cluster. */
export function objectMetadata({ request, metadata }: CloudInput, name: string): KubeObject["metadata"] {
  return { name, namespace: request.namespace, ...metadata };
}

/** Metadata of an object of one pool. */
export function poolMetadata(input: CloudInput, pool: MachinePool, name: string): KubeObject["metadata"] {
  const { labels, annotations } = input.metadata;
  return {
    name,
    namespace: input.request.namespace,
    labels: { ...labels, [POOL_LABEL]: pool.name },
    annotations,
  };
}

/**
 * A template of one pool, for its machines or for how they start. Templates never change: another spec is another
 * object, told apart by the end of its name.
 */
export function poolTemplate(
  input: CloudInput,
  pool: MachinePool,
  { apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">,
  spec: Readonly<Record<string, unknown>>,
): KubeObject {
  const name = machineTemplateName(input.request.name, pool.name, spec);
  return { apiVersion, kind, metadata: poolMetadata(input, pool, name), spec };
}

/**
 * Without fields that hold nothing (undefined, an empty list or map): Cluster API refuses empty ones. Looks one level
 * deep.
 */
export function present<T extends Readonly<Record<string, unknown>>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  );
}
