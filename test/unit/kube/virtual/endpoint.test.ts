import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { virtualKubeconfigOn } from "../../../../src/kube/virtual/endpoint.ts";
import { isPaletteError } from "../../../../src/shared/errors.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { serverIn } from "../../../../src/virtual/kubeconfig.ts";
import { stubOf } from "./stub.ts";

const NAMESPACE = "vcluster-tenant";

function secret(server: string): KubeObject {
  const text = `clusters: [{ name: a, cluster: { server: "${server}" } }]`;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "vc-tenant", namespace: NAMESPACE },
    data: { config: Buffer.from(text).toString("base64") },
  };
}

function service(type: string, ingress: readonly object[] = []): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "tenant", namespace: NAMESPACE },
    spec: {
      type,
      ports: [
        { name: "kubelet", port: 10250 },
        { name: "https", port: 443, nodePort: 30443 },
      ],
    },
    status: { loadBalancer: { ingress } },
  };
}

const pod: KubeObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "tenant-0", namespace: NAMESPACE, labels: { app: "vcluster", release: "tenant" } },
  spec: { nodeName: "b" },
};
const nodes = ["a", "b"].map(
  (name, i): KubeObject => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
    status: {
      addresses: [
        { type: "Hostname", address: name },
        { type: "InternalIP", address: `10.0.0.${i + 1}` },
      ],
    },
  }),
);

describe("the kubeconfig that a virtual cluster is registered by", () => {
  const untold = secret("https://localhost:8443");
  const cases: readonly (readonly [
    what: string,
    objects: readonly KubeObject[],
    expected: string | undefined,
    server?: string,
  ])[] = [
    ["is not there yet without the Secret", [service("NodePort")], undefined],
    [
      "keeps the address that vCluster was told",
      [secret("https://tenant.example.com")],
      "https://tenant.example.com",
    ],
    ["has the address of the request", [untold], "https://t.example.com", "https://t.example.com"],
    ["waits for the address of a load balancer", [untold, service("LoadBalancer")], undefined],
    [
      "has that of a load balancer",
      [untold, service("LoadBalancer", [{ ip: "203.0.114.1" }])],
      "https://203.0.114.1",
    ],
    [
      "or its name",
      [untold, service("LoadBalancer", [{ hostname: "lb.example.com" }])],
      "https://lb.example.com",
    ],
    [
      "or its address of IPv6",
      [untold, service("LoadBalancer", [{ ip: "2001:db8::1" }])],
      "https://[2001:db8::1]",
    ],
    ["waits for the pod", [untold, service("NodePort"), ...nodes], undefined],
    ["has that of the pod's node", [untold, service("NodePort"), pod, ...nodes], "https://10.0.0.2:30443"],
    ["waits for the Service", [untold], undefined],
  ];
  for (const [what, objects, expected, server] of cases) {
    test(what, async () => {
      const endpoint = { type: "LoadBalancer", ...(server === undefined ? {} : { server }) } as const;
      const text = await virtualKubeconfigOn(stubOf(...objects), { name: "tenant", endpoint }, {});
      assert.equal(text === undefined ? undefined : serverIn(text), expected);
    });
  }

  test("cannot be had of a ClusterIP that nobody gave an address to", async () => {
    const host = stubOf(untold, service("ClusterIP"));
    await assert.rejects(
      virtualKubeconfigOn(host, { name: "tenant", endpoint: { type: "ClusterIP" } }, {}),
      (error) => isPaletteError(error, "Prerequisite") && /inside of host/.test(error.message),
    );
  });
});
