import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { attachProfile, type ManagementCluster, previewAttachment } from "../../../src/kube/index.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { CHARTS, type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { register, until } from "./support.ts";

const NAMESPACE = "layers-preview";
const CLUSTER = "shop";
const REF = { namespace: NAMESPACE, name: CLUSTER };
const { version: CHART } = CHARTS["external-dns"];
/** The same chart under a later number. */
const LATER = "1.99.0";

interface Version {
  readonly name?: string;
  readonly version: string;
  readonly chart: string;
  readonly logLevel: string;
  /** Text of the manifest layer; the layer is absent without. */
  readonly note?: string;
  /** Whether the variable is masked. */
  readonly isMasked?: boolean;
}

/** An add-on profile with the chart of external-dns, and with a manifest layer where it has a note. */
function profileText({ name = "dns", version, chart, logLevel, note, isMasked = false }: Version): string {
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
              metadata: { name: preview-notes, namespace: default }
              data: { note: "${note}" }`;
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
          pack: { namespace: preview-dns, namespaceLabels: { preview-dns: purpose=names } }
          logLevel: ${logLevel}
          domainFilters: ["{{.spectro.var.domain}}"]
        registry: { metadata: { name: local, kind: helm } }${note === undefined ? "" : notes}
  variables:
    - name: domain
      displayName: Domain
      format: string
      inputType: text
      required: true
      immutable: false
      hidden: false
      isSensitive: ${isMasked}
`;
}

describe("a preview of an add-on profile on a cluster", {
  skip: await missingEngines(),
  timeout: 900_000,
}, () => {
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

  const input = (version: Version, variables?: Record<string, string>) => ({
    profileText: profileText(version),
    registries: [{ name: "local", kind: "helm" as const, url: charts.url }],
    ...(variables === undefined ? {} : { variables }),
  });
  const preview = (version: Version, variables?: Record<string, string>) =>
    previewAttachment(management, REF, input(version, variables));
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
  const FIRST: Version = { version: "1.0.0", chart: CHART, logLevel: "info", note: "first" };

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
        changes: [{ what: "ConfigMap default/preview-notes", action: "create" }],
      },
    ]);
    await nothingLeft();
    assert.equal(await release(), "");
  });

  test("shows no change where all is as it should be", async () => {
    await attachProfile(management, REF, input(FIRST, { domain: "shop.example" }));
    const states = async () =>
      ((await listLayers(management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`) ?? []).map(
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
    assert.deepEqual(layers[1]?.changes, [{ what: "Manifests", action: "remove" }]);
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
      previewAttachment(management, REF, input({ ...FIRST, version: "4.0.0" }), {
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
      (await management.get({ ...REF, apiVersion: "lib.projectsveltos.io/v1beta1", kind: "SveltosCluster" }))
        ?.metadata.labels?.["profile.palette-onboarding/dns"],
      "1.0.0",
    );
  });
});
