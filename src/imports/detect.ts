import type { KubeObject } from "../shared/kubernetes.ts";

/** What runs on a cluster, told from its objects; nothing of it needs a Secret. */
export interface Found {
  readonly cloud: FoundCloud | undefined;
  readonly machines: number;
  readonly network: FoundSoftware | undefined;
  readonly storage: readonly FoundSoftware[];
  readonly releases: readonly FoundRelease[];
  /** Who manages the cluster already, for example Rancher. */
  readonly managedBy: readonly string[];
}

interface FoundCloud {
  /** Cloud type of profiles. */
  readonly id: string;
  readonly title: string;
}

interface FoundSoftware {
  /** Name of its pack in the catalog. */
  readonly pack: string;
  readonly title: string;
  readonly version?: string;
}

export interface FoundRelease {
  readonly name: string;
  readonly namespace: string;
  /** Chart and its version, as workloads carry them in `helm.sh/chart`; absent where they do not. */
  readonly chart?: string;
  readonly version?: string;
}

/** Objects that tell; whatever could not be read is an empty list. */
export interface ClusterFacts {
  readonly nodes: readonly KubeObject[];
  readonly namespaces: readonly KubeObject[];
  /** DaemonSets, Deployments and StatefulSets of all namespaces. */
  readonly workloads: readonly KubeObject[];
  readonly csiDrivers: readonly KubeObject[];
}

export function detect({ nodes, namespaces, workloads, csiDrivers }: ClusterFacts): Found {
  return {
    cloud: cloudOf(nodes),
    machines: nodes.length,
    network: first(NETWORKS, workloads),
    storage: STORAGE.filter(({ driver }) => csiDrivers.some(({ metadata }) => metadata.name === driver)).map(
      ({ pack, title }) => ({ pack, title }),
    ),
    releases: releasesOf(workloads),
    managedBy: MANAGERS.filter(({ namespace }) =>
      namespaces.some(({ metadata }) => metadata.name === namespace),
    ).map(({ title }) => title),
  };
}

/** Beginnings of `spec.providerID`, as cloud controllers write them; services of a cloud by their nodes' labels. */
const CLOUDS: readonly { readonly prefix: string; readonly label?: string; readonly cloud: FoundCloud }[] = [
  { prefix: "aws://", label: "eks.amazonaws.com/nodegroup", cloud: { id: "eks", title: "AWS (EKS)" } },
  { prefix: "aws://", cloud: { id: "aws", title: "AWS" } },
  { prefix: "azure://", label: "kubernetes.azure.com/cluster", cloud: { id: "aks", title: "Azure (AKS)" } },
  { prefix: "azure://", cloud: { id: "azure", title: "Azure" } },
  {
    prefix: "gce://",
    label: "cloud.google.com/gke-nodepool",
    cloud: { id: "gke", title: "Google Cloud (GKE)" },
  },
  { prefix: "gce://", cloud: { id: "gcp", title: "Google Cloud" } },
  { prefix: "vsphere://", cloud: { id: "vsphere", title: "vSphere" } },
  { prefix: "openstack://", cloud: { id: "openstack", title: "OpenStack" } },
  { prefix: "maas://", cloud: { id: "maas", title: "MAAS" } },
  { prefix: "metal3://", cloud: { id: "metal3", title: "Metal3" } },
  { prefix: "tinkerbell://", cloud: { id: "tinkerbell", title: "Tinkerbell" } },
  { prefix: "hcloud://", cloud: { id: "hetzner", title: "Hetzner" } },
  { prefix: "oci://", cloud: { id: "oci", title: "Oracle Cloud" } },
  { prefix: "cloudstack://", cloud: { id: "apache-cloudstack", title: "CloudStack" } },
  { prefix: "kind://", cloud: { id: "docker", title: "kind" } },
];

function cloudOf(nodes: readonly KubeObject[]): FoundCloud | undefined {
  return CLOUDS.find(({ prefix, label }) =>
    nodes.some(
      ({ spec, metadata }) =>
        String((spec as { providerID?: string } | undefined)?.providerID ?? "").startsWith(prefix) &&
        (label === undefined || metadata.labels?.[label] !== undefined),
    ),
  )?.cloud;
}

interface Sign {
  /** Name of a workload. */
  readonly workload: string;
  readonly pack: string;
  readonly title: string;
}

const NETWORKS: readonly Sign[] = [
  { workload: "cilium", pack: "cni-cilium-oss", title: "Cilium" },
  { workload: "calico-node", pack: "cni-calico", title: "Calico" },
  { workload: "kube-flannel-ds", pack: "cni-flannel", title: "Flannel" },
  { workload: "aws-node", pack: "cni-aws-vpc-eks", title: "AWS VPC CNI" },
  { workload: "antrea-agent", pack: "antrea", title: "Antrea" },
];

const STORAGE: readonly { readonly driver: string; readonly pack: string; readonly title: string }[] = [
  { driver: "ebs.csi.aws.com", pack: "csi-aws-ebs", title: "Amazon EBS CSI" },
  { driver: "efs.csi.aws.com", pack: "csi-aws-efs", title: "Amazon EFS CSI" },
  { driver: "disk.csi.azure.com", pack: "csi-azure", title: "Azure Disk CSI" },
  { driver: "pd.csi.storage.gke.io", pack: "csi-gcp-driver", title: "Persistent Disk CSI" },
  { driver: "csi.vsphere.vmware.com", pack: "csi-vsphere-csi", title: "vSphere CSI" },
  { driver: "cinder.csi.openstack.org", pack: "csi-openstack-cinder", title: "Cinder CSI" },
  { driver: "driver.longhorn.io", pack: "csi-longhorn", title: "Longhorn" },
  { driver: "rook-ceph.rbd.csi.ceph.com", pack: "csi-rook-ceph-helm", title: "Rook Ceph" },
  { driver: "csi.hetzner.cloud", pack: "hcloud-csi", title: "Hetzner CSI" },
  { driver: "csi.trident.netapp.io", pack: "csi-trident", title: "Trident" },
];

/** Namespaces that others leave on what they manage (engines.md 5). */
const MANAGERS: readonly { readonly namespace: string; readonly title: string }[] = [
  { namespace: "cattle-system", title: "Rancher" },
  { namespace: "open-cluster-management-agent", title: "Open Cluster Management" },
  { namespace: "azure-arc", title: "Azure Arc" },
  { namespace: "projectsveltos", title: "Sveltos" },
  { namespace: "cattle-fleet-system", title: "Fleet" },
];

function first(signs: readonly Sign[], workloads: readonly KubeObject[]): FoundSoftware | undefined {
  for (const { workload, pack, title } of signs) {
    const found = workloads.find(({ metadata }) => metadata.name === workload);
    if (found !== undefined) {
      const version = versionOf(found);
      return { pack, title, ...(version === undefined ? {} : { version }) };
    }
  }
  return undefined;
}

/** The version that a workload's label or image tag tells. */
function versionOf({ metadata, spec }: KubeObject): string | undefined {
  const label = metadata.labels?.["app.kubernetes.io/version"];
  const containers = (spec as { template?: { spec?: { containers?: { image?: string }[] } } } | undefined)
    ?.template?.spec?.containers;
  const tag = /:v?(\d[\w.-]*)(?:@|$)/.exec(containers?.[0]?.image ?? "")?.[1];
  return label?.replace(/^v(?=\d)/, "") ?? tag;
}

/** Releases by what Helm writes on workloads; a release without workloads does not show. */
function releasesOf(workloads: readonly KubeObject[]): FoundRelease[] {
  const releases = new Map<string, FoundRelease>();
  for (const { metadata } of workloads) {
    const name = metadata.annotations?.["meta.helm.sh/release-name"];
    const namespace = metadata.annotations?.["meta.helm.sh/release-namespace"] ?? metadata.namespace ?? "";
    if (name !== undefined) {
      const chart = /^(.+)-v?(\d+\.\d+\.\d+.*)$/.exec(metadata.labels?.["helm.sh/chart"] ?? "");
      const known = releases.get(`${namespace}/${name}`);
      // Parts of a chart carry their own names: the one called like the release speaks for it.
      if (known === undefined || (chart?.[1] !== undefined && chart[1] === name)) {
        releases.set(`${namespace}/${name}`, {
          name,
          namespace,
          ...(chart?.[1] === undefined ? {} : { chart: chart[1] }),
          ...(chart?.[2] === undefined ? {} : { version: chart[2].replace("_", "+") }),
        });
      }
    }
  }
  return [...releases.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
