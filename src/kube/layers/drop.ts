import { PROFILE, slug } from "../../cluster/index.ts";
import {
  type Bringing,
  chosenName,
  droppingObjects,
  type LayerTarget,
  type ManifestSource,
  manifestReferences,
  overlaps,
  withdrawingName,
} from "../../layers/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CONFIG_MAP, LAYER_PROFILE, SECRET } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { Attachment } from "./planAttachment.ts";
import { begunRemovals } from "./withdraw.ts";

/** What goes from a cluster when an attachment comes. */
export interface Drop {
  /** The layer objects of the version that gives way; none where it stays. */
  readonly leaving: readonly KubeObject[];
  /** What former versions brought, and what the new one brings. */
  readonly before: Bringing;
  readonly after: Bringing;
  /** Withdrawing objects, and the manifests that some of them refer to. */
  readonly objects: readonly KubeObject[];
  /** Withdrawing objects of removals that were stopped, and those of them that have what comes again. */
  readonly begun: readonly KubeObject[];
  readonly abandoned: readonly KubeObject[];
}

/** Works out what goes: of the version that is on the cluster, and of removals that were stopped. */
export async function planDrop(
  management: ManagementCluster,
  { profile, target, object, plan, own, labels, present }: Attachment,
  { signal }: CallOptions,
): Promise<Drop> {
  const [, version] = plan.label;
  const leaving = present === undefined || present.version === version ? [] : present.objects;
  const begun = (await begunRemovals(management, target, { signal })).filter(
    ({ metadata }) => metadata.labels?.[PROFILE] === slug(profile.name),
  );
  const read = (profiles: readonly KubeObject[], labels: Labels, written: readonly KubeObject[] = []) =>
    bringing(management, target, { profiles, labels, written }, { signal });
  const labelsBefore = object.metadata.labels ?? {};
  const after = await read(
    plan.objects.filter(({ kind }) => kind === LAYER_PROFILE.kind),
    labels,
    [...plan.objects, ...(own?.objects ?? [])],
  );
  const stopped = await Promise.all(
    begun.map(async (copy) => ({ copy, isWanted: overlaps(await read([copy], labelsBefore), after) })),
  );
  const abandoned = stopped.flatMap(({ copy, isWanted }) => (isWanted ? [copy] : []));
  // Before the cluster has moved on, a copy owns nothing yet, and is made anew.
  const made = new Set(leaving.map((each) => withdrawingName(each, target)));
  const before = await read(
    [...leaving, ...abandoned.filter(({ metadata }) => !made.has(metadata.name))],
    labelsBefore,
  );
  const dropping = droppingObjects(before, after, target);
  const names = new Set([...dropping, ...abandoned].map(({ metadata }) => metadata.name));
  const resumed = begun.filter(({ metadata }) => !names.has(metadata.name));
  return { leaving, before, after, objects: [...resumed, ...dropping], begun, abandoned };
}

type Labels = Readonly<Record<string, string>>;

/** Reads the manifests that layer objects put on a cluster of these labels; what is about to be written counts as there. */
async function bringing(
  management: ManagementCluster,
  { namespace }: LayerTarget,
  {
    profiles,
    labels,
    written,
  }: {
    readonly profiles: readonly KubeObject[];
    readonly labels: Labels;
    readonly written: readonly KubeObject[];
  },
  options: CallOptions,
): Promise<Bringing> {
  const manifests = new Map<string, ManifestSource>();
  for (const profile of profiles) {
    for (const reference of manifestReferences(profile)) {
      const { kind } = reference;
      const name = chosenName(reference.name, labels);
      const source =
        written.find((each) => each.kind === kind && each.metadata.name === name) ??
        (await management.get({ ...(kind === SECRET.kind ? SECRET : CONFIG_MAP), namespace, name }, options));
      if (source !== undefined) {
        manifests.set(profile.metadata.name, {
          kind: kind === SECRET.kind ? "Secret" : "ConfigMap",
          texts: textsOf(source),
        });
      }
    }
  }
  return { profiles, manifests };
}

/** A Secret that is about to be written has its texts as they are. */
function textsOf({ kind, data = {}, stringData }: KubeObject): string[] {
  const decode = (text: string): string =>
    kind === SECRET.kind ? Buffer.from(text, "base64").toString("utf8") : text;
  return Object.values((stringData as Labels | undefined) ?? {}).concat(
    Object.values(data as Labels).map(decode),
  );
}
