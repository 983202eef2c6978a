import type { Cloud, Identity, NewAccount } from "../../cluster/clouds/cloud.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { SECRET } from "../kinds.ts";
import { type CallOptions, type ManagementCluster, refOf } from "../management.ts";
import { type CloudAccount, identityOf } from "./list.ts";
import { secretOf } from "./secretOf.ts";
import { clustersUsing } from "./usage.ts";

/** `clusterctl move` takes along what carries it (engines.md 3.3). */
const MOVE_LABEL = "clusterctl.cluster.x-k8s.io/move";
/** Tells a secret that was made for an account from one that somebody else made and shares. */
const MADE_FOR = "palette-onboarding/cloud-account";

/** What a new account writes, its secret first. Their secrets are the user's: show them masked (`maskSecrets`). */
export function accountObjects(identity: Identity, account: NewAccount): KubeObject[] {
  return identity.render(account).map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, [MADE_FOR]: account.name },
      ...(object.kind === SECRET.kind ? { labels: { ...object.metadata.labels, [MOVE_LABEL]: "true" } } : {}),
    },
  }));
}

/**
 * Writes the objects of a new account; each is judged before any is written, and a refusal half-way removes what
 * was written. Nothing of what is there is touched: throws `AlreadyExists`, `Refused`, `Forbidden`, `NotFound`
 * (a namespace), `Prerequisite` (the provider is missing), `Unreachable`.
 */
export async function createAccount(
  management: ManagementCluster,
  objects: readonly KubeObject[],
  options: CallOptions = {},
): Promise<void> {
  for (const object of objects) {
    await management.create(object, { ...options, dryRun: true });
  }
  const written: KubeObject[] = [];
  try {
    for (const object of objects) {
      written.push(await management.create(object, options));
    }
  } catch (error) {
    for (const object of written.reverse()) {
      const { uid } = object.metadata;
      await management.delete(refOf(object), uid === undefined ? {} : { uid });
    }
    throw error;
  }
}

/**
 * Deletes an account, and its secret where it was made with it. Throws `Refused` while clusters use it, since they
 * could neither change nor be deleted without.
 */
export async function deleteAccount(
  management: ManagementCluster,
  cloud: Cloud,
  account: CloudAccount,
  options: CallOptions = {},
): Promise<void> {
  const users = await clustersUsing(management, cloud, account, options);
  if (users.length > 0) {
    throw new PaletteError(
      "Refused",
      `Account ${account.name} is used by ${users.length === 1 ? "cluster" : "clusters"} ${users.join(", ")}`,
      { next: "Without it they can neither be changed nor deleted. Delete them first." },
    );
  }
  const { apiVersion, kind, name, namespace } = account;
  const ref = namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, name, namespace };
  const object = await management.get(ref, { ...options, metadataOnly: kind === SECRET.kind });
  if (object === undefined) {
    throw new PaletteError("NotFound", `There is no account ${name} on ${management.name}`);
  }
  const identity = identityOf(cloud, account);
  const secret = kind === SECRET.kind || identity === undefined ? undefined : secretOf(identity, object);
  await management.delete(ref, options);
  if (secret !== undefined) {
    await deleteOwnSecret(management, secret, name, options);
  }
}

async function deleteOwnSecret(
  management: ManagementCluster,
  ref: NonNullable<ReturnType<typeof secretOf>>,
  account: string,
  options: CallOptions,
): Promise<void> {
  try {
    const secret = await management.get(ref, { ...options, metadataOnly: true });
    if (secret?.metadata.annotations?.[MADE_FOR] === account) {
      await management.delete(ref, options);
    }
  } catch (error) {
    if (!isPaletteError(error, "Forbidden")) {
      throw error;
    }
    throw new PaletteError(
      "Forbidden",
      `Account ${account} is deleted, and its Secret ${ref.name} in ${ref.namespace} is left`,
      { engine: error.message, next: "Have it deleted by somebody who may." },
    );
  }
}
