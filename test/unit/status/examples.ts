import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { type ClusterDetail, clusterStatuses } from "../../../src/status/index.ts";
import type { ClusterEvent, LayerStatus } from "../../../src/status/model.ts";
import { cluster, controlPlane, deployment, machine, object, READY, type TestCondition } from "./support.ts";

const QUOTA =
  "failed to create AWSMachine instance: failed to run instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 5c1f2a0e-6b1d-4d0b-9a53-0c9a4f6f1e77, api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.";

const awsCluster = object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster", {
  name: "prod",
  spec: { region: "eu-central-1", identityRef: { kind: "AWSClusterStaticIdentity", name: "aws-creds" } },
});
/** A machine that runs, and the provider's object of it. */
const node = (name: string, zone = "eu-central-1a") => {
  const running = machine("AWSMachine", name, READY, {
    phase: "Running",
    nodeRef: { name },
    nodeInfo: { osImage: "Ubuntu 24.04.3 LTS" },
  });
  return [
    { ...running, spec: { ...(running.spec as object), failureDomain: zone } },
    object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSMachine", {
      name,
      spec: { instanceType: name.startsWith("cp") ? "m6i.large" : "m6i.xlarge" },
    }),
  ];
};
const PROFILES = {
  "palette-onboarding/profile": "aws-production",
  "palette-onboarding/profile-version": "1.2.0",
  "profile.palette-onboarding/aws-production": "1.2.0",
  "profile.palette-onboarding/observability": "1.0.3",
};
const refused = (name: string) => {
  const condition: TestCondition = {
    type: "InstanceReady",
    status: "False",
    reason: "InstanceProvisionFailed",
    severity: "Error",
    message: QUOTA,
    lastTransitionTime: "2026-11-24T10:13:17Z",
  };
  return [
    machine(
      "AWSMachine",
      name,
      [
        {
          type: "InfrastructureReady",
          status: "False",
          message: `* InstanceReady: ${QUOTA}`,
          lastTransitionTime: "2026-11-24T10:13:17Z",
        },
      ],
      { phase: "Provisioning" },
    ),
    object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSMachine", {
      name,
      owner: { kind: "Machine", name },
      spec: { instanceType: "m6i.xlarge" },
      conditions: [condition],
    }),
  ];
};

const layersOf = (network: LayerStatus["state"], others: LayerStatus["state"]): LayerStatus[] => [
  {
    name: "Cilium",
    kind: "network",
    state: network,
    version: "1.20.1",
    ...(network === "ready" ? { since: "2026-11-24T10:08:37Z" } : { message: "2 of 3 pods ready" }),
  },
  {
    name: "AWS cloud controller",
    kind: "cloud-controller",
    state: network === "ready" ? "ready" : "waiting",
  },
  { name: "Amazon EBS CSI", kind: "storage", state: others, version: "1.64.0" },
  { name: "cert-manager", kind: "add-on", state: others, version: "1.21.1" },
  { name: "Fluent Bit", kind: "add-on", state: others, version: "0.58.1" },
  { name: "Prometheus and Grafana", kind: "add-on", state: others, version: "88.5.3" },
  { name: "Hello Universe", kind: "add-on", state: others, version: "1.3.0" },
  { name: "Open Policy Agent", kind: "add-on", state: others, version: "3.20.0" },
];

const EVENTS: readonly ClusterEvent[] = [
  {
    time: "2026-11-24T10:19:40Z",
    isWarning: true,
    reason: "FailedCreate",
    message: "Failed to create instance: VcpuLimitExceeded",
    count: 9,
    kind: "AWSMachine",
    name: "workers-1",
  },
  {
    time: "2026-11-24T10:13:00Z",
    isWarning: false,
    reason: "SuccessfulCreate",
    message: "Created MachineSet prod-workers-7xk2p",
    count: 1,
    kind: "MachineDeployment",
    name: "workers",
  },
];

function detail(
  now: string,
  objects: readonly KubeObject[],
  {
    layers,
    ...given
  }: Partial<Pick<ClusterDetail, "events" | "stale">> & { readonly layers?: readonly LayerStatus[] } = {},
): ClusterDetail {
  const date = new Date(now);
  const [status] = clusterStatuses(objects, date, layers && new Map([["team/prod", layers]]));
  if (status === undefined) {
    throw new Error("There is no cluster.");
  }
  return {
    status,
    objects,
    events: [],
    management: "mgmt-eu",
    now: date,
    ...given,
  };
}

const nodes = ["a", "b", "c"].flatMap((zone, i) => node(`cp-${i + 1}`, `eu-central-1${zone}`));
const running = [
  cluster("AWSCluster", "available", { labels: PROFILES }),
  awsCluster,
  controlPlane(3),
  deployment(2),
];
const ready = [...running, ...nodes, ...node("workers-1"), ...node("workers-2")];

/** A cluster in each state that its panel has (mocks/README.md, States). */
export const DETAILS: Readonly<Record<string, ClusterDetail>> = {
  new: detail("2026-11-24T10:00:30Z", [
    cluster("AWSCluster", "new"),
    awsCluster,
    controlPlane(0),
    deployment(0),
  ]),
  moving: detail(
    "2026-11-24T10:08:23Z",
    [
      cluster("AWSCluster", "initialized"),
      awsCluster,
      controlPlane(1),
      deployment(0),
      ...node("cp-1"),
      machine("AWSMachine", "workers-1", [{ type: "Ready", status: "Unknown" }], { phase: "Pending" }),
    ],
    { layers: layersOf("installing", "waiting"), events: EVENTS.slice(1) },
  ),
  blocked: detail(
    "2026-11-24T10:20:00Z",
    [
      cluster("AWSCluster", "initialized", {
        conditions: [{ type: "ControlPlaneAvailable", lastTransitionTime: "2026-11-24T10:11:17Z" }],
      }),
      awsCluster,
      controlPlane(3),
      deployment(0),
      ...nodes,
      ...refused("workers-1"),
      ...refused("workers-2"),
    ],
    { layers: layersOf("ready", "waiting"), events: EVENTS },
  ),
  unknown: detail("2026-11-24T10:20:00Z", [
    cluster("AWSCluster", "new", {
      conditions: [
        {
          type: "InfrastructureReady",
          status: "False",
          reason: "Failed",
          message:
            "Something that nobody ever saw has failed on a_very_long_name_without_any_place_to_break_it_in_two_at_all",
        },
      ],
    }),
  ]),
  running: detail("2026-11-24T10:40:00Z", ready, { layers: layersOf("ready", "ready") }),
  stale: detail("2026-11-24T10:40:00Z", ready, {
    layers: layersOf("ready", "ready"),
    stale: { since: "2026-11-24T10:36:00Z", nextTry: "2026-11-24T10:40:20Z" },
  }),
  deleting: detail("2026-11-24T10:41:00Z", [
    cluster("AWSCluster", "available", {
      deleted: "2026-11-24T10:40:00Z",
      conditions: [{ type: "Deleting", message: "* Worker Machines: workers-1, workers-2" }],
    }),
    awsCluster,
    ...nodes,
  ]),
};
