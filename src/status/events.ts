import type { KubeObject } from "../shared/kubernetes.ts";
import type { ClusterEvent } from "./model.ts";

/** The fields of an Event of `v1` that matter here. */
interface RawEvent extends KubeObject {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly type?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
}

/** The events about some objects, the newest first; `events` may be about others too. */
export function eventsAbout(events: readonly KubeObject[], objects: readonly KubeObject[]): ClusterEvent[] {
  const wanted = new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  const found = (events as readonly RawEvent[]).flatMap((event): ClusterEvent[] => {
    const { kind = "", name = "" } = event.involvedObject ?? {};
    const { series, metadata } = event;
    const time =
      series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? metadata.creationTimestamp;
    return wanted.has(`${kind}/${name}`) && time !== undefined
      ? [
          {
            time,
            isWarning: event.type === "Warning",
            reason: event.reason ?? "",
            message: (event.message ?? "").trim(),
            count: series?.count ?? event.count ?? 1,
            kind,
            name,
          },
        ]
      : [];
  });
  return found.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}
