import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { effectiveProfile, kubernetesSettings } from "../../../src/cluster/index.ts";
import type { Profile } from "../../../src/profile/model.ts";
import { profileIn, request } from "./support.ts";

const profile: Profile = profileIn(`metadata:
  name: base
spec:
  version: 1.2.0
  template:
    type: cluster
    cloudType: docker
    packs:
      - name: kind-node-image
        layer: os
        registry: { metadata: { name: Catalog } }
        tag: 1.0.0
        values: |
          kubeadmconfig:
            preKubeadmCommands: [echo os]
      - name: kubernetes
        layer: k8s
        registry: { metadata: { name: Public Repo } }
        tag: 1.36.4
        values: |
          pack:
            podCIDR: "{{.spectro.var.pods}}"
            serviceClusterIpRange: "10.96.0.0/12"
            serviceDomain: "{{ .spectro.system.cluster.name }}.local"
          kubeadmconfig:
            apiServer:
              extraArgs: { profiling: "false" }
              certSANs: [api.example.com]
            kubeletExtraArgs: { max-pods: 100 }
            preKubeadmCommands: [echo k8s]
      - name: cni-cilium-oss
        layer: cni
        registry: { metadata: { name: Public Repo } }
        tag: 1.18.4
        values: |
          pack:
            namespace: kube-system
          charts:
            cilium:
              kubeProxyReplacement: true
              range: "{{ .spectro.pack.kubernetes.pack.podCIDR }}"
              missing: "{{ .spectro.pack.kubernetes.pack.nothing }}"
              other: "{{ .spectro.macro.TEAM }}"
              upper: "{{ .spectro.system.cluster.name | upper }}"
      - name: csi-local-path-provisioner
        layer: csi
        registry: { metadata: { name: Public Repo } }
        tag: 0.0.32
        values: "pack: { namespace: local-path-storage }"
  variables:
    - name: pods
      displayName: Pods
      format: ipv4cidr
      defaultValue: 172.16.0.0/16
`);

const values = (changed: Profile, name: string): string =>
  changed.layers.find((layer) => layer.name === name)?.values ?? "";

describe("the profile of one cluster", () => {
  it("has the defaults of its variables, and system macros filled in", () => {
    const effective = effectiveProfile(profile, request());
    const settings = kubernetesSettings(effective);
    assert.deepEqual(settings?.podCidrs, ["172.16.0.0/16"]);
    assert.equal(settings?.serviceDomain, "demo.local");
  });

  it("has the request's own values", () => {
    const effective = effectiveProfile(
      profile,
      request({
        profiles: [
          {
            file: "a.profile.yaml",
            variables: [{ name: "pods", value: "10.0.0.0/16" }],
            packValues: [
              { name: "cni-cilium-oss", values: 'charts: { cilium: { x: "{{.spectro.var.pods}}" } }' },
            ],
          },
        ],
      }),
    );
    assert.deepEqual(kubernetesSettings(effective)?.podCidrs, ["10.0.0.0/16"]);
    assert.equal(values(effective, "cni-cilium-oss"), 'charts: { cilium: { x: "10.0.0.0/16" } }');
    assert.equal(kubernetesSettings(effective)?.replacesKubeProxy, false);
  });

  it("keeps what comes from elsewhere as a macro", () => {
    const effective = effectiveProfile(
      profile,
      request({
        profiles: [{ file: "a", variables: [{ name: "pods", valueFrom: { env: "PODS" } }] }],
      }),
    );
    assert.match(values(effective, "kubernetes"), /podCIDR: "\{\{\.spectro\.var\.pods\}\}"/);
  });

  it("reads values of other packs, and nothing where there is none; functions and macros of others stay", () => {
    const cilium = values(effectiveProfile(profile, request()), "cni-cilium-oss");
    assert.match(cilium, /missing: ""/);
    assert.match(cilium, /other: "\{\{ \.spectro\.macro\.TEAM \}\}"/);
    assert.match(cilium, /upper: "\{\{ \.spectro\.system\.cluster\.name \| upper \}\}"/);
  });

  it("says how Kubernetes gets onto machines", () => {
    const settings = kubernetesSettings(effectiveProfile(profile, request()));
    assert.equal(settings?.distribution, "kubeadm");
    assert.equal(settings?.network, "cilium");
    assert.equal(settings?.replacesKubeProxy, true);
    assert.deepEqual(settings?.kubeadm.preKubeadmCommands, ["echo k8s", "echo os"]);
    assert.deepEqual(settings?.kubeadm.apiServer.extraArgs, [{ name: "profiling", value: "false" }]);
    assert.deepEqual(settings?.kubeadm.apiServer.certSANs, ["api.example.com"]);
    assert.deepEqual(settings?.kubeadm.kubeletExtraArgs, [{ name: "max-pods", value: "100" }]);
  });
});
