import { PROFILE, slug } from "../../cluster/index.ts";
import { withdrawingObjects } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { ClusterRef, ManagementCluster, TaskOptions } from "../management.ts";
import { publishProfile } from "../published.ts";
import { forgetOwnValues } from "./ownValues.ts";
import { type AttachInput, planAttachment } from "./planAttachment.ts";
import { abandonRemovals, begunRemovals, handOver, withdraw } from "./withdraw.ts";

/**
 * Puts an add-on profile on a cluster: publishes its version, writes its layers and labels the cluster. Another version
 * of the profile that is on it gives way: its software is upgraded in place, and what the new one does not bring any
 * more is removed. Ends when everything is written and the other version has let go; Sveltos installs. Throws `InvalidDocument` (the profile has errors,
 * is no add-on profile, has a layer that cannot be put on clusters, lacks a value, or brings a release that another
 * profile of the cluster owns), `NotFound`, `Refused` (imported read-only), `Prerequisite` (no Sveltos) and what
 * writing throws.
 */
export async function attachProfile(
  management: ManagementCluster,
  ref: ClusterRef,
  input: AttachInput,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const { profile, target, object, plan, own, present, clashes } = await planAttachment(
    management,
    ref,
    input,
    { signal },
  );
  const [problem] = clashes;
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  const [key, value] = plan.label;
  const leaving = present === undefined || present.version === value ? [] : present.objects;
  const dropped = withdrawingObjects(leaving, target, plan.objects);
  const written = [...plan.objects, ...(own?.objects ?? [])];
  const total = written.length + 2;
  onProgress?.({ step: `Publishing ${profile.name} ${profile.version}`, done: 0, total });
  await publishProfile(management, { text: input.profileText, namespace: ref.namespace }, { signal });
  for (const [i, object] of written.entries()) {
    onProgress?.({ step: `Writing ${object.kind} ${object.metadata.name}`, done: i + 1, total });
    await management.apply(object, { signal });
  }
  const stopped = (await begunRemovals(management, ref, { signal })).filter(
    ({ metadata }) => metadata.labels?.[PROFILE] === slug(profile.name),
  );
  await abandonRemovals(management, stopped, { signal });
  onProgress?.({ step: `Attaching it to ${ref.name}`, done: total - 1, total });
  const label = async (): Promise<void> => {
    await management.patch(target, { metadata: { labels: { ...own?.labels, [key]: value } } }, { signal });
  };
  await (dropped.length === 0 ? label() : withdraw(management, dropped, label, { onProgress, signal }));
  if (leaving.length > 0) {
    onProgress?.({ step: `Handing over from ${profile.name} ${present?.version}`, done: total - 1, total });
    await handOver(management, ref, leaving, { signal });
  }
  if (own !== undefined) {
    await forgetOwnValues(management, { target, object }, profile.name, own.labels, signal);
  }
}
