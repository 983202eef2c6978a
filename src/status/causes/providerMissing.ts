import { conditionOf } from "../conditions.ts";
import type { KnownCause } from "./cause.ts";
import { errorLike } from "./words.ts";

const NO_KIND =
  /no matches for kind "?(\w+)"?|the server could not find the requested resource|failed to (?:get|retrieve) .{0,80}(?:CRD|CustomResourceDefinition)|contract label|cannot find any versions matching contract/i;
/** Controllers say something about a new cluster within this time. */
const USUAL_MS = 3 * 60_000;

/** Nobody is there for a kind: its provider is not installed, speaks another contract, or does not run. */
export const providerMissing: KnownCause = {
  id: "provider-missing",
  find(facts) {
    const { cluster, now } = facts;
    const cause = errorLike(facts, NO_KIND);
    const wanted = (cluster.spec as { infrastructureRef?: { kind?: string } } | undefined)?.infrastructureRef
      ?.kind;
    if (cause !== undefined) {
      const kind = /no matches for kind "?(\w+)"?/.exec(cause.condition.message)?.[1] ?? wanted;
      return {
        headline: `The management cluster has no provider for ${kind ?? "a kind of this cluster"}`,
        health: "bad",
        cause,
        todo: [
          { text: "Install the provider, in a version for the contract of its Cluster API." },
          {
            text: "Creating a cluster checks for that before: Palette: Create Cluster says what is missing.",
          },
        ],
      };
    }
    const said = conditionOf(cluster, "InfrastructureReady") ?? conditionOf(cluster, "Paused");
    if (said !== undefined || !now.passed(cluster.metadata.creationTimestamp, USUAL_MS)) {
      return undefined;
    }
    return {
      headline:
        "No controller has looked at this cluster yet: Cluster API does not run on the management cluster",
      health: "attention",
      ...(cluster.metadata.creationTimestamp === undefined
        ? {}
        : { since: cluster.metadata.creationTimestamp }),
      todo: [
        { text: "Check that the pods in capi-system and of the infrastructure provider run." },
        { text: "Read their logs: a webhook whose certificate is expired stops everything." },
      ],
    };
  },
};
