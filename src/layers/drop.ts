import type { KubeObject } from "../shared/kubernetes.ts";
import { type ManifestSource, manifestObjects } from "./manifests.ts";
import { SVELTOS_SECRET } from "./objects.ts";
import {
  chartsOf,
  type LayerTarget,
  lastFirst,
  releaseOf,
  withdrawingName,
  withdrawingObject,
} from "./withdraw.ts";

/** Layer objects, and the manifests that those of them with manifests put on one cluster, by their names. */
export interface Bringing {
  readonly profiles: readonly KubeObject[];
  readonly manifests: ReadonlyMap<string, ManifestSource>;
}

/** What goes with one would go too, whoever put it there: all that is in a namespace, and all of a definition. */
const STAYING = new Set(["Namespace", "CustomResourceDefinition"]);

/**
 * Withdrawing objects for what `before` brings and `after` does not, release by release and object by object, in
 * whatever layers they are. Manifests that go lie in a ConfigMap or Secret of the withdrawing object's name, which comes
 * before it. What `after` brings is in none of them, so none can take it away. Namespaces and definitions in manifests
 * stay.
 */
export function droppingObjects(before: Bringing, after: Bringing, target: LayerTarget): KubeObject[] {
  const kept = idsOf(after);
  return lastFirst(before.profiles).flatMap((profile): KubeObject[] => {
    const charts = chartsOf(profile).filter((chart) => !kept.has(releaseOf(chart)));
    if (charts.length > 0) {
      return [withdrawingObject(profile, target, charts, [])];
    }
    const source = before.manifests.get(profile.metadata.name);
    const gone =
      source && manifestObjects(source).filter(({ id, kind }) => !kept.has(id) && !STAYING.has(kind));
    if (source === undefined || gone === undefined || gone.length === 0) {
      return [];
    }
    const { kind } = source;
    const name = withdrawingName(profile, target);
    const reference = { kind, name, deploymentType: "Remote", optional: true };
    const copy = withdrawingObject(profile, target, [], [reference]);
    const data = { "manifests.yaml": gone.map(({ text }) => text.replace(/\n*$/, "\n")).join("") };
    const content = kind === "Secret" ? { type: SVELTOS_SECRET, stringData: data } : { data };
    return [{ apiVersion: "v1", kind, metadata: copy.metadata, ...content }, copy];
  });
}

/** Whether both bring a release or an object. */
export function overlaps(a: Bringing, b: Bringing): boolean {
  const ids = idsOf(b);
  return [...idsOf(a)].some((id) => ids.has(id));
}

/** Releases and objects, told apart from all others of a cluster. */
function idsOf({ profiles, manifests }: Bringing): Set<string> {
  return new Set([
    ...profiles.flatMap((each) => chartsOf(each).map(releaseOf)),
    ...[...manifests.values()].flatMap(manifestObjects).map(({ id }) => id),
  ]);
}
