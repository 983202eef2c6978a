import { ownValuesLabels } from "../../layers/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { ClusterRef, ManagementCluster } from "../management.ts";
import { publishProfile } from "../published.ts";
import { planDrop } from "./drop.ts";
import { askForLogins, forgetLogins, retryWithLogins } from "./logins.ts";
import { forgetOwnValues } from "./ownValues.ts";
import { type AttachInput, type Attachment, type AttachOptions, planAttachment } from "./planAttachment.ts";
import { abandonRemovals, handOver, withdraw, writeWithdrawing } from "./withdraw.ts";

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
  { onProgress, signal, mayWriteLogin = () => false }: AttachOptions = {},
): Promise<void> {
  const attachment = await planAttachment(management, ref, input, { signal });
  const { profile, target, object, plan, logins, own, present, clashes } = attachment;
  const [problem] = clashes;
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  await askForLogins(logins, mayWriteLogin);
  const [key, value] = plan.label;
  const { objects, leaving, abandoned } = await planDrop(management, attachment, { signal });
  const secrets = logins.map((each) => each.object);
  const { apiVersion, kind, metadata } = object;
  const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? "" };
  // What a cluster has of its own goes with it, whoever deletes it: there may be secrets in it.
  const mine = (own?.objects ?? []).map((each) => ({
    ...each,
    metadata: { ...each.metadata, ownerReferences: [owner] },
  }));
  const written = [...plan.objects, ...mine];
  const total = written.length + secrets.length + 2;
  onProgress?.({ step: `Publishing ${profile.name} ${profile.version}`, done: 0, total });
  await publishProfile(management, { text: input.profileText, namespace: ref.namespace }, { signal });
  for (const [i, object] of written.entries()) {
    onProgress?.({ step: `Writing ${object.kind} ${object.metadata.name}`, done: i + 1, total });
    await management.apply(object, { signal });
  }
  const label = async (): Promise<void> => {
    onProgress?.({ step: `Attaching it to ${ref.name}`, done: written.length + 1, total });
    const labels = { ...unwanted(attachment), ...own?.labels, [key]: value };
    await management.patch(target, { metadata: { labels } }, { signal });
    // Only now does anything on the cluster come from there: whoever takes off a profile of another one in this namespace
    // would remove them before.
    for (const [i, secret] of secrets.entries()) {
      const step = `Writing ${secret.kind} ${secret.metadata.name}`;
      onProgress?.({ step, done: written.length + 2 + i, total });
      await management.apply(secret, { signal });
    }
  };
  // What a stopped removal still has to take away is written down before that one is forgotten.
  const taken = new Set(abandoned.map(({ metadata }) => metadata.name));
  const others = objects.filter(({ metadata }) => !taken.has(metadata.name));
  await writeWithdrawing(management, others, { signal });
  await abandonRemovals(management, abandoned, { signal });
  await withdraw(management, objects, label, { onProgress, signal });
  if (leaving.length > 0) {
    onProgress?.({ step: `Handing over from ${profile.name} ${present?.version}`, done: total - 1, total });
    await handOver(management, ref, leaving, { signal });
  }
  if (own !== undefined) {
    await forgetOwnValues(management, { target, object }, profile.name, own.labels, signal);
  }
  await retryWithLogins(management, ref.namespace, secrets, { signal });
  await forgetLogins(management, ref.namespace, { signal });
}

/**
 * Labels that lead to what the cluster had of its own of a layer that it shares from now on. They go in the moment in
 * which it gets the version: else the new one would bring what the old one did.
 */
function unwanted({ profile, object, plan, labels }: Attachment): Record<string, null> {
  const gone = ownValuesLabels(profile.name, plan.groups.flat()).filter(
    (key) => object.metadata.labels?.[key] !== undefined && labels[key] === undefined,
  );
  return Object.fromEntries(gone.map((key) => [key, null]));
}
