import { LOGIN_ADDRESS, LOGIN_LABEL, LOGIN_NAME, loginName } from "../../layers/index.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER, CLUSTER_SUMMARY, LAYER_PROFILE, SECRET, SVELTOS_CLUSTER } from "../kinds.ts";
import { listOrNone } from "../listOrNone.ts";
import type { CallOptions, KindRef, ListOptions, ManagementCluster } from "../management.ts";
import { wake } from "./wake.ts";

/** What the user signs in to a chart registry with. */
export interface RegistryLogin {
  /** Name of the registry, for messages. */
  readonly registry: string;
  readonly url: string;
  /** Absent for a token: Sveltos signs in with a user name and a password only. */
  readonly basic?: { readonly username: string; readonly password: string };
}

/** A Secret that the management cluster does not have yet: with it, credentials of a registry leave this machine. */
export interface NewLogin {
  readonly registry: string;
  readonly secret: string;
  readonly namespace: string;
}

/** Asked before credentials are written; where it gives `false`, nothing is written. */
export type LoginConsent = (login: NewLogin) => boolean | Promise<boolean>;

/** The credentials that charts on a namespace's clusters can be read with. */
export interface Logins {
  /** Of which registries there are some, by their addresses. */
  readonly addresses: readonly string[];
  /** Secrets with those that are given and needed. Show them masked. */
  secrets(used: readonly string[]): LoginSecret[];
}

/** A Secret with the credentials of a registry, and whether the management cluster has one already. */
export interface LoginSecret {
  readonly object: KubeObject;
  readonly exists: boolean;
}

/** Looks for the credentials that a management cluster has, beside those that are given. */
export async function findLogins(
  management: ManagementCluster,
  namespace: string,
  given: readonly RegistryLogin[],
  options: CallOptions,
): Promise<Logins> {
  const there = await loginSecrets(management, namespace, options);
  const known = new Set(there.flatMap(({ metadata }) => metadata.annotations?.[LOGIN_ADDRESS] ?? []));
  return {
    addresses: [...new Set([...known, ...given.map(({ url }) => url)])],
    secrets: (used) =>
      given
        .filter(({ url, basic }) => used.includes(url) && !(basic === undefined && known.has(url)))
        .map((login) => ({ object: secretOf(login, namespace), exists: known.has(login.url) })),
  };
}

/** Throws `Refused` for a token. */
function secretOf({ registry, url, basic }: RegistryLogin, namespace: string): KubeObject {
  if (basic === undefined) {
    throw new PaletteError(
      "Refused",
      `Registry ${registry} is signed in to with a token, and Sveltos signs in with a user name and a password only`,
      { next: "Set these for the registry. Most registries take a token as the password." },
    );
  }
  return {
    ...SECRET,
    metadata: {
      name: loginName(url),
      namespace,
      // A move of the clusters takes it along.
      labels: { [LOGIN_LABEL]: "true", "clusterctl.cluster.x-k8s.io/move": "" },
      annotations: { [LOGIN_ADDRESS]: url, [LOGIN_NAME]: registry },
    },
    stringData: { ...basic },
  };
}

/** Throws `Cancelled` where a Secret that is not there may not be written. */
export async function askForLogins(secrets: readonly LoginSecret[], mayWrite: LoginConsent): Promise<void> {
  for (const { object, exists } of secrets) {
    const { name, namespace = "default", annotations } = object.metadata;
    const registry = annotations?.[LOGIN_NAME] ?? name;
    if (!(exists || (await mayWrite({ registry, secret: name, namespace })))) {
      throw new PaletteError("Cancelled", `The credentials of ${registry} may not be written`);
    }
  }
}

/** What failed of credentials is tried again now that they are others. */
export async function retryWithLogins(
  management: ManagementCluster,
  namespace: string,
  secrets: readonly KubeObject[],
  options: CallOptions,
): Promise<void> {
  const names = new Set(secrets.map(({ metadata }) => metadata.name));
  const summaries = names.size === 0 ? [] : await management.list(CLUSTER_SUMMARY, { ...options, namespace });
  for (const summary of summaries) {
    const { clusterProfileSpec } = (summary.spec ?? {}) as { clusterProfileSpec?: unknown };
    const { featureSummaries = [] } = (summary.status ?? {}) as { featureSummaries?: { status: string }[] };
    if (
      loginsOf(clusterProfileSpec).some((name) => names.has(name)) &&
      featureSummaries.some(({ status }) => status.startsWith("Failed"))
    ) {
      await wake(management, summary, options);
    }
  }
}

/**
 * Removes the credentials of registries that no layer on a cluster of the namespace comes from any more. Who may not see
 * them, or what uses them, leaves them.
 */
export async function forgetLogins(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<void> {
  const there = await loginSecrets(management, namespace, options);
  if (there.length === 0) {
    return;
  }
  const names = { ...options, namespace, metadataOnly: true };
  const lists = await Promise.all([
    visible(management, LAYER_PROFILE, { ...options, namespace }),
    visible(management, CLUSTER, names),
    visible(management, SVELTOS_CLUSTER, names),
  ]);
  if (lists.some((list) => list === undefined)) {
    return;
  }
  const [profiles = [], ...clusters] = lists.map((list) => list ?? []);
  const carried = clusters.flat().map(({ metadata }) => metadata.labels ?? {});
  const used = new Set(
    profiles.filter(({ spec }) => isOnAny(spec, carried)).flatMap(({ spec }) => loginsOf(spec)),
  );
  for (const { metadata } of there.filter((each) => !used.has(each.metadata.name))) {
    await management.delete({ ...SECRET, namespace, name: metadata.name }, options);
  }
}

/** All objects of a kind: none where the server has no such kind, nothing where the user may not see them. */
async function visible(
  management: ManagementCluster,
  kind: KindRef,
  options: ListOptions,
): Promise<readonly KubeObject[] | undefined> {
  try {
    return await listOrNone(management, kind, options);
  } catch (error) {
    if (isPaletteError(error, "Forbidden")) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a Sveltos Profile is on a cluster of these labels; one that names clusters is, until it goes. */
function isOnAny(spec: unknown, carried: readonly Readonly<Record<string, string>>[]): boolean {
  const { clusterSelector, clusterRefs = [] } = (spec ?? {}) as {
    clusterSelector?: { matchLabels?: Readonly<Record<string, string>> };
    clusterRefs?: readonly object[];
  };
  const wanted = Object.entries(clusterSelector?.matchLabels ?? {});
  return (
    clusterRefs.length > 0 ||
    (wanted.length > 0 && carried.some((labels) => wanted.every(([key, value]) => labels[key] === value)))
  );
}

/** Names of the Secrets that charts of a Sveltos Profile are read with. */
function loginsOf(spec: unknown): string[] {
  const { helmCharts = [] } = (spec ?? {}) as {
    helmCharts?: readonly { registryCredentialsConfig?: { credentials?: { name?: string } } }[];
  };
  return helmCharts.flatMap(
    ({ registryCredentialsConfig }) => registryCredentialsConfig?.credentials?.name ?? [],
  );
}

/** Names, labels and addresses; what is in them stays on the server. Who may not see Secrets has none. */
async function loginSecrets(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<KubeObject[]> {
  const only = { namespace, labelSelector: LOGIN_LABEL, metadataOnly: true };
  return [...((await visible(management, SECRET, { ...options, ...only })) ?? [])];
}
