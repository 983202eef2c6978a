import { stringify } from "yaml";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

/** A StatefulSet of vCluster's chart, and whether its virtual cluster should run. */
export interface Wanted {
  readonly uid: string;
  readonly namespace: string;
  /** Name of the release, which is the virtual cluster's. */
  readonly name: string;
  readonly runs: boolean;
}

/** Where vCluster's chart has its StatefulSets, and the claims of their pods. */
export const STATEFUL_SETS = "/apis/apps/v1/statefulsets?labelSelector=app%3Dvcluster";
export const CLAIMS = "/api/v1/persistentvolumeclaims?labelSelector=app%3Dvcluster";

const VOLUME_LABEL = "palette-sandbox/virtual-cluster";
/** Where the volumes are that were made for claims. */
export const VOLUMES = `/api/v1/persistentvolumes?labelSelector=${encodeURIComponent(VOLUME_LABEL)}`;

interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly deletionTimestamp?: string;
}

export interface StatefulSet {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly replicas?: number };
}

export interface Claim {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
}

export interface Volume {
  readonly metadata: ObjectMeta;
  readonly status?: { readonly phase?: string };
}

/** What a StatefulSet asks for: a cluster that runs as long as it has a pod. */
export function wantedOf({ metadata, spec }: StatefulSet): Wanted {
  const { uid, namespace, name, deletionTimestamp } = metadata;
  return { uid, namespace, name, runs: deletionTimestamp === undefined && (spec.replicas ?? 1) > 0 };
}

/** How an administrator reaches a virtual cluster. */
export interface Access {
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * The Secret in which vCluster leaves its kubeconfig (vCluster: pkg/util/kubeconfig); it goes with its StatefulSet.
 * The server is always where the stand-in listens: an address that was asked for leads nowhere here.
 */
export function kubeconfigSecret({ uid, namespace, name }: Wanted, access: Access): KubeObject {
  const context = "my-vcluster";
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: context,
        cluster: { "certificate-authority-data": base64(access.ca), server: access.server },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    "current-context": context,
    users: [
      {
        name: context,
        user: {
          "client-certificate-data": base64(access.certificate),
          "client-key-data": base64(access.key),
        },
      },
    ],
  };
  const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name, uid };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `vc-${name}`,
      namespace,
      labels: { app: "vcluster", "vcluster-name": name },
      ownerReferences: [owner],
    },
    type: "Opaque",
    data: {
      config: base64(stringify(config)),
      "certificate-authority": base64(access.ca),
      "client-certificate": base64(access.certificate),
      "client-key": base64(access.key),
    },
  };
}

/** A volume for a claim that has none, as a provisioner of storage would make it; nothing is on a disk. */
export function volumeFor({ metadata, spec }: Claim): KubeObject {
  const { uid, namespace, name } = metadata;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `vcluster-${uid}`, labels: { [VOLUME_LABEL]: "" } },
    spec: {
      capacity: { storage: spec.resources?.requests?.storage ?? "1Gi" },
      accessModes: spec.accessModes ?? ["ReadWriteOnce"],
      storageClassName: spec.storageClassName ?? "",
      persistentVolumeReclaimPolicy: "Retain",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
      hostPath: { path: `/var/lib/palette-sandbox/${uid}` },
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
