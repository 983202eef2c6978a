import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAgainstProfile } from "../../../src/cluster/index.ts";
import { mergeArguments } from "../../../src/cluster/machines/arguments.ts";
import { example, valueIn } from "./clouds/examples.ts";

const KUBERNETES = `kubeadmconfig:
  apiServer: { extraArgs: { profiling: "false", feature-gates: "A=true,B=false" } }
  controllerManager: { extraArgs: { cloud-provider: external, profiling: "false" } }
  kubeletExtraArgs:
    cloud-provider: external
    node-labels: team=a,tier=db
    read-only-port: 0
    register-with-taints: dedicated=db:NoSchedule,spare:NoExecute
    feature-gates: A=true
  files: [{ path: /etc/a, content: kubernetes }]
`;
const SYSTEM = `kubeadmconfig:
  apiServer: { extraArgs: [{ name: feature-gates, value: "B=true" }] }
  kubeletExtraArgs: { feature-gates: B=true, read-only-port: 1 }
  files: [{ path: /etc/a, content: system }]
`;
const WORKERS = {
  additionalLabels: { tier: "web" },
  taints: [{ key: "dedicated", value: "web", effect: "NoSchedule" }],
} as const;

const changes = (k8s: { readonly name?: string } = {}) => ({
  layers: { os: { values: SYSTEM }, k8s: { values: KUBERNETES, ...k8s } },
  pools: [{}, WORKERS],
});

const argument = (name: string, value: string) => ({ name, value });

describe("arguments of several sources", () => {
  it("have each name once, as Cluster API demands: layers over the cloud, the system's over Kubernetes'", () => {
    const config = valueIn(
      "aws",
      "smallest",
      ["KubeadmControlPlane", "spec", "kubeadmConfigSpec"],
      changes(),
    );
    assert.deepEqual((config as { clusterConfiguration: unknown }).clusterConfiguration, {
      apiServer: {
        extraArgs: [argument("profiling", "false"), argument("feature-gates", "A=true,B=true")],
      },
      controllerManager: {
        extraArgs: [argument("cloud-provider", "external"), argument("profiling", "false")],
      },
    });
    assert.deepEqual((config as { files: unknown }).files, [{ path: "/etc/a", content: "system" }]);
  });

  it("join labels and taints, where those of the pool win", () => {
    const path = ["KubeadmConfigTemplate", "spec", "template", "spec", "joinConfiguration"];
    const { name: _, ...registration } = valueIn(
      "aws",
      "smallest",
      [...path, "nodeRegistration"],
      changes(),
    ) as Record<string, unknown>;
    assert.deepEqual(registration, {
      kubeletExtraArgs: [
        argument("cloud-provider", "external"),
        argument("node-labels", "tier=web,team=a"),
        argument("read-only-port", "1"),
        argument("feature-gates", "A=true,B=true"),
      ],
      taints: [
        { key: "dedicated", value: "web", effect: "NoSchedule" },
        { key: "spare", value: "", effect: "NoExecute" },
      ],
    });
  });

  for (const [distribution, kind, kubelet, prefix] of [
    ["k3s", "KThreesConfigTemplate", ["kubeletArgs"], ""],
    ["rke2", "RKE2ConfigTemplate", ["kubelet", "extraArgs"], "--"],
  ] as const) {
    it(`are in ${distribution}'s own lists of labels and taints, which arguments would replace`, () => {
      const inAgent = (...path: readonly string[]) =>
        valueIn(
          "metal3",
          "smallest",
          [kind, "spec", "template", "spec", "agentConfig", ...path],
          changes({ name: `kubernetes-${distribution}` }),
        );
      assert.deepEqual(
        (inAgent("nodeLabels") as string[]).filter((each) => !each.startsWith("metal3.io/")),
        ["tier=web", "team=a"],
      );
      assert.deepEqual(inAgent("nodeTaints"), ["dedicated=web:NoSchedule", "spare=:NoExecute"]);
      assert.deepEqual(
        (inAgent(...kubelet) as string[]).filter((each) => /labels|taints|gates/.test(each)),
        [`${prefix}feature-gates=A=true,B=true`],
      );
    });
  }

  it("of one source stay as they are", () => {
    const one = [argument("z", "1"), argument("feature-gates", "B=true,A=true"), argument("a", "2")];
    assert.deepEqual(mergeArguments(one), one);
    assert.deepEqual(mergeArguments([argument("constructor", "1")], [argument("constructor", "2")]), [
      argument("constructor", "2"),
    ]);
  });
});

describe("the control plane's own taint", () => {
  it("is there once though the pool lists it, as Kubernetes takes each key and effect once", () => {
    const standard = {
      key: "node-role.kubernetes.io/control-plane",
      value: "",
      effect: "NoSchedule",
    } as const;
    const own = { key: "dedicated", value: "", effect: "NoSchedule" } as const;
    const taints = (...listed: readonly (typeof standard | typeof own)[]) =>
      valueIn(
        "aws",
        "smallest",
        [
          "KubeadmControlPlane",
          "spec",
          "kubeadmConfigSpec",
          "initConfiguration",
          "nodeRegistration",
          "taints",
        ],
        { pools: [{ taints: listed }] },
      );
    assert.deepEqual(taints(standard), [standard]);
    assert.deepEqual(taints(own, standard), [standard, own]);
    assert.deepEqual(taints(own), [standard, own]);
    assert.equal(taints(), undefined);
  });
});

describe("pools that would make one object", () => {
  const named = (cloud: string, name: string) => {
    const { request, profile } = example(cloud, "smallest", {});
    const [controlPlane, workers] = request.machinePools;
    assert.ok(controlPlane !== undefined && workers !== undefined);
    const zoned = { ...workers, cloudConfig: { ...workers.cloudConfig, azs: zones[cloud] ?? [] } };
    return checkAgainstProfile(
      { ...request, machinePools: [controlPlane, zoned, { ...workers, name }] },
      profile,
    ).map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const zones: Readonly<Record<string, readonly string[]>> = {
    aws: ["eu-west-1a", "eu-west-1b"],
    azure: ["1", "2"],
  };

  for (const [cloud, name] of [
    ["aws", "workers-eu-west-1a"],
    ["azure", "workers-2"],
  ] as const) {
    it(`are refused at the name of the later one: ${name}`, () => {
      assert.deepEqual(named(cloud, name), [
        `spec.machinePools.2.poolConfig.name: Pools workers and ${name} would both make MachineDeployment small-${name}`,
      ]);
      assert.deepEqual(named(cloud, `${name}0`), []);
    });
  }
});
