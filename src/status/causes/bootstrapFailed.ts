import { conditionOf, isTrue } from "../conditions.ts";
import { isLong } from "../health.ts";
import { hasNode, isControlPlaneMachine } from "../parts.ts";
import type { KnownCause } from "./cause.ts";
import { machines as counted } from "./words.ts";

/** The machine runs and has its bootstrap data, and never joins: what failed is in its own console. */
export const bootstrapFailed: KnownCause = {
  id: "bootstrap-failed",
  ofCreation: true,
  find({ cluster, machines, now }) {
    const initialized = isTrue(cluster, "ControlPlaneInitialized");
    const silent = machines.filter(
      (machine) =>
        machine.metadata.deletionTimestamp === undefined &&
        !hasNode(machine) &&
        isTrue(machine, "InfrastructureReady") &&
        isTrue(machine, "BootstrapConfigReady") &&
        isLong(conditionOf(machine, "InfrastructureReady")?.since, now) &&
        // Workers wait for the control plane, and that is no fault of theirs.
        (isControlPlaneMachine(machine) || initialized),
    );
    const [first] = silent;
    const condition = first === undefined ? undefined : conditionOf(first, "NodeReady");
    if (first === undefined) {
      return undefined;
    }
    const since = conditionOf(first, "InfrastructureReady")?.since;
    const { host, port } =
      (cluster.spec as { controlPlaneEndpoint?: { host?: string; port?: number } } | undefined)
        ?.controlPlaneEndpoint ?? {};
    const where = host === undefined ? "the API server" : `${host}:${port ?? 6443}`;
    return {
      headline: initialized
        ? `${counted(silent.length)} started and did not join the cluster: the bootstrap failed`
        : "The first control plane machine started, and no API server came up on it: the bootstrap failed",
      health: "bad",
      ...(condition === undefined ? {} : { cause: { object: first, condition, message: condition.message } }),
      ...(since === undefined ? {} : { since }),
      todo: [
        {
          text: `Read the console of machine ${first.metadata.name}, or sign in to it by SSH: /var/log/cloud-init-output.log says which step failed, journalctl -u kubelet what came after.`,
        },
        { text: `Check that the machine reaches ${where} and the registries of its images.` },
        { text: "Check the commands and files that the Kubernetes and operating system layers add." },
      ],
    };
  },
};
