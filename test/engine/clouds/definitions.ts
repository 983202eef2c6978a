import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { findGo } from "../../../sandbox/build/go.ts";
import { moduleFolder } from "../../../sandbox/build/wrapper.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

/** Where a provider's Go module keeps its CRDs (sandbox.md, Real CRDs of the cloud providers). */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  "sigs.k8s.io/cluster-api-provider-aws/v2": ["config/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-azure": ["config/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-gcp": ["config/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-vsphere": ["config/default/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-openstack": ["config/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-cloudstack": ["config/crd/bases"],
  "sigs.k8s.io/cluster-api-provider-kubevirt": ["config/crd/bases"],
  "github.com/metal3-io/cluster-api-provider-metal3": ["config/crd/bases"],
  "github.com/tinkerbell/cluster-api-provider-tinkerbell": ["config/crd/bases"],
  "github.com/oracle/cluster-api-provider-oci": ["config/crd/bases"],
  "github.com/k3s-io/cluster-api-k3s": ["bootstrap/config/crd/bases", "controlplane/config/crd/bases"],
};

/**
 * Providers that are not on the Go module proxy, with the group and the beginnings of the kinds that only they
 * serve. What is rendered of these kinds is judged by unit tests and golden files alone.
 */
export const NOT_ON_PROXY: Readonly<Record<string, RegExp>> = {
  maas: /^infrastructure\.cluster\.x-k8s\.io Maas/,
  hetzner: /^infrastructure\.cluster\.x-k8s\.io (Hetzner|HCloud)/,
  k0smotron: /^(bootstrap|controlplane|infrastructure)\.cluster\.x-k8s\.io (K0s|Remote|PooledRemote)/,
  rke2: /^(bootstrap|controlplane)\.cluster\.x-k8s\.io RKE2/,
};

/**
 * The CRDs of every provider that the Go module proxy has, with the labels that their kustomization adds and
 * without conversion, as no provider runs. Throws `Prerequisite` without Go and `Unreachable` without modules.
 */
export async function providerDefinitions(): Promise<KubeObject[]> {
  const go = await findGo();
  const folder = join(import.meta.dirname, "providers");
  const found = await Promise.all(
    Object.entries(MODULES).map(async ([module, folders]) => {
      const source = await moduleFolder(
        go,
        { name: "providers", folder, goMod: "", goSum: "" },
        module,
        undefined,
      );
      return Promise.all(folders.map((each) => definitionsIn(join(source, each))));
    }),
  );
  return found.flat(2);
}

/**
 * The CRDs of a folder `…/bases` that the kustomization beside it ships, with its labels. Folders can hold others:
 * cluster-api-k3s keeps stale copies of its control plane's CRDs beside those of its bootstrap provider.
 */
export async function definitionsIn(folder: string): Promise<KubeObject[]> {
  const kustomization = parse(await readFile(join(dirname(folder), "kustomization.yaml"), "utf8")) as {
    resources?: string[];
    commonLabels?: Record<string, string>;
    labels?: { pairs?: Record<string, string> }[];
  };
  const labels = Object.assign(
    { ...kustomization.commonLabels },
    ...(kustomization.labels ?? []).map(({ pairs }) => pairs),
  ) as Record<string, string>;
  const shipped = new Set((kustomization.resources ?? []).map((path) => basename(path)));
  const files = (await readdir(folder)).filter((file) => shipped.has(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => document.toJS() as (KubeObject & { readonly spec: object }) | null)
    .filter((object) => object?.kind === "CustomResourceDefinition")
    .map((object) => {
      const { apiVersion, kind, metadata, spec } = object as KubeObject & { readonly spec: object };
      return {
        apiVersion,
        kind,
        metadata: {
          name: metadata.name,
          annotations: metadata.annotations ?? {},
          labels: { ...metadata.labels, ...labels },
        },
        spec: { ...spec, conversion: { strategy: "None" } },
      };
    });
}
