import { readInventory } from "./environment/inventory.ts";
import type { CallOptions, ManagementCluster } from "./management.ts";

/** The versions of a management cluster and of its providers, by what people call them. */
export async function versionsOf(
  management: ManagementCluster,
  options: CallOptions = {},
): Promise<Record<string, string>> {
  const [version, { providers }] = await Promise.all([
    management.raw("/version", options) as Promise<{ gitVersion?: string }>,
    readInventory(management, options),
  ]);
  return {
    [`Kubernetes of ${management.name}`]: (version.gitVersion ?? "unknown").replace(/^v/, ""),
    ...Object.fromEntries(
      providers.map(({ type, name, version: installed, trouble }) => [
        `Provider ${type} ${name}`,
        `${installed ?? "unknown"}${trouble === undefined ? "" : `, ${trouble}`}`,
      ]),
    ),
  };
}
