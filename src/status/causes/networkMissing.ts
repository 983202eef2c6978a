import { conditionOf } from "../conditions.ts";
import type { KnownCause } from "./cause.ts";

const NO_NETWORK =
  /NetworkPluginNotReady|cni (?:plugin|config) (?:not |un)initialized|network plugin is not ready/i;
/** A network layer is up within this time (engines.md 9, 1). */
const USUAL_MS = 5 * 60_000;

/** Nodes are there, but none has a network: the network layer is missing or does not come up. */
export const networkMissing: KnownCause = {
  id: "network-missing",
  ofCreation: true,
  find({ cluster, lacking, layers, now }) {
    const cause = lacking.find(({ condition }) => NO_NETWORK.test(condition.message));
    if (cause === undefined) {
      return undefined;
    }
    const since = conditionOf(cluster, "ControlPlaneInitialized")?.since;
    const layer = layers?.find(({ kind }) => kind === "network");
    const missing = layers !== undefined && layer === undefined;
    if (!missing && layer?.state !== "failed" && !now.passed(since, USUAL_MS)) {
      return undefined;
    }
    const why =
      layer === undefined
        ? "no network layer is installed on them"
        : layer.state === "failed"
          ? `the network layer ${layer.name} could not be installed`
          : `the network layer ${layer.name} is not up`;
    return {
      headline: `Machines have no network: ${why}${layer?.state === "failed" && layer.message !== undefined ? `, ${layer.message}` : ""}`,
      health: layer?.state === "failed" || missing ? "bad" : "attention",
      cause,
      ...(since === undefined ? {} : { since }),
      todo:
        layer === undefined
          ? [
              { text: "Install the network layer of the profile first: nothing else can run before it." },
              { text: "Check that its pod range is the one of the Kubernetes layer." },
            ]
          : [
              {
                text: `Look at what layer ${layer.name} says: wrong values, or its images cannot be pulled.`,
              },
              { text: "Check that machines reach the registry of its images." },
            ],
    };
  },
};
