import { LAYER_LABEL } from "../layers/index.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { type ClusterDetail, ClusterStatuses, eventsAbout } from "../status/index.ts";
import { layersOf } from "../status/layers.ts";
import {
  CLUSTER,
  CLUSTER_SUMMARY,
  EVENT,
  KUBEADM_CONTROL_PLANE,
  LAYER_PROFILE,
  MACHINE,
  MACHINE_DEPLOYMENT,
  MACHINE_POOL,
  MACHINE_SET,
} from "./kinds.ts";
import type { ClusterRef, Disposable, KindRef, ManagementCluster } from "./management.ts";
import { CLUSTER_NAME_LABEL } from "./objects.ts";
import { followConnection, newPart, type Part } from "./part.ts";
import { servedKind } from "./served.ts";

/** How many changes come as one. */
const GATHER_MS = 150;
const LONGEST_TIMER_MS = 2 ** 31;
/** A kind that could not be found is looked for again after this time. */
const LOOK_AGAIN_MS = 10_000;

interface Ref {
  readonly apiGroup?: string;
  readonly kind?: string;
}

/**
 * Follows one cluster with everything that belongs to it: Cluster API's objects, those of its providers as soon as
 * something refers to their kind, and events about them. `onChange` gets `undefined` while the cluster is not there.
 * What was seen stays when the connection goes.
 */
export function watchCluster(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  onChange: (detail: ClusterDetail | undefined) => void,
): Disposable {
  const statuses = new ClusterStatuses();
  const parts = new Map<string, Part>();
  const watches: Disposable[] = [];
  const stop = new AbortController();
  let gathering: NodeJS.Timeout | undefined;
  let aging: NodeJS.Timeout | undefined;

  const report = (): void => {
    gathering = undefined;
    clearTimeout(aging);
    const objects = [...parts.entries()].flatMap(([key, { objects: all = [] }]) =>
      BESIDE.some((kind) => keyOf(kind) === key) ? [] : all,
    );
    const now = management.now();
    const layers = layersOf(
      parts.get(keyOf(LAYER_PROFILE))?.objects ?? [],
      parts.get(keyOf(CLUSTER_SUMMARY))?.objects ?? [],
    );
    const [status] = statuses.update(objects, now, layers);
    const lost = parts.get(keyOf(CLUSTER))?.lost;
    onChange(
      status === undefined
        ? undefined
        : {
            status,
            objects,
            events: eventsAbout(parts.get(keyOf(EVENT))?.objects ?? [], objects),
            management: management.name,
            now,
            ...(lost === undefined ? {} : { stale: lost }),
          },
    );
    const rest = statuses.next - now.getTime();
    aging = rest < LONGEST_TIMER_MS ? setTimeout(report, Math.max(rest, GATHER_MS)) : undefined;
  };
  const changed = (): void => {
    if (FIRST.every((kind) => parts.get(keyOf(kind))?.objects !== undefined)) {
      gathering ??= setTimeout(report, GATHER_MS);
    }
  };
  const follow = (kind: KindRef): void => {
    const part = newPart();
    parts.set(keyOf(kind), part);
    const selector =
      kind === CLUSTER
        ? { fieldSelector: `metadata.name=${name}` }
        : BESIDE.includes(kind)
          ? kind === LAYER_PROFILE
            ? { labelSelector: LAYER_LABEL }
            : {}
          : { labelSelector: `${CLUSTER_NAME_LABEL}=${name}` };
    watches.push(
      management.watch(
        kind,
        { namespace, ...selector, optional: kind !== CLUSTER },
        {
          onObjects: (objects) => {
            part.objects = objects;
            for (const object of objects) {
              for (const ref of refsOf(object)) {
                learn(ref);
              }
            }
            changed();
          },
          ...followConnection(part, changed),
        },
      ),
    );
  };

  const known = new Set<string>();
  const learn = ({ apiGroup, kind }: Ref): void => {
    const key = `${apiGroup}/${kind}`;
    if (apiGroup === undefined || kind === undefined || known.has(key)) {
      return;
    }
    known.add(key);
    void servedKind(management, apiGroup, kind, { signal: stop.signal })
      .catch(() => undefined)
      .then((found) => {
        if (stop.signal.aborted) {
          return;
        }
        if (found === undefined) {
          // Its provider may be installed later, or the connection come back: the next change asks again.
          setTimeout(() => known.delete(key), LOOK_AGAIN_MS).unref();
        } else if (!parts.has(keyOf(found))) {
          follow(found);
        }
      });
  };

  for (const kind of [...FIRST, ...LATER]) {
    follow(kind);
  }
  return {
    dispose: () => {
      stop.abort();
      clearTimeout(gathering);
      clearTimeout(aging);
      for (const watch of watches) {
        watch.dispose();
      }
    },
  };
}

/** Without these there is nothing to say. */
const FIRST: readonly KindRef[] = [CLUSTER, MACHINE_DEPLOYMENT, MACHINE];
const LATER: readonly KindRef[] = [
  KUBEADM_CONTROL_PLANE,
  MACHINE_POOL,
  MACHINE_SET,
  EVENT,
  // Sveltos', which not every management cluster has.
  LAYER_PROFILE,
  CLUSTER_SUMMARY,
];

/** What is told of the cluster by others, and is no part of it. */
const BESIDE: readonly KindRef[] = [EVENT, LAYER_PROFILE, CLUSTER_SUMMARY];

/** The kinds that an object refers to: its provider's, its bootstrap configuration's, its control plane's. */
function refsOf({ kind, spec }: KubeObject): Ref[] {
  const own = (spec ?? {}) as {
    readonly infrastructureRef?: Ref;
    readonly controlPlaneRef?: Ref;
    readonly bootstrap?: { readonly configRef?: Ref };
    readonly template?: {
      readonly spec?: { readonly infrastructureRef?: Ref; readonly bootstrap?: { readonly configRef?: Ref } };
    };
  };
  // A MachineDeployment refers to templates, which have no state; a MachinePool to the objects themselves.
  const inner = kind === "MachinePool" ? own.template?.spec : own;
  return [own.controlPlaneRef, inner?.infrastructureRef, inner?.bootstrap?.configRef].filter(
    (ref) => ref !== undefined,
  );
}

function keyOf({ apiVersion, kind }: KindRef): string {
  return `${apiVersion}/${kind}`;
}
