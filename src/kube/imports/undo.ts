import type { Side } from "../../imports/index.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { NAMESPACE } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { refOf } from "../management.ts";
import { until } from "../until.ts";

/** How long a namespace may take to be gone; a new import of the same cluster would meet it. */
const NAMESPACE_MS = 60_000;
const LOOK_MS = 500;

/** Both ends of an import. */
export type Ends = Readonly<Record<Side, ManagementCluster>>;

/** An object as an import wrote it, with its uid where it is to be removed only if it is still that one. */
export interface Written {
  readonly side: Side;
  readonly object: KubeObject;
  /** Its write had no answer: it is ours where it was made from then on. */
  readonly since?: Date;
}

/** What could not be removed, and the commands that do it. */
export interface Left {
  readonly side: Side;
  readonly objects: readonly string[];
  readonly commands: readonly string[];
  readonly error: unknown;
}

/**
 * Removes objects from the last to the first. The first failure of a side ends it there, since the next would fail
 * like it and later objects hold earlier ones' rights; the other side goes on. Gives what is left.
 */
export async function removeWritten(
  ends: Partial<Ends>,
  written: readonly Written[],
  options: CallOptions,
  onRemove: (object: KubeObject) => void = () => {},
): Promise<Left[]> {
  const failed = new Map<Side, { readonly error: unknown; readonly objects: KubeObject[] }>();
  for (const { side, object, since } of written.toReversed()) {
    const before = failed.get(side);
    if (before !== undefined) {
      before.objects.push(object);
      continue;
    }
    try {
      const end = ends[side];
      if (end === undefined) {
        throw new Error("There is no connection");
      }
      onRemove(object);
      const uid = since === undefined ? object.metadata.uid : await madeSince(end, object, since, options);
      if (since !== undefined && uid === undefined) {
        continue;
      }
      await end.delete(refOf(object), { ...options, ...(uid === undefined ? {} : { uid }) });
      if (object.kind === NAMESPACE.kind) {
        await namespaceGone(end, object.metadata.name, options);
      }
    } catch (error) {
      // Another object of that name is not ours to remove.
      if (!isPaletteError(error, "Refused") || object.metadata.uid === undefined) {
        failed.set(side, { error, objects: [object] });
      }
    }
  }
  return [...failed].map(([side, { error, objects }]) => ({
    side,
    error,
    objects: objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    commands: commandsFor(ends[side]?.name, objects),
  }));
}

/** The uid of an object if it was made from `since` on; seconds are all that objects know of their age. */
async function madeSince(
  end: ManagementCluster,
  object: KubeObject,
  since: Date,
  options: CallOptions,
): Promise<string | undefined> {
  const found = await end.get(refOf(object), options);
  const made = Date.parse(found?.metadata.creationTimestamp ?? "");
  return made >= Math.floor(since.getTime() / 1000) * 1000 ? found?.metadata.uid : undefined;
}

/** The commands that remove objects, in order, for whoever can reach their cluster. */
function commandsFor(context: string | undefined, objects: readonly KubeObject[]): string[] {
  return objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => {
    const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
    return [
      "kubectl",
      ...(context === undefined ? [] : ["--context", context]),
      "delete",
      `${kind.toLowerCase()}${group}`,
      name,
      ...(namespace === undefined ? [] : ["-n", namespace]),
      "--ignore-not-found",
    ].join(" ");
  });
}

async function namespaceGone(end: ManagementCluster, name: string, options: CallOptions): Promise<void> {
  await until(
    async () => (await end.get({ ...NAMESPACE, name }, options)) === undefined,
    { ...options, limitMs: NAMESPACE_MS, lookMs: LOOK_MS },
    () => new Error(`Namespace ${name} is still being deleted`),
  );
}
