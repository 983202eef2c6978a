import { conditionOf } from "../conditions.ts";
import { isLong } from "../health.ts";
import { oneLine } from "../message.ts";
import type { KnownCause } from "./cause.ts";

/** A deletion that hangs: a drain that a disruption budget holds up, or a finalizer that nobody takes off. */
export const deletionBlocked: KnownCause = {
  id: "deletion-blocked",
  find({ cluster, machines, now }) {
    const { deletionTimestamp, finalizers = [], name } = cluster.metadata;
    if (deletionTimestamp === undefined || !isLong(deletionTimestamp, now)) {
      return undefined;
    }
    const draining = machines
      .flatMap((object) => {
        const condition = conditionOf(object, "Deleting");
        return condition === undefined || condition.message === ""
          ? []
          : [{ object, condition, message: oneLine(condition.message) }];
      })
      .find(({ condition }) => /drain|evict|disruption budget|PodDisruptionBudget/i.test(condition.message));
    const condition = conditionOf(cluster, "Deleting");
    const cause =
      draining ??
      (condition === undefined
        ? undefined
        : { object: cluster, condition, message: oneLine(condition.message) });
    const why = cause === undefined || cause.message === "" ? "something of it does not go" : cause.message;
    return {
      headline: `Deleting does not go on: ${why}`,
      health: "attention",
      since: deletionTimestamp,
      ...(cause === undefined ? {} : { cause }),
      todo:
        draining === undefined
          ? [
              {
                text: "Look whether the provider still answers and whether its credentials are still valid: it has to delete what it made.",
              },
              {
                text: `Cluster ${name} goes once these finalizers are done: ${finalizers.join(", ") || "none"}. Taking one off by hand leaves what it guards behind.`,
              },
            ]
          : [
              { text: "Delete or move the pods that the message names, or loosen their disruption budget." },
              {
                text: `Or set a time limit for draining: spec.deletion.nodeDrainTimeoutSeconds of Machine ${draining.object.metadata.name}.`,
              },
            ],
    };
  },
};
