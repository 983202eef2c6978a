import { isPaletteError } from "../../shared/errors.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";
import type { ServedKind } from "./served.ts";

const CRD = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
/** Cluster API finds kinds of these names by the contract of their definition. */
const UNDER_CONTRACT = /(?:Cluster|ControlPlane|MachineTemplate|MachinePool)$/;
const CONTRACT_LABEL = /^cluster\.x-k8s\.io\/(v\d+(?:alpha|beta)?\d*)$/;

/**
 * Looks by which contract Cluster API works with a provider: labels on its definitions. Those that only know
 * v1beta1 stop with Cluster API 1.16 (engines.md 3).
 */
export async function checkContract(
  management: ManagementCluster,
  title: string,
  kinds: readonly ServedKind[],
  options: CallOptions,
): Promise<Finding[]> {
  const [judged] = kinds.filter(({ kind }) => UNDER_CONTRACT.test(kind));
  if (judged === undefined) {
    return [];
  }
  const name = `${judged.resource}.${judged.group}`;
  let labels: Readonly<Record<string, string>>;
  try {
    const definition = await management.get({ ...CRD, name }, { ...options, metadataOnly: true });
    labels = definition?.metadata.labels ?? {};
  } catch (error) {
    if (!isPaletteError(error, "Forbidden")) {
      throw error;
    }
    return [
      {
        title,
        state: "warning",
        message: "You may not read CustomResourceDefinitions, so its contract with Cluster API is not known.",
      },
    ];
  }
  const contracts = Object.keys(labels).flatMap((label) => CONTRACT_LABEL.exec(label)?.[1] ?? []);
  if (contracts.includes("v1beta2")) {
    return [{ title, state: "ok", message: "Contract v1beta2." }];
  }
  if (contracts.includes("v1beta1")) {
    return [
      {
        title,
        state: "warning",
        message: "Contract v1beta1: Cluster API works with it up to 1.15, and no longer from 1.16 on.",
        next: "Nothing to do now. Before Cluster API goes to 1.16, upgrade the provider to a version with contract v1beta2.",
      },
    ];
  }
  return [
    {
      title,
      state: "missing",
      message: `CustomResourceDefinition ${name} does not say which contract it keeps, so Cluster API does not find its objects.`,
      next: "Install the provider with clusterctl or the Cluster API operator, not from bare definitions.",
    },
  ];
}
