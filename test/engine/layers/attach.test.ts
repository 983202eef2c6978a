import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  attachProfile,
  detachProfile,
  layerText,
  type ManagementCluster,
  retryLayer,
} from "../../../src/kube/index.ts";
import { CLUSTER_SUMMARY } from "../../../src/kube/kinds.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { wakeStranded } from "../../../src/kube/layers/wake.ts";
import { refOf } from "../../../src/kube/management.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import type { LayerStatus } from "../../../src/status/model.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { register, until } from "./support.ts";

const NAMESPACE = "layers-attach";
const CLUSTER = "branch";
const REF = { namespace: NAMESPACE, name: CLUSTER };
const { version: CHART } = CHARTS["external-dns"];
/** The same chart under a later number. */
const LATER = "1.99.0";

interface Version {
  readonly name?: string;
  readonly version: string;
  readonly chart: string;
  readonly logLevel: string;
  /** Whether it has a manifest layer too. */
  readonly hasNotes: boolean;
}

/** An add-on profile with the chart of external-dns, whose domain each cluster has its own of. */
function profileText({ name = "dns", version, chart, logLevel, hasNotes }: Version): string {
  const notes = `
      - name: dns-notes
        type: manifest
        layer: addon
        values: "pack: { namespace: default }"
        manifests:
          - name: notes
            content: |
              apiVersion: v1
              kind: ConfigMap
              metadata: { name: dns-notes, namespace: default }
              data: { domain: "{{.spectro.var.domain}}" }`;
  return `metadata:
  name: ${name}
spec:
  version: ${version}
  template:
    type: add-on
    cloudType: all
    packs:
      - name: external-dns
        type: helm
        layer: addon
        version: "${chart}"
        tag: "${chart}"
        values: |
          pack: { namespace: dns, namespaceLabels: { dns: purpose=names } }
          logLevel: ${logLevel}
          domainFilters: ["{{.spectro.var.domain}}"]
        registry: { metadata: { name: local, kind: helm } }${hasNotes ? notes : ""}
  variables:
    - name: domain
      displayName: Domain
      format: string
      inputType: text
      required: true
      immutable: false
      hidden: false
      isSensitive: false
`;
}

describe("an add-on profile on a cluster", { skip: await missingEngines(), timeout: 900_000 }, () => {
  const engines = useEngines({ workload: true });
  let management: ManagementCluster;
  let charts: ChartRepository;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    charts = await serveCharts([{ name: "external-dns" }, { name: "external-dns", version: LATER }]);
    await engines.kubectl("create", "namespace", NAMESPACE);
    await register(management, engines, REF);
  });
  after(async () => {
    await engines.kubectl("delete", "profiles.config.projectsveltos.io", "--all", `-n${NAMESPACE}`);
    await engines.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    await charts?.close();
    management?.close();
  });

  const attach = (version: Version, variables?: Record<string, string>): Promise<void> =>
    attachProfile(management, REF, {
      profileText: profileText(version),
      registries: [{ name: "local", kind: "helm", url: charts.url }],
      ...(variables === undefined ? {} : { variables }),
    });
  const layers = async (): Promise<readonly LayerStatus[]> =>
    (await listLayers(management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`) ?? [];
  const states = async (): Promise<string[]> =>
    (await layers()).map(({ profile, name, state, version = "" }) =>
      [profile?.version, name, version, state].join(" ").replace("  ", " "),
    );
  const clusterSummaries = (): Promise<KubeObject[]> =>
    management.list(CLUSTER_SUMMARY, { namespace: NAMESPACE });
  const seen = async (...wanted: readonly string[]): Promise<void> =>
    until(
      async () => JSON.stringify(await states()) === JSON.stringify(wanted),
      async () => JSON.stringify(await layers(), undefined, 1),
    );
  /** A field of the Deployment of external-dns; nothing where it is gone. */
  const deployment = (path: string): Promise<string> =>
    engines.workloadKubectl(
      "get",
      "deployment",
      "external-dns",
      "-ndns",
      "--ignore-not-found",
      "-o",
      `jsonpath={${path}}`,
    );
  const notes = (): Promise<string> =>
    engines.workloadKubectl(
      "get",
      "configmap",
      "dns-notes",
      "-ndefault",
      "--ignore-not-found",
      "-o",
      "jsonpath={.data.domain}",
    );
  const ARGS = ".spec.template.spec.containers[0].args";
  const FIRST: Version = { version: "1.0.0", chart: CHART, logLevel: "info", hasNotes: true };
  const DNS_REF = (version: string) => ({ ...REF, layer: "external-dns", profile: { name: "dns", version } });

  test("is refused where it lacks a value", async () => {
    await assert.rejects(attach(FIRST), {
      code: "InvalidDocument",
      message: "Variable domain of profile dns has no value",
    });
  });

  test("puts its layers there, with the cluster's own values", async () => {
    await attach(FIRST, { domain: "branch.example" });
    await seen(`1.0.0 dns-notes ready`, `1.0.0 external-dns ${CHART} ready`);
    assert.match(await deployment(ARGS), /--domain-filter=branch\.example/);
    assert.equal(await notes(), "branch.example");
    const text = await layerText(management, DNS_REF("1.0.0"));
    assert.match(text, /^# Chart external-dns 1\.21\.1 of http:/);
    assert.match(text, /- branch\.example/);
  });

  test("is refused where another profile owns its release, with both named", async () => {
    await assert.rejects(attach({ ...FIRST, name: "names" }, { domain: "a.example" }), {
      code: "InvalidDocument",
      message:
        "Layer external-dns of profile names and layer external-dns of profile dns both bring release external-dns in namespace dns",
    });
  });

  test("has what was changed by hand put right on request", async () => {
    await engines.workloadKubectl("scale", "deployment", "external-dns", "-ndns", "--replicas=3");
    assert.equal(await deployment(".spec.replicas"), "3");
    await retryLayer(management, DNS_REF("1.0.0"));
    await until(
      async () => (await deployment(".spec.replicas")) === "1",
      async () => JSON.stringify(await layers(), undefined, 1),
    );
  });

  test("gives way to its next version in place; own values stay, and a layer that it does not have goes", async () => {
    const uid = await deployment(".metadata.uid");
    await attach({ version: "2.0.0", chart: LATER, logLevel: "info", hasNotes: false });
    await seen(`2.0.0 external-dns ${LATER} ready`);
    assert.equal(await deployment(".metadata.uid"), uid);
    assert.match(await deployment(ARGS), /--domain-filter=branch\.example/);
    assert.equal(await notes(), "");
  });

  test("is woken where Sveltos gave up on a release whose owner is gone", async () => {
    const [summary] = await clusterSummaries();
    assert.ok(summary);
    const { featureSummaries } = summary.status as { featureSummaries: { featureID: string }[] };
    await management.patch(
      refOf(summary),
      {
        status: {
          featureSummaries: featureSummaries.map((each) =>
            each.featureID === "Helm" ? { ...each, status: "FailedNonRetriable" } : each,
          ),
          helmReleaseSummaries: [
            {
              releaseName: "external-dns",
              releaseNamespace: "dns",
              status: "Conflict",
              conflictMessage: "ClusterSummary p--gone-sveltos-branch managing it",
            },
          ],
        },
      },
      { subresource: "status" },
    );
    await seen(`2.0.0 external-dns ${LATER} failed`);
    await wakeStranded(management, await clusterSummaries(), {});
    await seen(`2.0.0 external-dns ${LATER} ready`);
  });

  test("says what a chart has against its values, and recovers with the next version", async () => {
    await attach(
      { version: "3.0.0", chart: LATER, logLevel: "loud", hasNotes: false },
      { domain: "branch.example" },
    );
    await until(
      async () => {
        const [{ state, message = "" } = { state: undefined }] = await layers();
        return state === "failed" && message.includes("at '/logLevel': value must be one of");
      },
      async () => JSON.stringify(await layers(), undefined, 1),
    );
    await attach(
      { version: "3.0.1", chart: LATER, logLevel: "debug", hasNotes: false },
      { domain: "branch.example" },
    );
    await seen(`3.0.1 external-dns ${LATER} ready`);
    assert.match(await deployment(ARGS), /--log-level=debug/);
  });

  test("goes and leaves its software, which comes back under it", async () => {
    await detachProfile(management, REF, { profile: "dns", removeSoftware: false });
    await seen();
    assert.match(await deployment(ARGS), /--log-level=debug/);
    assert.match(await deployment(ARGS), /--domain-filter=branch\.example/);
    await attach(FIRST, { domain: "again.example" });
    await seen(`1.0.0 dns-notes ready`, `1.0.0 external-dns ${CHART} ready`);
    assert.match(await deployment(ARGS), /--domain-filter=again\.example/);
  });

  test("goes with its software, and leaves the namespace that it gave labels", async () => {
    await detachProfile(management, REF, { profile: "dns", removeSoftware: true });
    assert.deepEqual(await states(), []);
    assert.equal(await deployment(".metadata.uid"), "");
    assert.equal(await notes(), "");
    const label = await engines.workloadKubectl(
      "get",
      "ns",
      "dns",
      "-o",
      "jsonpath={.metadata.labels.purpose}",
    );
    assert.equal(label, "names");
    const left = await engines.kubectl(
      "get",
      "configmaps,secrets",
      `-n${NAMESPACE}`,
      "-lpalette-onboarding/values-of",
      "-o",
      "name",
    );
    assert.equal(left, "");
    await assert.rejects(detachProfile(management, REF, { profile: "dns", removeSoftware: true }), {
      code: "NotFound",
    });
  });
});
