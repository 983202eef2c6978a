import { conditionOf, isTrue } from "../conditions.ts";
import { hasNode, isControlPlaneMachine } from "../parts.ts";
import { needsCloudController } from "../provider.ts";
import type { KnownCause } from "./cause.ts";

/** How long a machine may wait for its node (engines.md 9, 2). */
const USUAL_MS = 10 * 60_000;

/** The cloud controller that gives nodes their provider ID is missing: machines run and never become nodes. */
export const cloudControllerMissing: KnownCause = {
  id: "cloud-controller-missing",
  ofCreation: true,
  find({ cluster, machines, lacking, layers, now }) {
    if (!needsCloudController(cluster) || !isTrue(cluster, "ControlPlaneInitialized")) {
      return undefined;
    }
    const tainted = lacking.find(({ condition }) =>
      /cloudprovider\.kubernetes\.io\/uninitialized/.test(condition.message),
    );
    const since = conditionOf(cluster, "ControlPlaneInitialized")?.since;
    const first = machines.find(
      (machine) => isControlPlaneMachine(machine) && isTrue(machine, "InfrastructureReady"),
    );
    // One node with a provider ID is proof enough that the controller works.
    if (first === undefined || machines.some(hasNode)) {
      return undefined;
    }
    const layer = layers?.find(({ kind }) => kind === "cloud-controller");
    const known = (layers !== undefined && layer === undefined) || layer?.state === "failed";
    if (!known && !now.passed(since, USUAL_MS)) {
      return undefined;
    }
    const condition = tainted?.condition ?? conditionOf(first, "NodeReady");
    return {
      headline:
        layer === undefined
          ? "Machines run but do not become nodes: the cloud controller layer is missing"
          : `Machines run but do not become nodes: the cloud controller ${layer.name} is not up`,
      health: "bad",
      ...(condition === undefined
        ? {}
        : { cause: { object: tainted?.object ?? first, condition, message: condition.message } }),
      ...(since === undefined ? {} : { since }),
      todo: [
        {
          text: "Install the cloud controller of this cloud, in the version of the cluster's Kubernetes minor.",
        },
        { text: "Check its log for refused credentials: it signs in to the cloud by itself." },
      ],
    };
  },
};
