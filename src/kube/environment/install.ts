import type { ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";
import { type Inventory, operatorObjects } from "./inventory.ts";
import type { Need } from "./needs.ts";

/** Providers that clusterctl does not know by itself, with what to tell it (engines.md 1.4). */
const UNKNOWN_TO_CLUSTERCTL: Readonly<Record<string, string>> = {
  k3s: "https://github.com/k3s-io/cluster-api-k3s/releases",
};

type Advice = Pick<Finding, "next" | "command" | "install">;

/** How to install a provider, or to bring it to the version that is needed: objects for the operator, or the command of clusterctl. */
export function installAdvice(
  need: Need,
  { hasOperator }: Pick<Inventory, "hasOperator">,
  { name: management, isSandbox }: Pick<ManagementCluster, "name" | "isSandbox">,
  installed: boolean,
): Advice {
  if (isSandbox) {
    return {
      next: "The local management cluster runs no pods, so this provider cannot run there. Connect a management cluster that has it.",
    };
  }
  const { type, name, version } = need;
  if (hasOperator && !Object.hasOwn(UNKNOWN_TO_CLUSTERCTL, name)) {
    return {
      next: `The Cluster API operator of ${management} can install it, from the objects shown.`,
      install: operatorObjects(need),
    };
  }
  const ref = version === undefined ? name : `${name}:v${version}`;
  const command = `clusterctl ${installed ? "upgrade apply" : "init"} --${type} ${ref}`;
  const source = UNKNOWN_TO_CLUSTERCTL[name];
  return {
    command,
    next: `${source === undefined ? "" : `Name provider ${name} (${source}) under providers in clusterctl.yaml, since clusterctl does not know it. `}Run ${command}`,
  };
}
