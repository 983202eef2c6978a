import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { clusterStatuses } from "../../../src/status/index.ts";
import type { ClusterStatus, LayerStatus } from "../../../src/status/model.ts";
import { cluster, controlPlane, deployment, machine, object, READY, type TestCondition } from "./support.ts";

const NOW = new Date("2026-11-24T10:20:00Z");

function statusOf(
  objects: readonly KubeObject[],
  { now = NOW, layers }: { now?: Date; layers?: readonly LayerStatus[] } = {},
): ClusterStatus {
  const [status] = clusterStatuses(objects, now, layers && new Map([["team/prod", layers]]));
  assert.ok(status !== undefined);
  return status;
}

/** The cluster of a cloud, available but for two workers whose infrastructure says `message`. */
function withWorkers(kind: string, message: string): KubeObject[] {
  const condition: TestCondition = {
    type: "InfrastructureReady",
    status: "False",
    reason: "NotReady",
    message,
    lastTransitionTime: "2026-11-24T10:13:17Z",
  };
  return [
    cluster(kind.replace(/Machine$/, "Cluster"), "initialized"),
    controlPlane(1, 1),
    deployment(0),
    machine(kind, "cp-1", READY, { nodeRef: { name: "cp-1" } }),
    machine(kind, "workers-1", [condition]),
    machine(kind, "workers-2", [condition]),
  ];
}

describe("a message of a provider is told as its cause", () => {
  // The providers' own words; ids are made up.
  const cases: readonly (readonly [kind: string, message: string, known: string, why: string])[] = [
    [
      "AWSMachine",
      "* InstanceReady: failed to create AWSMachine instance: failed to run instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 5c1f2a0e-6b1d-4d0b-9a53-0c9a4f6f1e77, api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 32 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
      "quota",
      "AWS does not start 2 worker machines: the vCPU limit of 32 is reached",
    ],
    [
      "AzureMachine",
      'failed to reconcile AzureMachine service virtualmachine: failed to create or update resource: PUT https://management.azure.com/…: RESPONSE 409: 409 Conflict ERROR CODE: OperationNotAllowed "Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 10, Current Usage: 8, Additional Required: 4, (Minimum) New Limit Required: 12."',
      "quota",
      "Azure does not start 2 worker machines: the quota standardDSv5Family Cores of 10 is reached",
    ],
    [
      "GCPMachine",
      "failed to create instance: googleapi: Error 403: Quota 'CPUS' exceeded.  Limit: 24.0 in region us-central1., quotaExceeded",
      "quota",
      "Google Cloud does not start 2 worker machines: the quota CPUS of 24 in us-central1 is reached",
    ],
    [
      "OpenStackMachine",
      "Quota exceeded for cores, ram: Requested 16, 32768, but already used 20, 65536 of 20, 65536 cores, ram",
      "quota",
      "OpenStack does not start 2 worker machines: the limit of cores, ram is reached",
    ],
    [
      "CloudStackMachine",
      "CloudStack API error 535 (CSExceptionErrorCode: 4250): Maximum number of resources of type 'cpu' for account name='team' in domain id=5 has been exceeded.",
      "quota",
      "CloudStack does not start 2 worker machines: the limit of cpu is reached",
    ],
    [
      "OCIMachine",
      "Error returned by Compute Service. Http Status Code: 400. Error Code: LimitExceeded. Message: The following service limits were exceeded: standard-e4-core-count. Request a service limit increase from the service limits page in the console.",
      "quota",
      "Oracle Cloud does not start 2 worker machines: the limit of standard-e4-core-count is reached",
    ],
    [
      "HCloudMachine",
      "failed to create HCloud server: server limit reached (resource_limit_exceeded)",
      "quota",
      "Hetzner does not start 2 worker machines: a quota of the cloud account is reached",
    ],
    [
      "AWSMachine",
      "failed to create AWSMachine instance: InsufficientInstanceCapacity: We currently do not have sufficient m6i.xlarge capacity in the Availability Zone you requested (eu-central-1a). Our system will be working on provisioning additional capacity.",
      "capacity",
      "AWS does not start 2 worker machines: there is no room for m6i.xlarge in eu-central-1a",
    ],
    [
      "AzureMachine",
      "ERROR CODE: SkuNotAvailable The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D4s_v5' is currently not available in location 'eastus'.",
      "capacity",
      "Azure does not start 2 worker machines: there is no room for Standard_D4s_v5 in eastus",
    ],
    [
      "GCPMachine",
      "googleapi: Error 503: The zone 'projects/p/zones/us-central1-a' does not have enough resources available to fulfill the request. ZONE_RESOURCE_POOL_EXHAUSTED failed",
      "capacity",
      "Google Cloud does not start 2 worker machines: there is no room in us-central1-a",
    ],
    [
      "OpenStackMachine",
      "Server creation failed: No valid host was found. There are not enough hosts available.",
      "capacity",
      "OpenStack does not start 2 worker machines: there is no room",
    ],
    [
      "OCIMachine",
      "Error returned by Compute Service. Error Code: InternalError. Message: Out of host capacity.",
      "capacity",
      "Oracle Cloud does not start 2 worker machines: there is no room",
    ],
    [
      "MaasMachine",
      "unable to allocate machine: ServerError: 409 Conflict (No available machine matches constraints: [('zone', ['default'])])",
      "capacity",
      "MAAS does not start 2 worker machines: no free machine matches",
    ],
    [
      "TinkerbellMachine",
      "failed to ensure hardware: no hardware available",
      "capacity",
      "Tinkerbell does not start 2 worker machines: no free machine matches",
    ],
    [
      "AWSMachine",
      'failed to create AWSMachine instance: failed to find ami: found no AMIs with the name: "capa-ami-ubuntu-24.04-1.36.4-*"',
      "image-missing",
      "AWS does not start 2 worker machines: image capa-ami-ubuntu-24.04-1.36.4-* is not there",
    ],
    [
      "AWSMachine",
      "InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist",
      "image-missing",
      "AWS does not start 2 worker machines: image ami-0123456789abcdef0 is not there",
    ],
    [
      "GCPMachine",
      "googleapi: Error 404: The resource 'projects/p/global/images/capi-ubuntu-2404-k8s-v1-36' was not found, notFound: image not found",
      "image-missing",
      "Google Cloud does not start 2 worker machines: image p/global/images/capi-ubuntu-2404-k8s-v1-36 is not there",
    ],
    [
      "VSphereMachine",
      "unable to find template by name \"ubuntu-2404-kube-v1.36.4\": vm 'ubuntu-2404-kube-v1.36.4' not found",
      "image-missing",
      "vSphere does not start 2 worker machines: template ubuntu-2404-kube-v1.36.4 is not there",
    ],
    [
      "OpenStackMachine",
      "no images were found with the given image filter: error looking up image by name ubuntu-2404-kube-v1.36.4",
      "image-missing",
      "OpenStack does not start 2 worker machines: image ubuntu-2404-kube-v1.36.4 is not there",
    ],
    [
      "HCloudMachine",
      "failed to get image: no image found with name ubuntu-24.04-kube-1.36",
      "image-missing",
      "Hetzner does not start 2 worker machines: image ubuntu-24.04-kube-1.36 is not there",
    ],
    [
      "AWSMachine",
      "UnauthorizedOperation: You are not authorized to perform: ec2:RunInstances because no identity-based policy allows it",
      "credentials",
      "AWS does not start 2 worker machines: the cloud account may not do that (ec2:RunInstances)",
    ],
    [
      "AWSMachine",
      "operation error EC2: DescribeVpcs, https response error StatusCode: 401, api error AuthFailure: AWS was not able to validate the provided access credentials",
      "credentials",
      "AWS does not start 2 worker machines: the cloud account is refused",
    ],
    [
      "AzureMachine",
      "ClientSecretCredential authentication failed. RESPONSE 401 Unauthorized invalid_client AADSTS7000222: The provided client secret keys for app '0000' are expired.",
      "credentials",
      "Azure does not start 2 worker machines: the credentials of the cloud account are expired",
    ],
    [
      "AzureMachine",
      "RESPONSE 403: 403 Forbidden ERROR CODE: AuthorizationFailed The client 'a' with object id 'b' does not have authorization to perform action 'Microsoft.Network/virtualNetworks/write' over scope '/subscriptions/c'",
      "credentials",
      "Azure does not start 2 worker machines: the cloud account may not do that (Microsoft.Network/virtualNetworks/write)",
    ],
    [
      "GCPMachine",
      "googleapi: Error 403: Required 'compute.instances.create' permission for 'projects/p/zones/z/instances/i', forbidden",
      "credentials",
      "Google Cloud does not start 2 worker machines: the cloud account may not do that (compute.instances.create)",
    ],
    [
      "VSphereMachine",
      "failed to create session: ServerFaultCode: Cannot complete login due to an incorrect user name or password.",
      "credentials",
      "vSphere does not start 2 worker machines: the cloud account is refused",
    ],
    [
      "HCloudMachine",
      "failed to list servers: unable to authenticate (unauthorized)",
      "credentials",
      "Hetzner does not start 2 worker machines: the cloud account is refused",
    ],
    [
      "OpenStackMachine",
      "Authentication failed: The request you have made requires authentication.",
      "credentials",
      "OpenStack does not start 2 worker machines: the cloud account is refused",
    ],
  ];
  for (const [kind, message, known, headline] of cases) {
    it(headline, () => {
      const status = statusOf(withWorkers(kind, message));
      assert.deepEqual([status.headline, status.cause?.known, status.health], [headline, known, "bad"]);
      assert.equal(status.cause?.source?.message, message);
      assert.ok((status.cause?.todo.length ?? 0) >= 2);
      assert.equal(status.steps.find(({ state }) => state === "problem")?.id, "workers");
    });
  }

  it("of the provider's own object before what a Machine retells", () => {
    const own = object("infrastructure.cluster.x-k8s.io/v1beta1", "VSphereVM", {
      name: "workers-1",
      conditions: [
        {
          type: "VMProvisioned",
          status: "False",
          reason: "CloningFailed",
          severity: "Warning",
          message: 'unable to find template by name "t-1"',
        },
      ],
    });
    const status = statusOf([...withWorkers("VSphereMachine", "Waiting for the VM"), own]);
    assert.equal(status.cause?.source?.kind, "VSphereVM");
    assert.match(status.headline, /template t-1 is not there/);
  });

  it("of the whole infrastructure, before there are machines", () => {
    const message = "failed to create vpc: VpcLimitExceeded: The maximum number of VPCs has been reached.";
    const status = statusOf([
      cluster("AWSCluster", "new"),
      object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster", {
        name: "prod",
        conditions: [
          {
            type: "VpcReady",
            status: "False",
            reason: "VpcReconciliationFailed",
            severity: "Error",
            message,
          },
        ],
      }),
    ]);
    assert.equal(status.headline, "AWS does not set up the infrastructure: the limit of VPCs is reached");
    assert.equal(status.steps.find(({ state }) => state === "problem")?.id, "infrastructure");
  });

  it("that nobody knows stays in the provider's words, and asks for nothing in particular", () => {
    const status = statusOf(withWorkers("AWSMachine", "failed to do something that nobody ever saw"));
    assert.deepEqual(
      [status.headline, status.health, status.cause?.known, status.cause?.todo],
      ["failed to do something that nobody ever saw", "bad", undefined, []],
    );
  });

  it("is not made of waiting, of words of hope, or of what every creation says for a while", () => {
    for (const message of [
      "Waiting for infrastructure to be ready",
      "* InstanceReady: InstanceNotReady",
      "Node.Ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized",
    ]) {
      const early = new Date("2026-11-24T10:09:00Z");
      const status = statusOf(withWorkers("AWSMachine", message), { now: early });
      assert.deepEqual([status.health, status.cause], ["busy", undefined], message);
    }
  });
});

const NO_NETWORK: TestCondition = {
  type: "NodeReady",
  status: "False",
  reason: "NodeNotReady",
  message:
    "* Node.Ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized",
};
const STARTED: readonly TestCondition[] = [
  { type: "Ready", status: "Unknown" },
  { type: "BootstrapConfigReady" },
  { type: "InfrastructureReady", lastTransitionTime: "2026-11-24T10:05:00Z" },
];
const NO_NODE: TestCondition = {
  type: "NodeReady",
  status: "Unknown",
  reason: "NodeDoesNotExist",
  message: "Waiting for a Node with spec.providerID aws:///eu-central-1a/i-1 to exist",
};

describe("a state is told as its cause", () => {
  const cilium = (state: LayerStatus["state"], message?: string): LayerStatus => ({
    name: "Cilium",
    kind: "network",
    state,
    ...(message === undefined ? {} : { message }),
  });
  const node = (condition: TestCondition) =>
    machine("AWSMachine", "cp-1", [...STARTED, condition], { nodeRef: { name: "cp-1" } });
  const nodes = (infrastructure: string, condition: TestCondition) => [
    cluster(infrastructure, "initialized"),
    controlPlane(0),
    node(condition),
  ];
  const late = new Date("2026-11-24T10:30:00Z");
  const soon = new Date("2026-11-24T10:09:00Z");

  const cases: readonly {
    readonly name: string;
    readonly objects: readonly KubeObject[];
    readonly now?: Date;
    readonly layers?: readonly LayerStatus[];
    readonly known: string | undefined;
    readonly health: string;
    readonly headline: RegExp;
    readonly step?: string;
  }[] = [
    {
      name: "no network layer, after a while",
      objects: nodes("AWSCluster", NO_NETWORK),
      known: "network-missing",
      health: "attention",
      headline: /^Machines have no network: no network layer is installed on them$/,
      step: "network",
    },
    {
      name: "no network layer among the layers, at once",
      objects: nodes("AWSCluster", NO_NETWORK),
      now: soon,
      layers: [],
      known: "network-missing",
      health: "bad",
      headline: /no network layer/,
      step: "network",
    },
    {
      name: "a network layer that is on its way is no cause",
      objects: nodes("AWSCluster", NO_NETWORK),
      now: soon,
      layers: [cilium("installing", "2 of 3 pods ready")],
      known: undefined,
      health: "busy",
      headline: /^Cilium is being installed, 2 of 3 pods ready$/,
    },
    {
      name: "a network layer that failed",
      objects: nodes("AWSCluster", NO_NETWORK),
      now: soon,
      layers: [cilium("failed", "chart not found")],
      known: "network-missing",
      health: "bad",
      headline: /the network layer Cilium could not be installed, chart not found$/,
      step: "network",
    },
    {
      name: "no cloud controller",
      objects: [
        cluster("AWSCluster", "initialized"),
        controlPlane(0),
        machine("AWSMachine", "cp-1", [...STARTED, NO_NODE]),
      ],
      known: "cloud-controller-missing",
      health: "bad",
      headline: /do not become nodes: the cloud controller layer is missing$/,
      step: "network",
    },
    {
      name: "machines of Docker need no cloud controller",
      objects: [
        cluster("DockerCluster", "initialized"),
        controlPlane(0),
        machine("DockerMachine", "cp-1", [...STARTED, NO_NODE]),
      ],
      now: new Date("2026-11-24T10:19:00Z"),
      known: undefined,
      health: "busy",
      headline: /^The network is not up yet: no node is ready$/,
    },
    {
      name: "a first machine on which nothing comes up",
      objects: [
        cluster("AWSCluster", "infrastructure"),
        controlPlane(0),
        machine("AWSMachine", "cp-1", [...STARTED, NO_NODE]),
      ],
      now: late,
      known: "bootstrap-failed",
      health: "bad",
      headline: /^The first control plane machine started, and no API server came up on it/,
      step: "initialized",
    },
    {
      name: "a worker that does not join",
      objects: [
        cluster("AWSCluster", "initialized"),
        controlPlane(1, 1),
        deployment(0, 1),
        machine("AWSMachine", "cp-1", READY, { nodeRef: { name: "cp-1" } }),
        machine("AWSMachine", "workers-1", [...STARTED, NO_NODE]),
      ],
      now: late,
      known: "bootstrap-failed",
      health: "bad",
      headline: /^1 machine started and did not join the cluster/,
      step: "workers",
    },
    {
      name: "an API server that is not reached",
      objects: [
        cluster("AWSCluster", "available", {
          conditions: [
            {
              type: "RemoteConnectionProbe",
              status: "False",
              reason: "ProbeFailed",
              message: "Remote connection probe failed, probe last succeeded at 2026-11-24T10:10:00Z",
            },
          ],
        }),
        controlPlane(3),
      ],
      known: "endpoint-unreachable",
      health: "bad",
      headline: /does not reach the API server at api\.prod\.test:6443$/,
    },
    {
      name: "a pause",
      objects: [cluster("AWSCluster", "available", { spec: { paused: true } })],
      known: "paused",
      health: "attention",
      headline: /^Paused/,
    },
    {
      name: "a version that skips a minor",
      objects: [
        cluster("AWSCluster", "available", {
          conditions: [
            {
              type: "TopologyReconciled",
              status: "False",
              reason: "ReconcileFailed",
              message:
                'admission webhook "validation.kubeadmcontrolplane.controlplane.cluster.x-k8s.io" denied the request: spec.version: Forbidden: cannot update Kubernetes version from v1.34.1 to v1.36.4',
            },
          ],
        }),
        controlPlane(1),
      ],
      known: "refused-change",
      health: "bad",
      headline: /skips a minor$/,
    },
    {
      name: "an immutable template",
      objects: [
        cluster("AWSCluster", "available", {
          conditions: [
            {
              type: "TopologyReconciled",
              status: "False",
              reason: "ReconcileFailed",
              message: "AWSMachineTemplate spec.template.spec: field is immutable, refused",
            },
          ],
        }),
        controlPlane(1),
      ],
      known: "refused-change",
      health: "bad",
      headline: /cannot change once it is written$/,
    },
    {
      name: "a kind that nobody serves",
      objects: [
        cluster("MaasCluster", "new", {
          conditions: [
            {
              type: "InfrastructureReady",
              status: "False",
              reason: "InternalError",
              message: 'failed to get object: no matches for kind "MaasCluster" in version "v1"',
            },
          ],
        }),
      ],
      known: "provider-missing",
      health: "bad",
      headline: /^The management cluster has no provider for MaasCluster$/,
      step: "infrastructure",
    },
    {
      name: "controllers that do not run",
      objects: [object("cluster.x-k8s.io/v1beta2", "Cluster", { name: "prod" })],
      known: "provider-missing",
      health: "attention",
      headline: /^No controller has looked at this cluster yet/,
      step: "infrastructure",
    },
    {
      name: "a deletion that a disruption budget holds up",
      objects: [
        cluster("AWSCluster", "available", {
          deleted: "2026-11-24T10:12:00Z",
          conditions: [{ type: "Deleting", message: "* Worker Machines: workers-1" }],
        }),
        machine("AWSMachine", "workers-1", [
          {
            type: "Deleting",
            message:
              "Drain not completed yet (started at 2026-11-24T10:12:01Z):\n* Pod shop/db-0: cannot evict pod as it would violate the pod's disruption budget",
          },
        ]),
      ],
      now: late,
      known: "deletion-blocked",
      health: "attention",
      headline: /^Deleting does not go on: Drain not completed yet.*disruption budget/,
    },
  ];
  for (const { name, objects, now, layers, known, health, headline, step } of cases) {
    it(name, () => {
      const status = statusOf(objects, {
        ...(now === undefined ? {} : { now }),
        ...(layers === undefined ? {} : { layers }),
      });
      assert.match(status.headline, headline);
      assert.deepEqual([status.cause?.known, status.health], [known, health]);
      if (step !== undefined) {
        assert.equal(status.steps.find(({ state }) => state === "problem")?.id, step);
      }
      if (known !== undefined) {
        assert.ok((status.cause?.todo.length ?? 0) > 0);
      }
    });
  }

  it("no earlier than it may be one", () => {
    const early: readonly (readonly KubeObject[])[] = [
      nodes("AWSCluster", NO_NETWORK),
      [
        cluster("AWSCluster", "initialized"),
        controlPlane(0),
        machine("AWSMachine", "cp-1", [...STARTED, NO_NODE]),
      ],
      [
        cluster("AWSCluster", "infrastructure"),
        controlPlane(0),
        machine("AWSMachine", "cp-1", [...STARTED, NO_NODE]),
      ],
    ];
    for (const objects of early) {
      assert.deepEqual(statusOf(objects, { now: soon }).cause, undefined);
      assert.notEqual(statusOf(objects, { now: late }).cause, undefined);
    }
  });
});
