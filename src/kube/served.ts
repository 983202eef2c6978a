import { isPaletteError } from "../shared/errors.ts";
import type { CallOptions, KindRef, ManagementCluster } from "./management.ts";

interface Groups {
  readonly groups?: readonly {
    readonly name: string;
    readonly preferredVersion?: { readonly groupVersion: string };
    readonly versions?: readonly { readonly groupVersion: string }[];
  }[];
}

/**
 * The version in which a server serves a kind: the preferred version of its group where that has it, else the first
 * one that does. Providers share one group and need not have all of its versions. `undefined` where none has it.
 */
export async function servedKind(
  management: ManagementCluster,
  group: string,
  kind: string,
  options: CallOptions = {},
): Promise<KindRef | undefined> {
  const { groups = [] } = (await management.raw("/apis", options)) as Groups;
  const found = groups.find(({ name }) => name === group);
  const preferred = found?.preferredVersion?.groupVersion;
  const versions = new Set([
    ...(preferred === undefined ? [] : [preferred]),
    ...(found?.versions ?? []).map(({ groupVersion }) => groupVersion),
  ]);
  for (const apiVersion of versions) {
    if (await serves(management, apiVersion, kind, options)) {
      return { apiVersion, kind };
    }
  }
  return undefined;
}

async function serves(
  management: ManagementCluster,
  apiVersion: string,
  kind: string,
  options: CallOptions,
): Promise<boolean> {
  try {
    const { resources = [] } = (await management.raw(`/apis/${apiVersion}`, options)) as {
      resources?: readonly { readonly name: string; readonly kind: string }[];
    };
    return resources.some((resource) => resource.kind === kind && !resource.name.includes("/"));
  } catch (error) {
    if (isPaletteError(error, "NotFound")) {
      return false;
    }
    throw error;
  }
}
