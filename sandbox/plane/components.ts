import { debugPortVariable, firstPortVariable } from "../build/devProvider.ts";
import type { EngineName } from "../build/engines.ts";
import { clusterManager, virtualClusters } from "../paths.ts";
import type { Layout } from "./layout.ts";

/** How a component's health is asked for. */
export interface Probe {
  readonly port: number;
  readonly path: string;
  readonly tls: boolean;
  /** Whether it needs the administrator's token. */
  readonly token?: boolean;
}

/** One process of a plane, as it should run. */
export interface Component {
  readonly name: (typeof managementNames | typeof workloadNames)[number];
  /** The program that it is; `node` runs a stand-in of our own. */
  readonly engine: EngineName | "node";
  readonly args: readonly string[];
  /** Beside what every component gets. */
  readonly env: Readonly<Record<string, string>>;
  /** The API server that its kubeconfig names. It reads that once, so another address means a new start. */
  readonly server?: string;
  readonly probe: Probe;
  /** Address that it serves, for people. */
  readonly endpoint: string;
  /** The folder with the layouts of what it starts itself, which ends with it. */
  readonly children?: string;
}

/** Paths of the programs that are needed, by name. */
export type Programs = Readonly<Partial<Record<EngineName, string>>>;

/** Where in etcd a cluster is, and what its API server needs to get there. */
export interface Storage {
  readonly server: string;
  readonly prefix: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Names of the components of the management cluster, as a person reads them: what others depend on first. */
export const managementNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "capi-core",
  "capi-kubeadm-bootstrap",
  "capi-kubeadm-control-plane",
  "capi-dev",
  "sveltos",
  "sveltoscluster-manager",
] as const;

/** Names of what makes a cluster that runs what is deployed to it. */
export const clusterNames = [
  "workload-kube-apiserver",
  "workload-kube-controller-manager",
  "workload-kube-scheduler",
  "workload-kwok",
] as const;

/** Names of the components of the second cluster. */
export const workloadNames = [...clusterNames, "workload-virtual-clusters"] as const;

/** What the managers of Cluster API reconcile, as their flags name it. */
const reconciled = {
  "capi-core": ["cluster", "clustertopology", "machine", "machinedeployment", "machinepool", "machineset"],
  "capi-kubeadm-bootstrap": ["kubeadmconfig"],
  "capi-kubeadm-control-plane": ["kubeadmcontrolplane"],
  "capi-dev": ["devcluster", "devmachine", "devmachinepool", "devmachinetemplate"],
} as const;

/**
 * How many objects of a kind they work on at once. Their defaults are 50 and 100, for large machines: on two cores so
 * many writes wait for one another that webhooks do not answer in time, and what failed is tried again, without end.
 */
const workers = 5;

/** Ports by name; `cluster` is the first one of the block for the Dev provider's fake clusters. */
export type Ports = Readonly<Record<string, number>>;

/** Names of the single ports that a plane needs. */
export function portNames({ workload }: { readonly workload: boolean }): string[] {
  const managers = managementNames.filter((name) => name.startsWith("capi-"));
  return [
    "etcd",
    "etcd/health",
    "kube-apiserver",
    "kube-controller-manager",
    ...managers.flatMap((name) => [`${name}/health`, `${name}/webhook`]),
    "capi-dev/debug",
    "sveltos/health",
    "sveltos/metrics",
    "sveltoscluster-manager",
    ...(workload ? workloadNames : []),
  ];
}

/**
 * The components of the management cluster in the order in which they start (recipe: the flags are those that run
 * each program without pods, and on 127.0.0.1 where it has a flag for that).
 */
export function managementComponents(layout: Layout, ports: Ports): Component[] {
  const gates = "--feature-gates=ClusterTopology=true,MachinePool=true";
  const etcdPort = port(ports, "etcd");
  const server = addressOf(ports, "kube-apiserver");
  return [
    {
      name: "etcd",
      engine: "etcd",
      args: [
        `--data-dir=${layout.etcdData}`,
        `--listen-client-urls=https://127.0.0.1:${etcdPort}`,
        `--advertise-client-urls=https://127.0.0.1:${etcdPort}`,
        "--client-cert-auth",
        `--trusted-ca-file=${layout.ca}`,
        `--cert-file=${layout.certificate}`,
        `--key-file=${layout.key}`,
        // It has no peers, but opens a port for them.
        "--listen-peer-urls=https://127.0.0.1:0",
        "--peer-client-cert-auth",
        `--peer-trusted-ca-file=${layout.ca}`,
        `--peer-cert-file=${layout.certificate}`,
        `--peer-key-file=${layout.key}`,
        "--enable-grpc-gateway=false",
        `--listen-metrics-urls=http://127.0.0.1:${port(ports, "etcd/health")}`,
      ],
      env: {},
      probe: { port: port(ports, "etcd/health"), path: "/readyz", tls: false },
      endpoint: `https://127.0.0.1:${etcdPort}`,
    },
    apiServer("kube-apiserver", storageOf(layout, ports, "/mgmt"), layout, ports),
    controllerManager("kube-controller-manager", layout.kubeconfig, layout, ports),
    manager("capi-core", [gates], {}, layout, ports),
    manager("capi-kubeadm-bootstrap", ["--feature-gates=MachinePool=true"], {}, layout, ports),
    manager("capi-kubeadm-control-plane", [gates], {}, layout, ports),
    manager(
      "capi-dev",
      [gates],
      {
        POD_IP: "127.0.0.1",
        [debugPortVariable]: String(port(ports, "capi-dev/debug")),
        [firstPortVariable]: String(port(ports, "cluster")),
      },
      layout,
      ports,
    ),
    {
      name: "sveltos",
      engine: "sveltos",
      args: [
        "--disable-telemetry",
        "--insecure-diagnostics",
        `--diagnostics-address=127.0.0.1:${port(ports, "sveltos/metrics")}`,
        `--health-addr=127.0.0.1:${port(ports, "sveltos/health")}`,
        "--report-mode=0",
        "--helm-chart-update-check-interval=0",
      ],
      // Its lock and its reports live in the namespace that it believes to run in.
      env: { KUBECONFIG: layout.kubeconfig, NAMESPACE: "projectsveltos" },
      server,
      probe: { port: port(ports, "sveltos/health"), path: "/readyz", tls: false },
      endpoint: `http://127.0.0.1:${port(ports, "sveltos/health")}`,
    },
    {
      name: "sveltoscluster-manager",
      engine: "node",
      args: [
        clusterManager,
        `--kubeconfig=${layout.kubeconfig}`,
        `--health-addr=127.0.0.1:${port(ports, "sveltoscluster-manager")}`,
      ],
      // VS Code's own program is an Electron.
      env: { ELECTRON_RUN_AS_NODE: "1" },
      server,
      probe: { port: port(ports, "sveltoscluster-manager"), path: "/readyz", tls: false },
      endpoint: `http://127.0.0.1:${port(ports, "sveltoscluster-manager")}`,
    },
  ];
}

/** The components of the second cluster, which stands for one that somebody has already. */
export function workloadComponents(
  layout: Layout,
  ports: Ports,
  stages: string,
  programs: Programs,
): Component[] {
  const storage = storageOf(layout, ports, "/workload");
  const own = port(ports, "workload-virtual-clusters");
  return [
    ...clusterComponents(layout, ports, stages, storage),
    {
      name: "workload-virtual-clusters",
      engine: "node",
      args: [
        virtualClusters,
        `--plane=${layout.state}`,
        `--server=${addressOf(ports, "workload-kube-apiserver")}`,
        `--etcd-servers=${storage.server}`,
        `--stages=${stages}`,
        ...(["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const).map(
          (name) => `--${name}=${programs[name]}`,
        ),
        `--health-addr=127.0.0.1:${own}`,
      ],
      env: { ELECTRON_RUN_AS_NODE: "1" },
      server: addressOf(ports, "workload-kube-apiserver"),
      probe: { port: own, path: "/readyz", tls: false },
      endpoint: `http://127.0.0.1:${own}`,
      children: layout.virtual,
    },
  ];
}

/** The components of a cluster that runs what is deployed to it: the second one, or a virtual one in it. */
export function clusterComponents(
  layout: Layout,
  ports: Ports,
  stages: string,
  storage: Storage,
): Component[] {
  const kubeconfig = layout.workloadKubeconfig;
  const server = addressOf(ports, "workload-kube-apiserver");
  const scheduler = port(ports, "workload-kube-scheduler");
  const kwok = port(ports, "workload-kwok");
  return [
    apiServer("workload-kube-apiserver", storage, layout, ports),
    controllerManager("workload-kube-controller-manager", kubeconfig, layout, ports),
    {
      name: "workload-kube-scheduler",
      engine: "kube-scheduler",
      args: secured("workload-kube-scheduler", kubeconfig, layout, ports),
      env: {},
      server,
      probe: { port: scheduler, path: "/healthz", tls: true },
      endpoint: `https://127.0.0.1:${scheduler}`,
    },
    {
      name: "workload-kwok",
      engine: "kwok",
      args: [
        `--kubeconfig=${kubeconfig}`,
        "--manage-all-nodes=true",
        "--node-ip=127.0.0.1",
        "--cidr=10.244.0.0/16",
        `--config=${stages}`,
        `--server-address=127.0.0.1:${kwok}`,
      ],
      env: {},
      server,
      probe: { port: kwok, path: "/healthz", tls: false },
      endpoint: `http://127.0.0.1:${kwok}`,
    },
  ];
}

function storageOf(layout: Layout, ports: Ports, prefix: string): Storage {
  return {
    server: `https://127.0.0.1:${port(ports, "etcd")}`,
    prefix,
    ca: layout.ca,
    certificate: layout.etcdCertificate,
    key: layout.etcdKey,
  };
}

function apiServer(
  name: "kube-apiserver" | "workload-kube-apiserver",
  storage: Storage,
  layout: Layout,
  ports: Ports,
): Component {
  const own = port(ports, name);
  return {
    name,
    engine: "kube-apiserver",
    args: [
      `--etcd-servers=${storage.server}`,
      `--etcd-cafile=${storage.ca}`,
      `--etcd-certfile=${storage.certificate}`,
      `--etcd-keyfile=${storage.key}`,
      `--etcd-prefix=${storage.prefix}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${own}`,
      "--advertise-address=127.0.0.1",
      `--cert-dir=${layout.credentials}`,
      `--tls-cert-file=${layout.certificate}`,
      `--tls-private-key-file=${layout.key}`,
      `--client-ca-file=${layout.ca}`,
      `--token-auth-file=${layout.tokens}`,
      "--authorization-mode=RBAC",
      "--service-cluster-ip-range=10.0.0.0/24",
      "--allow-privileged=true",
      "--disable-admission-plugins=ServiceAccount",
      "--service-account-issuer=https://palette-sandbox.local",
      `--service-account-key-file=${layout.serviceAccountKey}`,
      `--service-account-signing-key-file=${layout.serviceAccountKey}`,
      "--enable-priority-and-fairness=false",
    ],
    env: {},
    probe: { port: own, path: "/readyz", tls: true, token: true },
    endpoint: `https://127.0.0.1:${own}`,
  };
}

function controllerManager(
  name: "kube-controller-manager" | "workload-kube-controller-manager",
  kubeconfig: string,
  layout: Layout,
  ports: Ports,
): Component {
  const own = port(ports, name);
  return {
    name,
    engine: "kube-controller-manager",
    args: [
      ...secured(name, kubeconfig, layout, ports),
      `--service-account-private-key-file=${layout.serviceAccountKey}`,
      `--root-ca-file=${layout.ca}`,
      // Nodes are fake and never die; on a busy machine their signs of life come late, and pods would stay unready.
      "--node-monitor-grace-period=24h",
    ],
    env: {},
    server: addressOf(
      ports,
      name === "kube-controller-manager" ? "kube-apiserver" : "workload-kube-apiserver",
    ),
    probe: { port: own, path: "/healthz", tls: true },
    endpoint: `https://127.0.0.1:${own}`,
  };
}

/** What Kubernetes' own controllers have in common. */
function secured(name: string, kubeconfig: string, layout: Layout, ports: Ports): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port(ports, name)}`,
    `--tls-cert-file=${layout.certificate}`,
    `--tls-private-key-file=${layout.key}`,
    "--leader-elect=false",
  ];
}

function manager(
  name: keyof typeof reconciled,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  layout: Layout,
  ports: Ports,
): Component {
  const health = port(ports, `${name}/health`);
  const webhook = port(ports, `${name}/webhook`);
  return {
    name,
    engine: name,
    args: [
      ...flags,
      ...reconciled[name].map((kind) => `--${kind}-concurrency=${workers}`),
      `--webhook-port=${webhook}`,
      `--webhook-cert-dir=${layout.credentials}`,
      `--health-addr=127.0.0.1:${health}`,
      "--diagnostics-address=0",
      "--insecure-diagnostics=true",
    ],
    env: { KUBECONFIG: layout.kubeconfig, ...env },
    server: addressOf(ports, "kube-apiserver"),
    probe: { port: health, path: "/readyz", tls: false },
    endpoint: `https://127.0.0.1:${webhook}`,
  };
}

/** Address of an API server. */
export function addressOf(ports: Ports, server: "kube-apiserver" | "workload-kube-apiserver"): string {
  return `https://127.0.0.1:${port(ports, server)}`;
}

function port(ports: Ports, name: string): number {
  const found = ports[name];
  if (found === undefined) {
    throw new Error(`The plane has no port ${name}.`);
  }
  return found;
}
