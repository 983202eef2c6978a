/** One program that the sandbox builds from Go source. */
export interface Engine {
  readonly name: EngineName;
  /** Folder of its go.mod below sandbox/engines. */
  readonly wrapper: string;
  /** Import path of its main package. */
  readonly source: string;
  /** Seconds that a first build took on two cores, with those before it built: what progress is reckoned by. */
  readonly seconds: number;
}

export type EngineName =
  | "etcd"
  | "capi-kubeadm-control-plane"
  | "capi-core"
  | "capi-dev"
  | "capi-kubeadm-bootstrap"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-scheduler"
  | "kubectl"
  | "sveltos"
  | "kwok";

const management: readonly Engine[] = [
  { name: "etcd", wrapper: "etcd", source: "go.etcd.io/etcd/server/v3", seconds: 30 },
  {
    name: "capi-kubeadm-control-plane",
    wrapper: "capi",
    source: "sigs.k8s.io/cluster-api/controlplane/kubeadm",
    seconds: 100,
  },
  { name: "capi-core", wrapper: "capi", source: "sigs.k8s.io/cluster-api/core", seconds: 10 },
  {
    name: "capi-dev",
    wrapper: "capi",
    source: "sigs.k8s.io/cluster-api/test/infrastructure/docker",
    seconds: 30,
  },
  {
    name: "capi-kubeadm-bootstrap",
    wrapper: "capi",
    source: "sigs.k8s.io/cluster-api/bootstrap/kubeadm",
    seconds: 5,
  },
  {
    name: "kube-apiserver",
    wrapper: "kube",
    source: "k8s.io/kubernetes/cmd/kube-apiserver",
    seconds: 180,
  },
  {
    name: "kube-controller-manager",
    wrapper: "kube",
    source: "k8s.io/kubernetes/cmd/kube-controller-manager",
    seconds: 55,
  },
  { name: "kubectl", wrapper: "kube", source: "k8s.io/kubernetes/cmd/kubectl", seconds: 25 },
  {
    name: "sveltos",
    wrapper: "sveltos",
    source: "github.com/projectsveltos/addon-controller/cmd",
    seconds: 140,
  },
];

const workload: readonly Engine[] = [
  {
    name: "kube-scheduler",
    wrapper: "kube",
    source: "k8s.io/kubernetes/cmd/kube-scheduler",
    seconds: 10,
  },
  { name: "kwok", wrapper: "kwok", source: "sigs.k8s.io/kwok/cmd/kwok", seconds: 60 },
];

/** The engines of a plane, in the order in which they are built best. */
export function enginesFor(options: { readonly workload: boolean }): readonly Engine[] {
  return options.workload ? [...management, ...workload] : management;
}
