import { randomBytes } from "node:crypto";
import { PROFILE } from "../../cluster/index.ts";
import {
  type Answer,
  type AttachmentPreview,
  attachmentPreview,
  ENDED_PREVIEW,
  isAnswered,
  LAYER_LABEL,
  PREVIEW_LABEL,
  type PreviewPlan,
  previewObjects,
} from "../../layers/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER_REPORT, CLUSTER_SUMMARY, CONFIG_MAP, LAYER_PROFILE, SECRET } from "../kinds.ts";
import {
  type CallOptions,
  type ClusterRef,
  type ManagementCluster,
  refOf,
  type TaskOptions,
} from "../management.ts";
import { until } from "../until.ts";
import { planDrop } from "./drop.ts";
import { askForLogins } from "./logins.ts";
import { byOwner } from "./objects.ts";
import { type AttachInput, type AttachOptions, planAttachment } from "./planAttachment.ts";

const LOOK_MS = 500;
/** Sveltos reports within seconds; a cluster that does not answer it is said after this. */
const ANSWER_MS = 120_000;
/** A preview that was cut off is removed by the next one; by then it cannot be under way any more. */
const LEFT_BEHIND_MS = ANSWER_MS + 60_000;
const REMOVAL_MS = 60_000;

/**
 * What attaching an add-on profile, or another version of one, would change on a cluster, as Sveltos reports it. Writes
 * temporary objects on the management cluster and removes them whatever happens; nothing is written to the cluster.
 * Throws as `planAttachment`, `Unreachable` where Sveltos does not report, and what writing throws.
 */
export async function previewAttachment(
  management: ManagementCluster,
  ref: ClusterRef,
  input: AttachInput,
  { onProgress, signal, mayWriteLogin = () => false }: AttachOptions = {},
): Promise<AttachmentPreview> {
  const attachment = await planAttachment(management, ref, input, { signal });
  const { profile, target, object, logins, own, current, labels, present, clashes } = attachment;
  await askForLogins(logins, mayWriteLogin);
  const drop = await planDrop(management, attachment, { signal });
  const asked = previewObjects([...attachment.plan.objects, ...(own?.objects ?? [])], {
    target,
    id: randomBytes(3).toString("hex"),
    before: [...(present?.objects ?? []), ...drop.begun],
    logins: logins.map((each) => each.object),
    labelsBefore: object.metadata.labels ?? {},
    labels,
    secrets: new Set(
      [...current, ...(own?.objects ?? [])]
        .filter(({ kind }) => kind === SECRET.kind)
        .map(({ metadata }) => metadata.name),
    ),
  });
  const total = asked.objects.length + asked.probes.length + 1;
  await removeLeftBehind(management, ref, signal);
  let answers: ReadonlyMap<string, Answer>;
  try {
    for (const [i, object] of asked.objects.entries()) {
      onProgress?.({ step: "Writing what Sveltos is asked", done: i, total });
      await management.create(object, { signal });
    }
    answers = await answered(management, ref, asked, { onProgress, signal });
  } finally {
    onProgress?.({ step: "Removing what Sveltos was asked", done: total - 1, total });
    await remove(management, asked.objects, { signal: AbortSignal.timeout(REMOVAL_MS) }).catch(
      (error: unknown) => {
        throw notRemoved(management, ref, error);
      },
    );
  }
  const owners = await ownersOf(management, ref.namespace, signal);
  return attachmentPreview({
    profile: { name: profile.name, version: profile.version },
    cluster: ref.name,
    ...(present === undefined ? {} : { before: present.version }),
    asked,
    answers,
    clashes,
    drop,
    target,
    ownerOf: (name) => owners.get(name),
  });
}

/** Waits until Sveltos has said all. Throws `Unreachable` where it does not within the time, and `Cancelled`. */
async function answered(
  management: ManagementCluster,
  ref: ClusterRef,
  { objects, probes }: PreviewPlan,
  { onProgress, signal }: TaskOptions,
): Promise<Map<string, Answer>> {
  const total = objects.length + probes.length + 1;
  let answers = new Map<string, Answer>();
  let open = probes;
  await until(
    async () => {
      answers = await read(management, ref, signal);
      open = probes.filter((probe) => !isAnswered(probe, answers.get(probe.name) ?? NOTHING));
      if (open.length > 0) {
        const done = objects.length + probes.length - open.length;
        onProgress?.({ step: `Waiting for Sveltos to report on ${open[0]?.layer}`, done, total });
      }
      return open.length === 0;
    },
    { signal, limitMs: ANSWER_MS, lookMs: LOOK_MS },
    (seconds) =>
      new PaletteError(
        "Unreachable",
        `Sveltos did not report within ${seconds} s what would change on ${ref.name}: ${open.map(({ layer }) => layer).join(", ")}`,
        { next: "Look whether its controllers run and reach the cluster." },
      ),
  );
  return answers;
}

const NOTHING: Answer = { report: undefined, summary: undefined };

/** What Sveltos has written for a cluster, by the name of the Sveltos Profile. */
async function read(
  management: ManagementCluster,
  { namespace }: ClusterRef,
  signal: AbortSignal | undefined,
): Promise<Map<string, Answer>> {
  const [reports, summaries] = await Promise.all([
    management.list(CLUSTER_REPORT, { namespace, signal }),
    management.list(CLUSTER_SUMMARY, { namespace, signal }),
  ]);
  const [report, summary] = [byOwner(reports), byOwner(summaries)];
  return new Map(
    [...new Set([...report.keys(), ...summary.keys()])].map((name) => [
      name,
      { report: report.get(name), summary: summary.get(name) },
    ]),
  );
}

/** The profile that each Sveltos object of a layer belongs to. */
async function ownersOf(
  management: ManagementCluster,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  const all = await management.list(LAYER_PROFILE, { namespace, labelSelector: LAYER_LABEL, signal });
  return new Map(
    all.flatMap(({ metadata }) => {
      const owner = metadata.annotations?.[PROFILE] ?? metadata.labels?.[PROFILE];
      return owner === undefined ? [] : [[metadata.name, owner] as const];
    }),
  );
}

/** Removes what previews of a cluster left that were cut off. */
async function removeLeftBehind(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  signal: AbortSignal | undefined,
): Promise<void> {
  const lists = await Promise.all(
    [CONFIG_MAP, SECRET, LAYER_PROFILE].map((kind) =>
      management.list(kind, { namespace, labelSelector: `${PREVIEW_LABEL}=${name}`, signal }),
    ),
  );
  const before = management.now().getTime() - LEFT_BEHIND_MS;
  const old = lists.flat().filter(({ metadata }) => Date.parse(metadata.creationTimestamp ?? "") < before);
  await remove(management, old, { signal });
}

/** Not a cancel, though the time for removing them may have ended it: the user would hear nothing of what is left. */
function notRemoved(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  cause: unknown,
): PaletteError {
  return new PaletteError(
    isPaletteError(cause) && cause.code !== "Cancelled" ? cause.code : "Unreachable",
    `What Sveltos was asked about ${name} could not be removed: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      next: `The next preview removes it once ${LEFT_BEHIND_MS / 60_000} minutes have passed. Its objects in ${namespace} on ${management.name} have label ${PREVIEW_LABEL}=${name}.`,
      cause,
    },
  );
}

/** Removes temporary objects; Sveltos removes its reports with them. Goes through all, and throws what the first throws. */
async function remove(
  management: ManagementCluster,
  objects: readonly KubeObject[],
  options: CallOptions,
): Promise<void> {
  const failed: unknown[] = [];
  // Those that ask come last in the list, and go before what they refer to.
  for (const object of [...objects].reverse()) {
    try {
      if (object.kind === LAYER_PROFILE.kind) {
        await management.patch(refOf(object), ENDED_PREVIEW, options);
      }
      await management.delete(refOf(object), options);
    } catch (error) {
      // Stopped before it was written.
      if (!isPaletteError(error, "NotFound")) {
        failed.push(error);
      }
    }
  }
  if (failed.length > 0) {
    throw failed[0];
  }
}
