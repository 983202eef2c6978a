import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { classFields, cloudOf, explainRefusal, newPool } from "../../../src/cluster/index.ts";
import type { ClusterRequest } from "../../../src/cluster/model.ts";
import {
  createCluster,
  deleteCluster,
  dryRun,
  listClusterClasses,
  type ManagementCluster,
  planCreation,
  waitAvailable,
} from "../../../src/kube/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo, everythingOf, PROFILE_TEXT } from "./support.ts";

/** Its own: other tests use the same management cluster. */
const NAMESPACE = "engine-classes";
const NAME = "fake-machines";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
const BOOTSTRAP = "bootstrap.cluster.x-k8s.io/v1beta2";

describe("clusters of a class", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  let management: ManagementCluster;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    for (const object of classObjects()) {
      await management.apply(object);
    }
  });
  after(async () => {
    if (management !== undefined) {
      for (const { apiVersion, kind, metadata } of classObjects().reverse()) {
        await management.delete({ apiVersion, kind, name: metadata.name, namespace: NAMESPACE });
      }
      management.close();
    }
  });

  const requestFor = (name: string, startup: string): ClusterRequest => ({
    name,
    namespace: NAMESPACE,
    labels: {},
    annotations: {},
    cloudType: "cluster-class",
    cloudConfig: { class: NAME, variables: { startup } },
    profiles: [{ name: "engine-test", version: "1.0.0" }],
    machinePools: [
      newPool("control-plane", true, 1),
      { ...newPool("workers", false, 1), cloudConfig: { class: "fake-worker" } },
    ],
  });

  it("are made by a form of the variables that the management cluster has", async () => {
    const found = (await listClusterClasses(management, NAMESPACE)).find(
      ({ metadata }) => metadata.name === NAME,
    );
    assert.ok(found);
    const { cluster, pool } = classFields(found);
    assert.deepEqual(cluster.properties?.variables?.properties?.startup, {
      type: "string",
      title: "startup",
      description: "How long a machine takes.",
      pattern: "^[0-9]+s$",
      default: "1s",
    });
    assert.deepEqual(pool.properties?.class?.enum, ["fake-worker"]);
  });

  it("are judged by the class; a refused variable leads to the variables", async () => {
    // Admission knows a class once its controller has seen it.
    const request = requestFor("class-dry", "soon");
    const plan = await planCreation(management, { request, profileText: PROFILE_TEXT });
    const [refused, ...others] = await dryRun(management, plan);
    assert.ok(refused, "nothing is refused");
    assert.deepEqual(others, []);
    const cloud = cloudOf("cluster-class");
    assert.ok(cloud);
    const [reason] = explainRefusal(refused, request, cloud, "mgmt");
    assert.deepEqual(reason?.path, ["spec", "cloudConfig", "variables"], JSON.stringify(reason));
  });

  it("are created, become available, and leave nothing", async () => {
    const request = requestFor("class-a", "2s");
    const plan = await planCreation(management, { request, profileText: PROFILE_TEXT });
    await createCluster(management, plan);
    const status = await waitAvailable(management, { namespace: NAMESPACE, name: "class-a" });
    assert.equal(status.available, true);
    await deleteCluster(management, { namespace: NAMESPACE, name: "class-a" });
    assert.deepEqual(await everythingOf(management, "class-a"), []);
  });

  function classObjects(): KubeObject[] {
    const metadata = (name: string) => ({ name, namespace: NAMESPACE });
    const machine = (name: string): KubeObject => ({
      apiVersion: INFRASTRUCTURE,
      kind: "DevMachineTemplate",
      metadata: metadata(name),
      spec: {
        template: { spec: { backend: { inMemory: { vm: { provisioning: { startupDuration: "1s" } } } } } },
      },
    });
    return [
      {
        apiVersion: INFRASTRUCTURE,
        kind: "DevClusterTemplate",
        metadata: metadata(NAME),
        spec: {
          template: {
            metadata: { annotations: { made: "by-a-class" } },
            spec: { backend: { inMemory: {} } },
          },
        },
      },
      machine(`${NAME}-control-plane`),
      machine(`${NAME}-worker`),
      {
        apiVersion: CONTROL_PLANE,
        kind: "KubeadmControlPlaneTemplate",
        metadata: metadata(NAME),
        spec: {
          template: {
            spec: { kubeadmConfigSpec: { clusterConfiguration: { apiServer: { certSANs: ["localhost"] } } } },
          },
        },
      },
      {
        apiVersion: BOOTSTRAP,
        kind: "KubeadmConfigTemplate",
        metadata: metadata(NAME),
        spec: {
          template: {
            spec: {
              joinConfiguration: { nodeRegistration: { kubeletExtraArgs: [{ name: "v", value: "2" }] } },
            },
          },
        },
      },
      {
        apiVersion: "cluster.x-k8s.io/v1beta2",
        kind: "ClusterClass",
        metadata: metadata(NAME),
        spec: {
          infrastructure: {
            templateRef: { apiVersion: INFRASTRUCTURE, kind: "DevClusterTemplate", name: NAME },
          },
          controlPlane: {
            templateRef: { apiVersion: CONTROL_PLANE, kind: "KubeadmControlPlaneTemplate", name: NAME },
            machineInfrastructure: {
              templateRef: {
                apiVersion: INFRASTRUCTURE,
                kind: "DevMachineTemplate",
                name: `${NAME}-control-plane`,
              },
            },
          },
          workers: {
            machineDeployments: [
              {
                class: "fake-worker",
                bootstrap: {
                  templateRef: { apiVersion: BOOTSTRAP, kind: "KubeadmConfigTemplate", name: NAME },
                },
                infrastructure: {
                  templateRef: {
                    apiVersion: INFRASTRUCTURE,
                    kind: "DevMachineTemplate",
                    name: `${NAME}-worker`,
                  },
                },
              },
            ],
          },
          variables: [
            {
              name: "startup",
              required: true,
              schema: {
                openAPIV3Schema: {
                  type: "string",
                  description: "How long a machine takes.",
                  pattern: "^[0-9]+s$",
                  default: "1s",
                },
              },
            },
          ],
          patches: [
            {
              name: "startup",
              definitions: [
                {
                  selector: {
                    apiVersion: INFRASTRUCTURE,
                    kind: "DevMachineTemplate",
                    matchResources: {
                      controlPlane: true,
                      machineDeploymentClass: { names: ["fake-worker"] },
                    },
                  },
                  jsonPatches: [
                    {
                      op: "replace",
                      path: "/spec/template/spec/backend/inMemory/vm/provisioning/startupDuration",
                      valueFrom: { variable: "startup" },
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    ];
  }
});
