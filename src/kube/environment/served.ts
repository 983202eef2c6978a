import type { ApiKind } from "../../cluster/clouds/cloud.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";

/** How a management cluster serves a kind. */
export interface ServedKind extends ApiKind {
  readonly group: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

/** Those of `kinds` that are served. */
export async function servedKinds(
  management: ManagementCluster,
  kinds: readonly ApiKind[],
  options: CallOptions,
): Promise<ServedKind[]> {
  const apiVersions = [...new Set(kinds.map(({ apiVersion }) => apiVersion))];
  const found = await Promise.all(
    apiVersions.map(async (apiVersion) =>
      (await resourcesOf(management, apiVersion, options)).map(
        ({ name, kind, namespaced }): ServedKind => ({
          apiVersion,
          kind,
          group: apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "",
          resource: name,
          namespaced,
        }),
      ),
    ),
  );
  const all = found.flat();
  return kinds.flatMap(
    (wanted) =>
      all.find(({ apiVersion, kind }) => apiVersion === wanted.apiVersion && kind === wanted.kind) ?? [],
  );
}

async function resourcesOf(
  management: ManagementCluster,
  apiVersion: string,
  options: CallOptions,
): Promise<{ name: string; kind: string; namespaced: boolean }[]> {
  try {
    const { resources = [] } = (await management.raw(
      apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
      options,
    )) as { resources?: { name: string; kind: string; namespaced: boolean }[] };
    return resources.filter(({ name }) => !name.includes("/"));
  } catch (error) {
    if (isPaletteError(error, "NotFound")) {
      return [];
    }
    throw error;
  }
}
