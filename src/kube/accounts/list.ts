import type { Cloud, Identity } from "../../cluster/clouds/cloud.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { SECRET } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { accountProblem } from "./problem.ts";

/** An account of a cloud that a management cluster has. */
export interface CloudAccount {
  /** As `spec.cloudAccount` of a request names it. */
  readonly reference: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for accounts of the whole management cluster. */
  readonly namespace?: string;
  /** The way to sign in, for example "Access key". */
  readonly title: string;
  /** Why clusters of the namespace that was asked for cannot use it. Whole sentences. */
  readonly problem?: string;
}

export interface CloudAccounts {
  readonly accounts: readonly CloudAccount[];
  /** Kinds of accounts that could not be looked at, and why. Whole sentences. */
  readonly unknown: readonly string[];
}

/**
 * Lists the accounts of a cloud that clusters of a namespace could use, those with problems too. Secrets are
 * told by their labels; their values never leave the server.
 * Throws `Unreachable` and `Cancelled`.
 */
export async function listAccounts(
  management: ManagementCluster,
  cloud: Cloud,
  namespace: string,
  options: CallOptions = {},
): Promise<CloudAccounts> {
  const unknown: string[] = [];
  const seen = new Set<string>();
  const lists = await Promise.all(
    cloud.identities.map(async (identity) => {
      try {
        const objects = await identityObjects(management, identity, namespace, options);
        return await Promise.all(
          objects.map((object) => toAccount(management, cloud, identity, object, namespace, options)),
        );
      } catch (error) {
        if (isPaletteError(error, "Forbidden")) {
          unknown.push(`${error.message}, so accounts of kind ${identity.kind} are not listed.`);
        } else if (isPaletteError(error, "Prerequisite")) {
          unknown.push(
            `Provider ${cloud.provider.name} is not on ${management.name}, or is too old, so there are no accounts of ${cloud.title}.`,
          );
        } else {
          throw error;
        }
        return [];
      }
    }),
  );
  // Several ways to sign in can be of one kind.
  const accounts = lists.flat().filter(({ reference, namespace: place = "" }) => {
    const key = `${place}/${reference}`;
    return !seen.has(key) && seen.add(key);
  });
  return { accounts, unknown: [...new Set(unknown)] };
}

/** The identity of a cloud that an account is of. */
export function identityOf(
  cloud: Cloud,
  { kind, title }: Pick<CloudAccount, "kind" | "title">,
): Identity | undefined {
  const ofKind = cloud.identities.filter((identity) => identity.kind === kind);
  return ofKind.find((identity) => identity.title === title) ?? ofKind[0];
}

async function identityObjects(
  management: ManagementCluster,
  { apiVersion, kind, namespaced, labels }: Identity,
  namespace: string,
  options: CallOptions,
): Promise<KubeObject[]> {
  const isSecret = kind === SECRET.kind;
  if (isSecret && labels === undefined) {
    return [];
  }
  return management.list(
    { apiVersion, kind },
    {
      ...options,
      ...(namespaced ? { namespace } : {}),
      ...(labels === undefined
        ? {}
        : {
            labelSelector: Object.entries(labels)
              .map(([key, value]) => `${key}=${value}`)
              .join(","),
          }),
      metadataOnly: isSecret,
    },
  );
}

async function toAccount(
  management: ManagementCluster,
  cloud: Cloud,
  identity: Identity,
  object: KubeObject,
  namespace: string,
  options: CallOptions,
): Promise<CloudAccount> {
  const { name, namespace: place } = object.metadata;
  const problem = await accountProblem(management, identity, object, namespace, options);
  return {
    reference: cloud.identities[0]?.kind === identity.kind ? name : `${identity.kind}/${name}`,
    apiVersion: identity.apiVersion,
    kind: identity.kind,
    name,
    ...(place === undefined ? {} : { namespace: place }),
    title: identity.title,
    ...(problem === undefined ? {} : { problem }),
  };
}
