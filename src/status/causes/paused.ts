import { conditionOf } from "../conditions.ts";
import type { KnownCause } from "./cause.ts";

const PAUSED = "cluster.x-k8s.io/paused";

/** A pause that somebody forgot. */
export const paused: KnownCause = {
  id: "paused",
  find({ cluster }) {
    const bySpec = (cluster.spec as { paused?: boolean } | undefined)?.paused === true;
    if (!bySpec && cluster.metadata.annotations?.[PAUSED] === undefined) {
      return undefined;
    }
    const since = conditionOf(cluster, "Paused")?.since;
    return {
      headline: "Paused: its controllers change nothing",
      health: "attention",
      ...(since === undefined ? {} : { since }),
      todo: [
        {
          text: "Find out who paused it and whether that is over: a move with clusterctl pauses clusters too.",
        },
        {
          text: bySpec
            ? `Then take spec.paused off Cluster ${cluster.metadata.name}.`
            : `Then take the annotation ${PAUSED} off Cluster ${cluster.metadata.name}.`,
        },
      ],
    };
  },
};
