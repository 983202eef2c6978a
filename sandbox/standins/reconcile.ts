import { stringify } from "yaml";
import { type KubeApi, kubeApi, messageOf } from "./kubeApi.ts";

/** What of a SveltosCluster its manager reads (lib.projectsveltos.io/v1beta1). */
export interface SveltosCluster {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly generation?: number;
  };
  readonly spec: {
    readonly paused?: boolean;
    readonly kubeconfigName?: string;
    readonly kubeconfigKeyName?: string;
    readonly consecutiveFailureThreshold?: number;
    readonly tokenRequestRenewalOption?: {
      readonly renewTokenRequestInterval: string;
      readonly tokenDuration?: string;
      readonly saNamespace?: string;
      readonly saName?: string;
      readonly kubeconfigKeyName?: string;
    };
  };
  readonly status?: Status;
}

interface Status {
  readonly ready?: boolean;
  readonly version?: string;
  readonly connectionStatus?: "Healthy" | "Down";
  readonly connectionFailures?: number;
  readonly failureMessage?: string | null;
  readonly lastReconciledTokenRequestAt?: string;
}

/** What upstream has where an object says nothing. */
const FAILURES_UNTIL_DOWN = 3;
const RENEWED_KEY = "re-kubeconfig";

const API = "/apis/lib.projectsveltos.io/v1beta1";

export async function sveltosClusters(management: KubeApi): Promise<SveltosCluster[]> {
  const answer = await management.call("GET", `${API}/sveltosclusters`);
  if (answer.status !== 200) {
    throw new Error(messageOf(answer));
  }
  return (answer.body as { items: SveltosCluster[] }).items;
}

/**
 * Connects to one cluster as sveltoscluster-manager does: really, by the kubeconfig of its Secret; tells in its status
 * how that went, and renews its token when it is time.
 */
export async function reconcile(management: KubeApi, cluster: SveltosCluster): Promise<void> {
  const before = cluster.status ?? {};
  let status: Status;
  try {
    const { version, renewedAt } = await connect(management, cluster);
    status = {
      ready: true,
      version,
      connectionStatus: "Healthy",
      connectionFailures: 0,
      failureMessage: null,
      ...(renewedAt === undefined ? {} : { lastReconciledTokenRequestAt: renewedAt }),
    };
  } catch (error) {
    const failures = (before.connectionFailures ?? 0) + 1;
    const isDown = failures >= (cluster.spec.consecutiveFailureThreshold ?? FAILURES_UNTIL_DOWN);
    status = {
      connectionFailures: failures,
      failureMessage: error instanceof Error ? error.message : String(error),
      ...(isDown ? { connectionStatus: "Down" } : {}),
    };
  }
  const changed = Object.entries(status).some(
    ([key, value]) => (before[key as keyof Status] ?? (key === "connectionFailures" ? 0 : null)) !== value,
  );
  if (changed) {
    await management.call("PATCH", `${pathOf(cluster)}/status`, { status });
  }
}

async function connect(
  management: KubeApi,
  cluster: SveltosCluster,
): Promise<{ readonly version: string; readonly renewedAt: string | undefined }> {
  const { name, namespace } = cluster.metadata;
  const secret = `/api/v1/namespaces/${namespace}/secrets/${cluster.spec.kubeconfigName ?? `${name}-sveltos-kubeconfig`}`;
  const read = await management.call("GET", secret);
  if (read.status !== 200) {
    throw new Error(messageOf(read));
  }
  const { data = {} } = read.body as { data?: Record<string, string> };
  const text = data[cluster.spec.kubeconfigKeyName ?? Object.keys(data)[0] ?? ""];
  if (text === undefined) {
    throw new Error(`the Secret has no key ${cluster.spec.kubeconfigKeyName}`);
  }
  const imported = kubeApi(Buffer.from(text, "base64").toString("utf8"));
  try {
    const namespaceOfSveltos = await imported.call("GET", "/api/v1/namespaces/projectsveltos");
    if (namespaceOfSveltos.status !== 200 && namespaceOfSveltos.status !== 404) {
      throw new Error(messageOf(namespaceOfSveltos));
    }
    const version = await imported.call("GET", "/version");
    if (version.status !== 200) {
      throw new Error(messageOf(version));
    }
    return {
      version: (version.body as { gitVersion: string }).gitVersion,
      renewedAt: isRenewalDue(cluster) ? await renew(management, imported, cluster, secret) : undefined,
    };
  } finally {
    imported.close();
  }
}

function isRenewalDue({ metadata, spec, status }: SveltosCluster): boolean {
  const renewal = spec.tokenRequestRenewalOption;
  const last = Date.parse(status?.lastReconciledTokenRequestAt ?? metadata.creationTimestamp);
  return renewal !== undefined && Date.now() - last > secondsOf(renewal.renewTokenRequestInterval) * 1000;
}

/** Has a new token given out by the cluster itself, and writes it in place of the old one. */
async function renew(
  management: KubeApi,
  imported: KubeApi,
  cluster: SveltosCluster,
  secret: string,
): Promise<string> {
  const {
    renewTokenRequestInterval,
    tokenDuration,
    saNamespace,
    saName,
    kubeconfigKeyName = RENEWED_KEY,
  } = cluster.spec.tokenRequestRenewalOption ?? { renewTokenRequestInterval: "0s" };
  const answer = await imported.call(
    "POST",
    `/api/v1/namespaces/${saNamespace}/serviceaccounts/${saName}/token`,
    {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: secondsOf(tokenDuration ?? renewTokenRequestInterval) },
    },
  );
  if (answer.status !== 201) {
    throw new Error(messageOf(answer));
  }
  const { token } = (answer.body as { status: { token: string } }).status;
  const [user] = imported.kubeconfig.users;
  const renewed = stringify({ ...imported.kubeconfig, users: [{ ...user, user: { token } }] });
  const wrote = await management.call("PATCH", secret, { stringData: { [kubeconfigKeyName]: renewed } });
  if (wrote.status !== 200) {
    throw new Error(messageOf(wrote));
  }
  if (kubeconfigKeyName !== cluster.spec.kubeconfigKeyName) {
    await management.call("PATCH", pathOf(cluster), { spec: { kubeconfigKeyName } });
  }
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

function pathOf({ metadata: { namespace, name } }: SveltosCluster): string {
  return `${API}/namespaces/${namespace}/sveltosclusters/${name}`;
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as Go writes it, for example `1h0m0s`. */
export function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
}
