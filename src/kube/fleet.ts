import { VIRTUAL_CLUSTER } from "../cluster/index.ts";
import { IMPORT_MODE } from "../imports/index.ts";
import { LAYER_LABEL } from "../layers/index.ts";
import { isPaletteError } from "../shared/errors.ts";
import { ClusterStatuses, ImportedStatuses, Moment, unconnectedVirtual } from "../status/index.ts";
import { layersOf } from "../status/layers.ts";
import type { ClusterStatus } from "../status/model.ts";
import {
  CLUSTER,
  CLUSTER_SUMMARY,
  CONFIG_MAP,
  KUBEADM_CONTROL_PLANE,
  LAYER_PROFILE,
  MACHINE,
  MACHINE_DEPLOYMENT,
  MACHINE_POOL,
  SVELTOS_CLUSTER,
} from "./kinds.ts";
import type { Disposable, KindRef, ManagementCluster } from "./management.ts";
import { followConnection, newPart, type Part } from "./part.ts";
import { PUBLISHED_SELECTOR, type PublishedProfile, publishedFrom } from "./published.ts";

/** How many changes come as one. */
const GATHER_MS = 100;

/** What a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31;

export interface FleetConnection {
  /** `connecting` until everything was seen once; `stale`: what is shown is the last known state. */
  readonly state: "connecting" | "live" | "stale";
  /** Since when it is stale, ISO 8601. */
  readonly since?: string;
  /** Why it is stale. */
  readonly message?: string;
  /** When the next try is, ISO 8601. */
  readonly nextTry?: string;
  /** The only namespace whose clusters are seen, where the user may not see all. */
  readonly namespace?: string;
}

/** Everything that the views show of a management cluster. */
export interface Fleet {
  readonly clusters: readonly ClusterStatus[];
  readonly published: readonly PublishedProfile[];
  readonly connection: FleetConnection;
}

/** What a status is made from. */
export const STATUS_KINDS: readonly KindRef[] = [
  CLUSTER,
  KUBEADM_CONTROL_PLANE,
  MACHINE_DEPLOYMENT,
  MACHINE_POOL,
  MACHINE,
];

/**
 * Follows clusters and published profiles until disposed. `onChange` gets the whole fleet, first when
 * everything was seen once or something could not be, then with each change; what was seen stays when the
 * connection goes. Machines are most of what there is: they are asked for once the clusters are there, and a
 * large fleet is told before they have come.
 */
export function watchFleet(management: ManagementCluster, onChange: (fleet: Fleet) => void): Disposable {
  const [clusterPart, machinePart, publishedPart] = [newPart(), newPart(), newPart()];
  const statusParts = STATUS_KINDS.map((kind) =>
    kind === CLUSTER ? clusterPart : kind === MACHINE ? machinePart : newPart(),
  );
  const parts = [...statusParts, publishedPart];
  const [layerProfiles, layerSummaries] = [newPart(), newPart()];
  const [importedPart, virtualPart] = [newPart(), newPart()];
  const statuses = new ClusterStatuses();
  const importedStatuses = new ImportedStatuses();
  let timer: NodeJS.Timeout | undefined;
  let aging: NodeJS.Timeout | undefined;
  let isFirst = true;

  /** The only namespace that is seen, where it is not all. */
  let only: string | undefined;

  const connection = (): FleetConnection => ({
    ...connectionOf(
      parts,
      parts.every((part) => part === machinePart || part.objects !== undefined),
    ),
    ...(only === undefined ? {} : { namespace: only }),
  });
  const report = (): void => {
    timer = undefined;
    isFirst = false;
    const layers = layersOf(layerProfiles.objects ?? [], layerSummaries.objects ?? []);
    const created = statuses.update(
      statusParts.flatMap(({ objects }) => objects ?? []),
      management.now(),
      layers,
    );
    const imported = importedStatuses.update(importedPart.objects ?? [], management.now(), layers);
    const moment = new Moment(management.now());
    const unconnected = unconnectedVirtual(virtualPart.objects ?? [], imported, moment);
    const others = [...imported, ...unconnected];
    onChange({
      clusters: others.length === 0 ? created : [...created, ...others],
      published: publishedFrom(publishedPart.objects ?? []),
      connection: connection(),
    });
    // What takes long deserves a look at some time, whether anything happens or not.
    clearTimeout(aging);
    const rest = Math.min(statuses.next, moment.next) - management.now().getTime();
    aging = rest < LONGEST_TIMER_MS ? setTimeout(report, Math.max(rest, GATHER_MS)) : undefined;
  };
  const changed = (): void => {
    const { state } = connection();
    if (state !== "connecting") {
      // All that the first report is made of has come; without clusters it waits for imported ones.
      const hasAll = isFirst && clusterPart.objects !== undefined && clusterPart.objects.length > 0;
      timer ??= setTimeout(report, hasAll ? 0 : GATHER_MS);
    }
  };
  const watches: Disposable[] = [];
  /** Without a namespace all are followed, or the context's where the user may not see all. */
  const watch = (part: Part, kind: KindRef, labelSelector?: string, namespace?: string): void => {
    const { onLost, onLive } = followConnection(part, changed);
    const followed = management.watch(
      kind,
      { labelSelector, namespace, optional: kind !== CLUSTER },
      {
        onObjects: (objects) => {
          if (part === clusterPart && part.objects === undefined) {
            watch(machinePart, MACHINE);
          }
          part.objects = objects;
          changed();
        },
        onLost: (error, retryMs) => {
          // What was seen once may be seen: then a server that has just started knows of no rights yet.
          const mayNot = part.objects === undefined && isPaletteError(error, "Forbidden");
          if (mayNot && namespace === undefined) {
            followed.dispose();
            if (part === clusterPart) {
              only = management.namespace;
            }
            watch(part, kind, labelSelector, management.namespace);
            return;
          }
          onLost(error, retryMs);
        },
        onLive,
      },
    );
    watches.push(followed);
  };
  for (const [i, part] of statusParts.entries()) {
    const kind = STATUS_KINDS[i];
    if (kind !== undefined && part !== machinePart) {
      watch(part, kind);
    }
  }
  watch(publishedPart, CONFIG_MAP, PUBLISHED_SELECTOR);
  // Layers, imported and virtual clusters come from Sveltos, which not every management cluster has; the fleet is whole without them.
  watch(layerProfiles, LAYER_PROFILE, LAYER_LABEL);
  watch(layerSummaries, CLUSTER_SUMMARY);
  watch(importedPart, SVELTOS_CLUSTER, IMPORT_MODE);
  watch(virtualPart, CONFIG_MAP, VIRTUAL_CLUSTER);
  return {
    dispose: () => {
      clearTimeout(timer);
      clearTimeout(aging);
      for (const each of watches) {
        each.dispose();
      }
    },
  };
}

function connectionOf(parts: readonly Part[], isWhole: boolean): FleetConnection {
  const lost = parts.flatMap((part) => (part.lost === undefined ? [] : [part.lost]));
  const [first] = [...lost].sort((a, b) => a.since.localeCompare(b.since));
  if (first !== undefined) {
    const [next = first] = [...lost].sort((a, b) => a.nextTry.localeCompare(b.nextTry));
    return { state: "stale", since: first.since, message: first.message, nextTry: next.nextTry };
  }
  return { state: isWhole ? "live" : "connecting" };
}
