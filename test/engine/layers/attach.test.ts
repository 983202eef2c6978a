import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { attachProfile, detachProfile, layerText, retryLayer } from "../../../src/kube/index.ts";
import { CLUSTER_SUMMARY } from "../../../src/kube/kinds.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { wakeStranded } from "../../../src/kube/layers/wake.ts";
import { refOf } from "../../../src/kube/management.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import type { LayerStatus } from "../../../src/status/model.ts";
import { missingEngines } from "../engines.ts";
import { CHART, type DnsVersion, LATER, useDnsCluster } from "./dns.ts";
import { until } from "./support.ts";

const NAMESPACE = "layers-attach";
const CLUSTER = "branch";
const REF = { namespace: NAMESPACE, name: CLUSTER };

describe("an add-on profile on a cluster", { skip: await missingEngines(), timeout: 900_000 }, () => {
  const on = useDnsCluster(NAMESPACE, CLUSTER, "dns");
  const { engines } = on;

  const attach = (version: DnsVersion, variables?: Record<string, string>): Promise<void> =>
    attachProfile(on.management, REF, on.input(version, variables));
  const layers = async (): Promise<readonly LayerStatus[]> =>
    (await listLayers(on.management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`) ?? [];
  const states = async (): Promise<string[]> =>
    (await layers()).map(({ profile, name, state, version = "" }) =>
      [profile?.version, name, version, state].join(" ").replace("  ", " "),
    );
  const clusterSummaries = (): Promise<KubeObject[]> =>
    on.management.list(CLUSTER_SUMMARY, { namespace: NAMESPACE });
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
      "jsonpath={.data.note}",
    );
  const ARGS = ".spec.template.spec.containers[0].args";
  const FIRST: DnsVersion = {
    version: "1.0.0",
    chart: CHART,
    logLevel: "info",
    note: "{{.spectro.var.domain}}",
  };
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
    const text = await layerText(on.management, DNS_REF("1.0.0"));
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
    await retryLayer(on.management, DNS_REF("1.0.0"));
    await until(
      async () => (await deployment(".spec.replicas")) === "1",
      async () => JSON.stringify(await layers(), undefined, 1),
    );
  });

  test("gives way to its next version in place; own values stay, and a layer that it does not have goes", async () => {
    const uid = await deployment(".metadata.uid");
    await attach({ version: "2.0.0", chart: LATER, logLevel: "info" });
    await seen(`2.0.0 external-dns ${LATER} ready`);
    assert.equal(await deployment(".metadata.uid"), uid);
    assert.match(await deployment(ARGS), /--domain-filter=branch\.example/);
    assert.equal(await notes(), "");
  });

  test("is woken where Sveltos gave up on a release whose owner is gone", async () => {
    const [summary] = await clusterSummaries();
    assert.ok(summary);
    const { featureSummaries } = summary.status as { featureSummaries: { featureID: string }[] };
    await on.management.patch(
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
    await wakeStranded(on.management, await clusterSummaries(), {});
    await seen(`2.0.0 external-dns ${LATER} ready`);
  });

  test("says what a chart has against its values, and recovers with the next version", async () => {
    await attach({ version: "3.0.0", chart: LATER, logLevel: "loud" }, { domain: "branch.example" });
    await until(
      async () => {
        const [{ state, message = "" } = { state: undefined }] = await layers();
        return state === "failed" && message.includes("at '/logLevel': value must be one of");
      },
      async () => JSON.stringify(await layers(), undefined, 1),
    );
    await attach({ version: "3.0.1", chart: LATER, logLevel: "debug" }, { domain: "branch.example" });
    await seen(`3.0.1 external-dns ${LATER} ready`);
    assert.match(await deployment(ARGS), /--log-level=debug/);
  });

  test("goes and leaves its software, which comes back under it", async () => {
    await detachProfile(on.management, REF, { profile: "dns", removeSoftware: false });
    await seen();
    assert.match(await deployment(ARGS), /--log-level=debug/);
    assert.match(await deployment(ARGS), /--domain-filter=branch\.example/);
    await attach(FIRST, { domain: "again.example" });
    await seen(`1.0.0 dns-notes ready`, `1.0.0 external-dns ${CHART} ready`);
    assert.match(await deployment(ARGS), /--domain-filter=again\.example/);
  });

  test("goes with its software, and leaves the namespace that it gave labels", async () => {
    await detachProfile(on.management, REF, { profile: "dns", removeSoftware: true });
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
    await assert.rejects(detachProfile(on.management, REF, { profile: "dns", removeSoftware: true }), {
      code: "NotFound",
    });
  });
});
