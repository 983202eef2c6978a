import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { taintMetadata } from "../../../../src/cluster/clouds/oke/taints.ts";
import { type Changes, imageText, problemsOf, valueIn } from "./examples.ts";

const POOL = "machinePools.0.cloudConfig";
const config = (fields: Readonly<Record<string, unknown>>): Changes => ({ config: fields });
const pool = (fields: Readonly<Record<string, unknown>>): Changes => ({ poolConfigs: [fields] });

describe("what no single field of OKE can see", () => {
  const cases: readonly (readonly [string, Changes, ...string[]])[] = [
    ["nothing is wrong", {}],
    [
      "a name of 32 characters",
      { request: { name: "a".repeat(32) }, pools: [{ name: "b" }] },
      "cloudType",
      "machinePools.0.poolConfig.name",
    ],
    [
      "a node pool's name of 32 characters",
      { request: { name: "a".repeat(24) } },
      "machinePools.0.poolConfig.name",
    ],
    ["a node pool's name of 31 characters", { request: { name: "a".repeat(23) } }],
    ["no pool", { request: { machinePools: [] } }, "machinePools"],
    ["add-ons of a basic cluster", config({ addons: [{ name: "CertManager" }] }), "cloudConfig.addons"],
    [
      "add-ons of an enhanced cluster",
      config({ addons: [{ name: "CertManager" }], clusterType: "ENHANCED_CLUSTER" }),
    ],
    ["a flexible shape without a size", pool({ ocpus: undefined }), `${POOL}.ocpus`],
    [
      "fault domains of no availability domain",
      pool({ faultDomains: ["FAULT-DOMAIN-1"] }),
      `${POOL}.faultDomains`,
    ],
    ["an availability domain twice", pool({ azs: ["a", "a"] }), `${POOL}.azs.1`],
    [
      "a pod subnet outside of the network",
      config({ subnetCidrs: { podSubnet: "10.1.0.0/18" } }),
      "cloudConfig.subnetCidrs.podSubnet",
    ],
    [
      "an existing network without its range",
      config({ existingNetwork: { vcnId: "v" } }),
      "cloudConfig.vcnCidr",
    ],
  ];
  for (const [title, changes, ...paths] of cases) {
    it(title, () => assert.deepEqual(problemsOf("oke", "smallest", changes), paths));
  }
});

describe("pods of OKE", () => {
  const flannel = { layers: { cni: { name: "cni-flannel" } } };
  const details = ["OCIManagedMachinePool", "spec", "nodePoolNodeConfig", "nodePoolPodNetworkOptionDetails"];
  const roles = (changes: Changes): unknown =>
    (
      valueIn("oke", "smallest", ["OCIManagedCluster", "spec", "networkSpec", "vcn", "subnets"], changes) as {
        role: string;
      }[]
    ).map(({ role }) => role);

  it("have addresses of the network, in a subnet of their own", () => {
    assert.deepEqual(valueIn("oke", "smallest", details), {
      cniType: "OCI_VCN_IP_NATIVE",
      vcnIpNativePodNetworkOptions: { subnetNames: ["pod"], nsgNames: ["pod"] },
    });
    assert.deepEqual(roles({}), ["control-plane-endpoint", "service-lb", "worker", "pod"]);
  });

  it("have an overlay where the network layer is Flannel", () => {
    assert.deepEqual(valueIn("oke", "smallest", details, flannel), { cniType: "FLANNEL_OVERLAY" });
    assert.deepEqual(roles(flannel), ["control-plane-endpoint", "service-lb", "worker"]);
  });

  it("share the nodes' subnet where an existing network has none for them", () => {
    const existingNetwork = {
      vcnId: "v",
      controlPlaneEndpointSubnetId: "e",
      workerSubnetId: "w",
      serviceLoadBalancerSubnetId: "s",
    };
    const changes = config({ existingNetwork, vcnCidr: "10.9.0.0/16" });
    assert.deepEqual(
      valueIn("oke", "smallest", [...details, "vcnIpNativePodNetworkOptions", "subnetNames"], changes),
      ["worker"],
    );
    assert.deepEqual(roles(changes), ["control-plane-endpoint", "service-lb", "worker"]);
  });
});

describe("nodes of OKE", () => {
  it("have no boot script without taints", () => {
    assert.deepEqual(taintMetadata([]), {});
  });

  it("register their taints by the boot script", () => {
    const { user_data } = taintMetadata([
      { key: "a", value: "b", effect: "NoSchedule" },
      { key: "c", value: "", effect: "NoExecute" },
    ]);
    assert.match(
      Buffer.from(user_data ?? "", "base64").toString(),
      /^#!\/bin\/bash\n(.*\n)+.*--register-with-taints=a=b:NoSchedule,c=:NoExecute"\n$/,
    );
  });

  it("start from Oracle's image, or from that of their pool", () => {
    assert.equal(imageText("oke", "smallest"), "Oracle's image of OKE 1.35.2");
    assert.equal(
      imageText("oke", "smallest", pool({ imageId: "ocid1.image.oc1..b" })),
      "image ocid1.image.oc1..b",
    );
  });
});
