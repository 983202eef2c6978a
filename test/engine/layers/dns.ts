import { after, before } from "node:test";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import type { AttachInput } from "../../../src/kube/layers/planAttachment.ts";
import { addOnText, chartPack, configMapPack, textVariable } from "../../support/addOn.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { type Engines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { register } from "./support.ts";

export const CHART: string = CHARTS["external-dns"].version;
/** The same chart under a later number. */
export const LATER = "1.99.0";

/** A version of an add-on profile with the chart of external-dns, whose domain each cluster has its own of. */
export interface DnsVersion {
  readonly name?: string;
  readonly version: string;
  readonly chart: string;
  readonly logLevel: string;
  /** Text of the manifest layer; the layer is absent without. */
  readonly note?: string;
  /** Whether the domain is masked. */
  readonly isMasked?: boolean;
}

/** The second cluster of the sandbox, with layers put on it. */
export interface LayerCluster {
  readonly engines: Engines;
  readonly management: ManagementCluster;
  readonly charts: ChartRepository;
  /** What attaches a profile. */
  input(profileText: string, variables?: Record<string, string>): AttachInput;
}

export interface DnsCluster extends Omit<LayerCluster, "input" | "charts"> {
  /** What attaches a version, with the cluster's own values. */
  input(version: DnsVersion, variables?: Record<string, string>): AttachInput;
}

/**
 * Gives the tests of the surrounding suite the second cluster of the sandbox, registered as `name` in `namespace`, and
 * charts of external-dns for it.
 */
export function useLayerCluster(namespace: string, name: string): LayerCluster {
  const engines = useEngines({ workload: true });
  let management: ManagementCluster;
  let charts: ChartRepository;
  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    charts = await serveCharts([{ name: "external-dns" }, { name: "external-dns", version: LATER }]);
    await engines.kubectl("create", "namespace", namespace);
    await register(management, engines, { namespace, name });
  });
  after(async () => {
    await engines.kubectl("delete", "profiles.config.projectsveltos.io", "--all", `-n${namespace}`);
    await engines.kubectl("delete", "namespace", namespace, "--wait=false");
    await charts?.close();
    management?.close();
  });
  return {
    engines,
    get management() {
      return management;
    },
    get charts() {
      return charts;
    },
    input: (profileText, variables) => ({
      profileText,
      sources: { registries: [{ name: "local", kind: "helm", url: charts.url }] },
      ...(variables === undefined ? {} : { variables }),
    }),
  };
}

/** The same for versions of one profile: their software is in namespace `on` there, the note in ConfigMap `on`-notes. */
export function useDnsCluster(namespace: string, name: string, on: string): DnsCluster {
  const cluster = useLayerCluster(namespace, name);
  return {
    engines: cluster.engines,
    get management() {
      return cluster.management;
    },
    input: (version, variables) => cluster.input(profileText(version, on), variables),
  };
}

function profileText(
  { name = "dns", version, chart, logLevel, note, isMasked = false }: DnsVersion,
  on: string,
): string {
  const values = `pack: { namespace: ${on}, namespaceLabels: { ${on}: purpose=names } }
logLevel: ${logLevel}
domainFilters: ["{{.spectro.var.domain}}"]
`;
  return addOnText({
    name,
    version,
    packs: [
      chartPack("external-dns", chart, values),
      ...(note === undefined ? [] : [configMapPack("dns-notes", { note }, `${on}-notes`)]),
    ],
    variables: [textVariable("domain", { isSensitive: isMasked })],
  });
}
