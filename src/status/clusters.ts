import type { KubeObject } from "../shared/kubernetes.ts";
import { type CauseAge, statusOf } from "./cluster.ts";
import type { ClusterStatus, LayerStatus } from "./model.ts";
import { Moment } from "./moment.ts";
import { partsOf } from "./parts.ts";

const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";

/** The layers of clusters, by `namespace/name`. */
export type Layers = ReadonlyMap<string, readonly LayerStatus[]>;

/** What is kept of one cluster. */
interface Known {
  readonly cluster: KubeObject;
  readonly owned: readonly KubeObject[];
  readonly layers: readonly LayerStatus[] | undefined;
  readonly status: ClusterStatus;
  readonly age: CauseAge | undefined;
  /** Until when the status holds if nothing changes. */
  readonly next: number;
}

/**
 * The statuses of clusters over time. A change costs only the cluster that it is of: objects that are the same as the
 * last time are not looked at again, and a status that did not change is the same object. The age of a cause outlives
 * new numbers in its message (design.md, Cause and age).
 */
export class ClusterStatuses {
  #known = new Map<string, Known>();
  #sorted: readonly ClusterStatus[] = [];
  readonly #keys = new WeakMap<KubeObject, string>();

  /**
   * The status of every Cluster among `objects`, by namespace and name. Objects are Clusters and whatever belongs to
   * them, in any order; an object that changed is another one.
   */
  update(objects: readonly KubeObject[], now: Date, layers?: Layers): readonly ClusterStatus[] {
    const clusters = new Map<string, KubeObject>();
    const owned = new Map<string, KubeObject[]>();
    for (const object of objects) {
      const key = this.#keyOf(object);
      if (object.kind === "Cluster") {
        if (object.apiVersion.startsWith("cluster.x-k8s.io/")) {
          clusters.set(key, object);
        }
        continue;
      }
      const list = owned.get(key);
      if (list === undefined) {
        owned.set(key, [object]);
      } else {
        list.push(object);
      }
    }
    const known = new Map<string, Known>();
    let changed = clusters.size !== this.#known.size;
    for (const [key, cluster] of clusters) {
      const before = this.#known.get(key);
      const next = renew(before, cluster, owned.get(key) ?? [], layers?.get(key), now);
      changed ||= next.status !== before?.status;
      known.set(key, next);
    }
    this.#known = known;
    if (changed) {
      this.#sorted = [...known.values()].map(({ status }) => status).sort(byName);
    }
    return this.#sorted;
  }

  /** When some status changes by time alone, in milliseconds since 1970; infinite where none does. */
  get next(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const known of this.#known.values()) {
      next = Math.min(next, known.next);
    }
    return next;
  }

  #keyOf(object: KubeObject): string {
    const known = this.#keys.get(object);
    if (known !== undefined) {
      return known;
    }
    const { metadata, spec, kind } = object;
    const name =
      kind === "Cluster"
        ? metadata.name
        : (metadata.labels?.[CLUSTER_NAME_LABEL] ??
          (spec as { clusterName?: string } | undefined)?.clusterName ??
          "");
    const key = `${metadata.namespace ?? ""}/${name}`;
    this.#keys.set(object, key);
    return key;
  }
}

/** The statuses of clusters as they are now, for those who do not follow them. */
export function clusterStatuses(objects: readonly KubeObject[], now: Date, layers?: Layers): ClusterStatus[] {
  return [...new ClusterStatuses().update(objects, now, layers)];
}

function renew(
  before: Known | undefined,
  cluster: KubeObject,
  owned: readonly KubeObject[],
  layers: readonly LayerStatus[] | undefined,
  now: Date,
): Known {
  if (
    before?.cluster === cluster &&
    sameLayers(before.layers, layers) &&
    now.getTime() < before.next &&
    before.owned.length === owned.length &&
    before.owned.every((object, i) => object === owned[i])
  ) {
    return before;
  }
  const moment = new Moment(now);
  // A cluster of the same name that came later is another one.
  const age = before?.cluster.metadata.uid === cluster.metadata.uid ? before?.age : undefined;
  const { status, age: next } = statusOf(partsOf(cluster, owned), layers, moment, age);
  return { cluster, owned, layers, status, age: next, next: moment.next };
}

/** Layers are read anew each time, and are the same where all of their facts are. */
export function sameLayers(
  a: readonly LayerStatus[] | undefined,
  b: readonly LayerStatus[] | undefined,
): boolean {
  return (
    a === b ||
    (a !== undefined &&
      b !== undefined &&
      a.length === b.length &&
      a.every((layer, i) => {
        const other = b[i];
        return (
          layer === other ||
          (layer.name === other?.name &&
            layer.kind === other.kind &&
            layer.state === other.state &&
            layer.message === other.message &&
            layer.version === other.version &&
            layer.newer === other.newer &&
            layer.since === other.since &&
            layer.profile?.name === other.profile?.name &&
            layer.profile?.version === other.profile?.version)
        );
      }))
  );
}

function byName(a: ClusterStatus, b: ClusterStatus): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

/** Names are ASCII; the order of a locale would take most of the time of a large fleet. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
