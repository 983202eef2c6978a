import { lookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { connect as tlsConnect } from "node:tls";
import {
  AGENT_NAMESPACE,
  CLUSTER_UID,
  detect,
  hostOf,
  IMPORTED_BY,
  IMPORTED_BY_UID,
  type ImportFacts,
  type ImportMark,
  type KnownImport,
  type ManagementSide,
  type NeededRight,
  neededRights,
} from "../../imports/index.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER, NAMESPACE, SVELTOS_CLUSTER } from "../kinds.ts";
import { readContext } from "../kubeconfig.ts";
import type { CallOptions, KindRef, ManagementCluster } from "../management.ts";
import { servedKind } from "../served.ts";

/** How long a name may take to be resolved, and a certificate to be shown; neither is needed. */
const EXTRA_MS = 5_000;

const WORKLOADS: readonly KindRef[] = ["DaemonSet", "Deployment", "StatefulSet"].map((kind) => ({
  apiVersion: "apps/v1",
  kind,
}));

/**
 * Looks at a cluster that is to be imported into `namespace` of a management cluster, and at that; writes nothing.
 * `cluster` is connected by the user's own context. What may not be read is passed over where the import can do without
 * it. Throws `Unreachable`, `Forbidden` where not even kube-system may be read, and `Cancelled`.
 */
export async function importFacts(
  management: ManagementCluster,
  cluster: ManagementCluster,
  namespace: string,
  options: CallOptions = {},
): Promise<ImportFacts> {
  const settings = await readContext(cluster.path, cluster.name);
  const began = performance.now();
  const answer = (await cluster.raw("/version", options)) as { gitVersion?: string };
  const milliseconds = Math.round(performance.now() - began);
  const [uid, mark, found, readOnly, full, resolved, certificateUntil, authority, side] = await Promise.all([
    uidOf(cluster, options),
    markOf(cluster, options),
    findOut(cluster, options),
    missingRights(cluster, neededRights("read-only", AGENT_NAMESPACE), options),
    missingRights(cluster, neededRights("full", AGENT_NAMESPACE), options),
    resolve(settings.server),
    settings.proxyUrl === undefined
      ? certificateEnd(settings.server, settings.tlsServerName)
      : Promise.resolve(undefined),
    authorityOf(settings),
    managementSide(management, namespace, options),
  ]);
  return {
    context: cluster.name,
    server: settings.server,
    resolved,
    milliseconds,
    insecure: settings.skipTlsVerify,
    version: (answer.gitVersion ?? "").replace(/^v/, ""),
    uid,
    missing: { "read-only": readOnly, full },
    found,
    management: side,
    ...(authority === undefined ? {} : { certificateAuthority: authority }),
    ...(settings.tlsServerName === undefined ? {} : { tlsServerName: settings.tlsServerName }),
    ...(certificateUntil === undefined ? {} : { certificateUntil }),
    ...(mark === undefined ? {} : { mark }),
  };
}

/** The uid of kube-system, which tells a cluster from all others. */
export async function uidOf(cluster: ManagementCluster, options: CallOptions): Promise<string> {
  const system = await cluster.get({ ...NAMESPACE, name: "kube-system" }, options);
  return system?.metadata.uid ?? "";
}

async function markOf(cluster: ManagementCluster, options: CallOptions): Promise<ImportMark | undefined> {
  const found = await ifAllowed(cluster.get({ ...NAMESPACE, name: AGENT_NAMESPACE }, options), undefined);
  const by = found?.metadata.annotations?.[IMPORTED_BY];
  const uid = found?.metadata.annotations?.[IMPORTED_BY_UID];
  return by === undefined ? undefined : { by, ...(uid === undefined ? {} : { uid }) };
}

async function findOut(cluster: ManagementCluster, options: CallOptions) {
  const all = async (kind: KindRef): Promise<readonly KubeObject[]> =>
    ifAllowed(cluster.list(kind, options), []);
  const [nodes, namespaces, csiDrivers, ...workloads] = await Promise.all([
    all({ apiVersion: "v1", kind: "Node" }),
    all(NAMESPACE),
    all({ apiVersion: "storage.k8s.io/v1", kind: "CSIDriver" }),
    ...WORKLOADS.map(all),
  ]);
  return detect({ nodes, namespaces, csiDrivers, workloads: workloads.flat() });
}

/** Those of `rights` that the user of a connection does not have (SelfSubjectAccessReview). */
async function missingRights(
  cluster: ManagementCluster,
  rights: readonly NeededRight[],
  options: CallOptions,
): Promise<NeededRight[]> {
  const answers = await Promise.all(
    rights.map(async (right) => {
      const review = await cluster.create(
        {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          metadata: { name: "" },
          spec: { resourceAttributes: right },
        },
        options,
      );
      return (review.status as { allowed?: boolean } | undefined)?.allowed === true;
    }),
  );
  return rights.filter((_, i) => answers[i] === false);
}

/** What an import writes on the management cluster, as rights. */
function managementRights(namespace: string, sveltosGroup: string): NeededRight[] {
  const both = ["create", "get", "delete"].flatMap((verb) => [
    { verb, group: "", resource: "secrets", namespace },
    { verb, group: sveltosGroup, resource: "sveltosclusters", namespace },
  ]);
  return [...both, { verb: "watch", group: sveltosGroup, resource: "sveltosclusters", namespace }];
}

async function managementSide(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<ManagementSide> {
  const group = SVELTOS_CLUSTER.apiVersion.split("/")[0] ?? "";
  const [served, policy, clusterApi, uid, missing] = await Promise.all([
    servedKind(management, group, SVELTOS_CLUSTER.kind, options),
    servedKind(management, "admissionregistration.k8s.io", "ValidatingAdmissionPolicy", options),
    servedKind(management, "cluster.x-k8s.io", CLUSTER.kind, options),
    ifAllowed(uidOf(management, options), ""),
    missingRights(management, managementRights(namespace, group), options),
  ]);
  const [imports, clusters] = await Promise.all([
    served === undefined ? [] : everywhere(management, SVELTOS_CLUSTER, namespace, options),
    clusterApi === undefined ? [] : everywhere(management, clusterApi, namespace, options),
  ]);
  return {
    name: management.name,
    isSandbox: management.isSandbox,
    sveltos: served !== undefined,
    policies: policy?.apiVersion === "admissionregistration.k8s.io/v1",
    missing: missing.map(({ verb, resource }) => `${verb} ${resource}`),
    imports: imports.map(knownImport),
    clusters: clusters.map(knownImport),
    ...(uid === "" ? {} : { uid }),
  };
}

/** All objects of a kind; those of one namespace where no more may be seen. */
async function everywhere(
  management: ManagementCluster,
  kind: KindRef,
  namespace: string,
  options: CallOptions,
): Promise<KubeObject[]> {
  try {
    return await management.list(kind, { ...options, metadataOnly: true });
  } catch (error) {
    if (!isPaletteError(error, "Forbidden")) {
      throw error;
    }
    return ifAllowed(management.list(kind, { ...options, namespace, metadataOnly: true }), []);
  }
}

function knownImport({ metadata: { name, namespace = "default", annotations } }: KubeObject): KnownImport {
  const uid = annotations?.[CLUSTER_UID];
  return { namespace, name, ...(uid === undefined ? {} : { uid }) };
}

/** What an import can do without is not an error where it may not be read, or is not there. */
async function ifAllowed<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isPaletteError(error, "Forbidden") || isPaletteError(error, "Prerequisite")) {
      return otherwise;
    }
    throw error;
  }
}

async function resolve(server: string): Promise<string[]> {
  const host = hostOf(server);
  if (isIP(host) !== 0) {
    return [];
  }
  const late = new Promise<never[]>((done) => setTimeout(done, EXTRA_MS, []).unref());
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]);
}

async function authorityOf({
  caData,
  caFile,
}: {
  readonly caData: string | undefined;
  readonly caFile: string | undefined;
}): Promise<string | undefined> {
  return caData !== undefined
    ? Buffer.from(caData, "base64").toString("utf8")
    : caFile === undefined
      ? undefined
      : readFile(caFile, "utf8");
}

/** When the server's certificate ends. Only its date is read; whether it is trusted the connection has judged. */
function certificateEnd(server: string, tlsServerName: string | undefined): Promise<string | undefined> {
  const host = hostOf(server);
  return new Promise((resolveEnd) => {
    const socket = tlsConnect({
      host,
      port: Number(new URL(server).port || 443),
      servername: tlsServerName ?? (isIP(host) === 0 ? host : ""),
      rejectUnauthorized: false,
      timeout: EXTRA_MS,
    });
    const end = (until: string | undefined): void => {
      socket.destroy();
      resolveEnd(until);
    };
    socket.once("secureConnect", () => {
      const until = new Date(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(until.getTime()) ? undefined : until.toISOString());
    });
    socket.once("error", () => end(undefined));
    socket.once("timeout", () => end(undefined));
  });
}
