import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { attachProfile, previewAttachment } from "../../../src/kube/index.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { missingEngines } from "../engines.ts";
import { CHART, type DnsVersion, LATER, useDnsCluster } from "./dns.ts";
import { until } from "./support.ts";

const NAMESPACE = "layers-preview";
const CLUSTER = "shop";
const REF = { namespace: NAMESPACE, name: CLUSTER };

describe("a preview of an add-on profile on a cluster", {
  skip: await missingEngines(),
  timeout: 900_000,
}, () => {
  const on = useDnsCluster(NAMESPACE, CLUSTER, "preview-dns");
  const { engines } = on;

  const preview = (version: DnsVersion, variables?: Record<string, string>) =>
    previewAttachment(on.management, REF, on.input(version, variables));
  /** Temporary objects and reports that are still there. */
  const left = async (): Promise<string> => {
    const ours = await engines.kubectl(
      "get",
      "profiles.config.projectsveltos.io,configmaps",
      `-n${NAMESPACE}`,
      "-lpalette-onboarding/previews-on",
      "-oname",
    );
    const theirs = await engines.kubectl("get", "clusterreports", `-n${NAMESPACE}`, "-oname");
    return `${ours}${theirs}`;
  };
  const nothingLeft = (): Promise<void> => until(async () => (await left()) === "", left, 40);
  const release = (): Promise<string> =>
    engines.workloadKubectl(
      "get",
      "secrets",
      "-npreview-dns",
      "-lowner=helm",
      "-oname",
      "--ignore-not-found",
    );
  const FIRST: DnsVersion = { version: "1.0.0", chart: CHART, logLevel: "info", note: "first" };

  test("shows what a new profile would create, and creates nothing", async () => {
    const { layers } = await preview(FIRST, { domain: "shop.example" });
    assert.deepEqual(layers, [
      {
        layer: "external-dns",
        changes: [
          { what: "Namespace preview-dns", action: "create" },
          { what: "Release external-dns in namespace preview-dns", action: "create", to: CHART },
        ],
      },
      {
        layer: "dns-notes",
        changes: [{ what: "ConfigMap default/preview-dns-notes", action: "create" }],
      },
    ]);
    await nothingLeft();
    assert.equal(await release(), "");
  });

  test("shows no change where all is as it should be", async () => {
    await attachProfile(on.management, REF, on.input(FIRST, { domain: "shop.example" }));
    const states = async () =>
      ((await listLayers(on.management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`) ?? []).map(
        ({ state }) => state,
      );
    await until(
      async () => (await states()).join() === "ready,ready",
      async () => (await states()).join(),
    );
    const { layers } = await preview(FIRST);
    assert.deepEqual(
      layers.flatMap(({ changes }) => changes.map(({ action }) => action)),
      ["none", "none", "none"],
    );
  });

  test("shows an upgrade with its values, and a layer that goes", async () => {
    const { before: from, layers } = await preview(
      { version: "2.0.0", chart: LATER, logLevel: "debug" },
      { domain: "shop.example" },
    );
    assert.equal(from, "1.0.0");
    assert.deepEqual(
      layers.map(({ layer }) => layer),
      ["external-dns", "dns-notes"],
    );
    const [, upgrade] = layers[0]?.changes ?? [];
    assert.equal(upgrade?.action, "upgrade");
    assert.deepEqual([upgrade?.from, upgrade?.to], [CHART, LATER]);
    assert.match(upgrade?.diff ?? "", /^-logLevel: info$/m);
    assert.match(upgrade?.diff ?? "", /^\+logLevel: debug$/m);
    assert.deepEqual(layers[1]?.changes, [{ what: "ConfigMap default/preview-dns-notes", action: "remove" }]);
  });

  test("shows changed values and fields as they differ", async () => {
    const { layers } = await preview(
      { ...FIRST, version: "1.1.0", logLevel: "debug", note: "second" },
      { domain: "other.example" },
    );
    const [notes] = layers[1]?.changes ?? [];
    assert.equal(notes?.action, "update");
    assert.match(notes?.diff ?? "", /^\+ +note: second$/m);
    assert.doesNotMatch(notes?.diff ?? "", /^[-+].*projectsveltos/m);
    const [, chart] = layers[0]?.changes ?? [];
    assert.equal(chart?.action, "update");
    assert.match(chart?.diff ?? "", /^\+- other\.example$/m);
  });

  test("names the owner of what another profile has", async () => {
    const { conflicts, layers } = await preview({ ...FIRST, name: "names" }, { domain: "a.example" });
    assert.deepEqual(conflicts, [
      "Layer external-dns of profile names and layer external-dns of profile dns both bring release external-dns in namespace preview-dns",
    ]);
    assert.deepEqual(
      layers.flatMap(({ changes }) => changes).map(({ action, message }) => [action, message]),
      [
        ["conflict", "Profile dns owns it"],
        ["conflict", "Profile dns owns it"],
        ["conflict", "Profile dns owns it"],
      ],
    );
  });

  test("says which chart refuses its values", async () => {
    const { layers } = await preview(
      { ...FIRST, version: "1.2.0", logLevel: "loud" },
      { domain: "shop.example" },
    );
    const failed = layers.flatMap(({ changes }) => changes).find(({ action }) => action === "failed");
    assert.match(failed?.message ?? "", /refuses its values/);
  });

  test("does not give masked values to reports", async () => {
    const { layers } = await preview(
      { ...FIRST, version: "3.0.0", isMasked: true },
      { domain: "secret.example" },
    );
    assert.doesNotMatch(JSON.stringify(layers), /secret\.example/);
    assert.deepEqual(
      layers.flatMap(({ changes }) => changes).find(({ action }) => action === "hidden"),
      { what: "Release external-dns in namespace preview-dns", action: "hidden" },
    );
  });

  test("leaves nothing behind when it is cancelled", async () => {
    const abort = new AbortController();
    await assert.rejects(
      previewAttachment(on.management, REF, on.input({ ...FIRST, version: "4.0.0" }), {
        signal: abort.signal,
        onProgress: ({ step }) => {
          if (step.startsWith("Waiting")) {
            abort.abort();
          }
        },
      }),
    );
    await nothingLeft();
    assert.equal(
      (
        await on.management.get({
          ...REF,
          apiVersion: "lib.projectsveltos.io/v1beta1",
          kind: "SveltosCluster",
        })
      )?.metadata.labels?.["profile.palette-onboarding/dns"],
      "1.0.0",
    );
  });
});
