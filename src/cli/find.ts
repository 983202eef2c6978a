import { PaletteError } from "../shared/errors.ts";
import type { ClusterStatus } from "../status/model.ts";
import type { CommandIo } from "./command.ts";
import type { Management } from "./management.ts";

/** The cluster of a name; names are unique over a management cluster, unless somebody made them elsewise. */
export async function findCluster(
  { kube, cluster }: Management,
  name: string,
  namespace: string | undefined,
  { signal }: CommandIo,
): Promise<ClusterStatus> {
  const all = await kube.listClusters(cluster, { namespace, signal });
  const found = all.filter((each) => each.name === name);
  const [only] = found;
  if (only === undefined) {
    const where = namespace === undefined ? "" : ` in ${namespace}`;
    throw new PaletteError("NotFound", `There is no cluster ${name}${where} on ${cluster.name}`, {
      next: "palette clusters lists all.",
    });
  }
  if (found.length > 1) {
    throw new PaletteError(
      "InvalidDocument",
      `Several clusters are called ${name}: in ${found.map((each) => each.namespace).join(", ")}`,
      { next: "Name the namespace with --namespace." },
    );
  }
  return only;
}
