import { VIRTUAL_HOST } from "../../cluster/index.ts";
import {
  AGENT,
  AGENT_NAMESPACE,
  CLUSTER_UID,
  IMPORT_MODE,
  IMPORTED_BY_UID,
  type ImportChoice,
  type ImportMode,
  importObjects,
  kubeconfigSecretName,
  type PlannedObject,
  SEEN_AT,
  TOKEN_SECONDS,
  TOKEN_UNTIL,
} from "../../imports/index.ts";
import { withToken } from "../../imports/token.ts";
import { attachedProfiles } from "../../layers/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { NAMESPACE, SECRET, SVELTOS_CLUSTER } from "../kinds.ts";
import { forgetLogins } from "../layers/logins.ts";
import {
  type CallOptions,
  type ClusterRef,
  type ManagementCluster,
  refOf,
  type TaskOptions,
} from "../management.ts";
import { refuseHost } from "../virtual/guard.ts";
import { uidOf } from "./facts.ts";
import { letGo } from "./letGo.ts";
import { waitConnected } from "./ready.ts";
import { type Ends, type Left, removeWritten, type Written } from "./undo.ts";

const UNDO_MS = 90_000;

/** An imported cluster as its SveltosCluster tells it. */
export interface ExistingImport extends ClusterRef {
  readonly mode: ImportMode;
  /** uid of the cluster's kube-system. */
  readonly uid: string | undefined;
  /** Address by which whoever imported it saw it: finds the context to reach it with. */
  readonly seenAt: string | undefined;
  readonly object: KubeObject;
}

/**
 * Reads an imported cluster. Throws `NotFound` where there is none of that name, or it was registered elsewise, and
 * `Refused` for a virtual one.
 */
export async function readImport(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions = {},
): Promise<ExistingImport> {
  const object = await management.get({ ...SVELTOS_CLUSTER, namespace, name }, options);
  const mode = object?.metadata.labels?.[IMPORT_MODE];
  if (object === undefined || mode === undefined) {
    throw new PaletteError(
      "NotFound",
      object === undefined
        ? `There is no imported cluster ${name} in ${namespace} on ${management.name}`
        : `Cluster ${name} in ${namespace} was not imported from here`,
      { next: object === undefined ? "palette clusters lists all." : "Whoever registered it removes it." },
    );
  }
  if (object.metadata.labels?.[VIRTUAL_HOST] !== undefined) {
    throw new PaletteError("Refused", `Cluster ${name} is a virtual cluster, so it was not imported`, {
      next: `palette virtual delete ${name} removes it.`,
    });
  }
  return {
    namespace,
    name,
    mode: mode === "full" ? "full" : "read-only",
    uid: object.metadata.annotations?.[CLUSTER_UID],
    seenAt: object.metadata.annotations?.[SEEN_AT],
    object,
  };
}

/** All clusters that were imported into a management cluster, or into one namespace of it. */
export async function listImports(
  management: ManagementCluster,
  { namespace, signal }: CallOptions & { readonly namespace?: string | undefined } = {},
): Promise<ClusterRef[]> {
  const found = await management.list(SVELTOS_CLUSTER, {
    namespace,
    signal,
    labelSelector: `${IMPORT_MODE},!${VIRTUAL_HOST}`,
    metadataOnly: true,
  });
  return found.map(({ metadata }) => ({ namespace: metadata.namespace ?? "default", name: metadata.name }));
}

/** Throws `Refused` where a connection leads to another cluster than the one that was imported. */
async function checkSame(
  { uid, name }: ExistingImport,
  imported: ManagementCluster,
  options: CallOptions,
): Promise<void> {
  if (uid !== undefined && (await uidOf(imported, options)) !== uid) {
    throw new PaletteError("Refused", `Context ${imported.name} leads to another cluster than ${name}`, {
      next: `Choose the context of ${name}.`,
    });
  }
}

/**
 * Removes everything that the import made, from the last to the first. Attached profiles are let go of first, so that
 * Sveltos does with their software what they say. `imported` is absent where the cluster cannot be reached: what stays
 * on it is given back with the commands that remove it.
 */
export async function detach(
  ends: { readonly management: ManagementCluster; readonly imported?: ManagementCluster | undefined },
  existing: ExistingImport,
  { onProgress, signal }: TaskOptions = {},
): Promise<Left[]> {
  const { management, imported } = ends;
  await refuseHost(management, existing, { signal });
  if (imported !== undefined) {
    await checkSame(existing, imported, { signal });
  }
  const isOurs = imported === undefined || (await isMarkedBy(management, imported, { signal }));
  const objects = writtenBy(existing).filter(({ side }) => side === "management" || isOurs);
  const total = objects.length;
  const labels = existing.object.metadata.labels ?? {};
  if (attachedProfiles(labels).length > 0) {
    onProgress?.({ step: "Letting go of attached profiles", done: 0, total });
    const gone = Object.keys(labels).filter((key) => attachedProfiles({ [key]: "" }).length > 0);
    await management.patch(
      refOf(existing.object),
      { metadata: { labels: Object.fromEntries(gone.map((key) => [key, null])) } },
      { signal },
    );
    await letGo(management, existing, { signal });
    await forgetLogins(management, existing.namespace, { signal });
  }
  let done = 0;
  return removeWritten(
    imported === undefined ? { management } : { management, imported },
    objects,
    { signal },
    (object) =>
      onProgress?.({ step: `Removing ${object.kind} ${object.metadata.name}`, done: done++, total }),
  );
}

/** Whether what an import left on a cluster is of this management cluster, as far as that can be told. */
async function isMarkedBy(
  management: ManagementCluster,
  imported: ManagementCluster,
  options: CallOptions,
): Promise<boolean> {
  const namespace = await imported.get({ ...NAMESPACE, name: AGENT_NAMESPACE }, options);
  const by = namespace?.metadata.annotations?.[IMPORTED_BY_UID];
  return by === undefined || by === (await uidOf(management, options).catch(() => by));
}

/** What an import wrote, in its order, by names; roles of both modes, since an upgrade may have stopped half-way. */
function writtenBy(existing: ExistingImport): Written[] {
  const other: ImportMode = existing.mode === "full" ? "read-only" : "full";
  const [wrote, others] = [existing.mode, other].map((mode) =>
    importObjects(choiceOf(existing, mode)).filter(({ shared }) => shared !== true),
  ) as [PlannedObject[], PlannedObject[]];
  const extra = others.filter(
    ({ side, object }) =>
      side === "imported" &&
      !wrote.some(
        (each) => each.object.kind === object.kind && each.object.metadata.name === object.metadata.name,
      ),
  );
  const imported = [...wrote.filter(({ side }) => side === "imported"), ...extra];
  return [...imported, ...wrote.filter(({ side }) => side === "management")].map(({ side, object }) => ({
    side,
    object,
  }));
}

function choiceOf({ name, namespace, seenAt, uid }: ExistingImport, mode: ImportMode): ImportChoice {
  return {
    name,
    namespace,
    labels: {},
    mode,
    server: seenAt ?? "",
    managementCluster: "",
    uid: uid ?? "",
    seenAt: seenAt ?? "",
  };
}

/**
 * Gives the management cluster a new token in place of the one that it has, for when that expired before it could be
 * renewed. Gives the end of the new one, ISO 8601. Throws `NotFound` where the service account is gone.
 */
export async function reauthenticate(
  { management, imported }: Ends,
  existing: ExistingImport,
  { signal, onProgress, limitMs }: TaskOptions & { readonly limitMs?: number | undefined } = {},
): Promise<string> {
  await checkSame(existing, imported, { signal });
  onProgress?.({ step: "Requesting a token", done: 0, total: 3 });
  const account = { namespace: AGENT_NAMESPACE, name: AGENT };
  const { token, until } = await imported
    .requestToken(account, TOKEN_SECONDS, { signal })
    .catch((error: unknown) => {
      throw isPaletteError(error, "NotFound")
        ? new PaletteError(
            "NotFound",
            `ServiceAccount ${AGENT} of the import is gone from ${existing.name}`,
            { next: "Detach the cluster and import it again." },
          )
        : error;
    });
  const ref = { ...SECRET, namespace: existing.namespace, name: kubeconfigSecretName(existing.name) };
  onProgress?.({ step: `Writing Secret ${ref.name}`, done: 1, total: 3 });
  const secret = await management.get(ref, { signal });
  const before = (secret?.data as Record<string, string> | undefined)?.kubeconfig;
  if (before === undefined) {
    throw new PaletteError("NotFound", `Secret ${ref.name} in ${ref.namespace} is gone`, {
      next: "Detach the cluster and import it again.",
    });
  }
  const text = withToken(Buffer.from(before, "base64").toString("utf8"), token);
  await management.patch(ref, { stringData: { kubeconfig: text } }, { signal });
  await management.patch(
    refOf(existing.object),
    { metadata: { annotations: { [TOKEN_UNTIL]: until } } },
    { signal },
  );
  onProgress?.({ step: `Waiting until ${management.name} has connected`, done: 2, total: 3 });
  await waitConnected(management, existing, existing.seenAt ?? existing.name, { signal, limitMs });
  return until;
}

/**
 * Gives full permission to a cluster that was imported read-only: its service account gets the full role, and loses
 * the others. A failure and a cancel take the full role away again. Throws `Forbidden` where this user may not.
 */
export async function upgradeToFull(
  { management, imported }: Ends,
  existing: ExistingImport,
  { signal, onProgress }: TaskOptions = {},
): Promise<void> {
  await checkSame(existing, imported, { signal });
  const full = roles(existing, "full");
  const readOnly = roles(existing, "read-only");
  const total = full.length + readOnly.length + 1;
  let done = 0;
  const begin = (step: string): void => onProgress?.({ step, done: done++, total });
  const written: Written[] = [];
  try {
    for (const object of full) {
      begin(`Creating ${object.kind} ${object.metadata.name}`);
      written.push({ side: "imported", object: await imported.apply(object, { signal }) });
    }
    begin(`Marking SveltosCluster ${existing.name}`);
    const mark = { metadata: { labels: { [IMPORT_MODE]: "full" } } };
    const secret = { ...SECRET, namespace: existing.namespace, name: kubeconfigSecretName(existing.name) };
    await management.patch(secret, mark, { signal });
    await management.patch(refOf(existing.object), mark, { signal });
  } catch (error) {
    const left = await removeWritten({ imported, management }, written, {
      signal: AbortSignal.timeout(UNDO_MS),
    });
    if (!isPaletteError(error)) {
      throw error;
    }
    throw new PaletteError(error.code, `${existing.name} stays read-only: ${error.message}`, {
      ...(error.engine === undefined ? {} : { engine: error.engine }),
      next:
        left.length === 0
          ? (error.next ?? "Nothing changed.")
          : `Remove what is left with: ${left.flatMap(({ commands }) => commands).join("; ")}`,
      cause: error.cause,
    });
  }
  // What is left of these only says less than the full role does.
  await removeWritten(
    { imported, management },
    readOnly.map((object) => ({ side: "imported" as const, object })),
    { signal },
    ({ kind, metadata }) => begin(`Removing ${kind} ${metadata.name}`),
  );
}

/** The roles of a mode and their bindings. */
function roles(existing: ExistingImport, mode: ImportMode): KubeObject[] {
  return importObjects(choiceOf(existing, mode))
    .map(({ object }) => object)
    .filter(({ kind }) => kind === "ClusterRole" || kind === "ClusterRoleBinding");
}
