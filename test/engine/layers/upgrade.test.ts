import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { attachProfile, detachProfile, previewAttachment } from "../../../src/kube/index.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { addOnText, chartPack, configMapPack, type Fields, textVariable } from "../../support/addOn.ts";
import { missingEngines } from "../engines.ts";
import { CHART, useLayerCluster } from "./dns.ts";
import { until } from "./support.ts";

const NAMESPACE = "layers-upgrade";
const CLUSTER = "depot";
const REF = { namespace: NAMESPACE, name: CLUSTER };

type AttachOptions = NonNullable<Parameters<typeof attachProfile>[3]>;

/** A manifest with a ConfigMap. */
function note(name: string, text = "shared"): Fields {
  return (configMapPack(name, { text }).manifests as Fields[])[0] as Fields;
}

interface Version {
  readonly version: string;
  /** Manifests of a layer, of another one, and of one with a chart; a layer without any is left out. */
  readonly notes: readonly Fields[];
  readonly others?: readonly Fields[];
  readonly beside?: readonly Fields[];
  readonly isMasked?: boolean;
}

function profileText({ version, notes, others = [], beside = [], isMasked = false }: Version): string {
  const packs = [
    {
      ...chartPack("external-dns", CHART, "pack: { namespace: handbook }\nfullnameOverride: handbook\n"),
      manifests: beside,
    },
    { ...configMapPack("notes", {}), manifests: notes },
    { ...configMapPack("others", {}), manifests: others },
  ];
  return addOnText({
    name: "handbook",
    version,
    packs: packs.filter(({ manifests }) => manifests.length > 0),
    variables: [textVariable("owner", { required: false, isSensitive: isMasked })],
  });
}

describe("a new version of a profile without some manifests", {
  skip: await missingEngines(),
  timeout: 900_000,
}, () => {
  const on = useLayerCluster(NAMESPACE, CLUSTER);
  const { engines } = on;

  const attach = (
    version: Version,
    variables?: Record<string, string>,
    options?: AttachOptions,
  ): Promise<void> => attachProfile(on.management, REF, on.input(profileText(version), variables), options);
  /** Waits until a version's layers are ready, all of them. */
  const ready = async (version: string, layers = 1): Promise<void> => {
    const states = async () =>
      ((await listLayers(on.management, { namespace: NAMESPACE })).get(`${NAMESPACE}/${CLUSTER}`) ?? []).map(
        ({ profile, state }) => `${profile?.version} ${state}`,
      );
    await until(
      async () => (await states()).join() === Array(layers).fill(`${version} ready`).join(),
      async () => (await states()).join(),
    );
  };
  /** The ConfigMaps of the profile on the cluster by their names, each with its uid. */
  const found = async (): Promise<Record<string, string>> => {
    const text = await engines.workloadKubectl(
      "get",
      "configmaps",
      "-ndefault",
      `-ojsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{"\\n"}{end}`,
    );
    const rows = text.split("\n").filter((row) => row.startsWith("handbook-"));
    return Object.fromEntries(rows.map((row) => row.split(" ")));
  };
  /** What withdrawing objects leave on the management cluster. */
  const left = (): Promise<string> =>
    engines.kubectl(
      "get",
      "profiles.config.projectsveltos.io,configmaps,secrets",
      `-n${NAMESPACE}`,
      "-lpalette-onboarding/withdraws-from",
      "-oname",
    );
  const nothingLeft = (): Promise<void> => until(async () => (await left()) === "", left, 40);

  const A = note("handbook-a");
  const B = note("handbook-b");
  const C = note("handbook-c");
  const D = note("handbook-d");
  const FIRST: Version = { version: "1.0.0", notes: [A, B], beside: [C, D] };

  test("shows in its preview what goes", async () => {
    await attach(FIRST);
    await ready("1.0.0", 2);
    const { layers } = await previewAttachment(
      on.management,
      REF,
      on.input(profileText({ version: "2.0.0", notes: [A], beside: [C] })),
    );
    assert.deepEqual(
      layers.flatMap(({ layer, changes }) =>
        changes.filter(({ action }) => action === "remove").map(({ what }) => `${layer}: ${what}`),
      ),
      ["external-dns: ConfigMap default/handbook-d", "notes: ConfigMap default/handbook-b"],
    );
    assert.deepEqual(Object.keys(await found()), ["handbook-a", "handbook-b", "handbook-c", "handbook-d"]);
  });

  test("takes them away, beside a chart too, and never touches the others", async () => {
    const before = await found();
    await attach({ version: "2.0.0", notes: [A], beside: [C] });
    await ready("2.0.0", 2);
    assert.deepEqual(await found(), {
      "handbook-a": before["handbook-a"],
      "handbook-c": before["handbook-c"],
    });
    await nothingLeft();
  });

  test("keeps what has moved to another layer", async () => {
    const before = await found();
    await attach({ version: "2.1.0", notes: [C], others: [A] });
    await ready("2.1.0", 2);
    assert.deepEqual(await found(), before);
    await nothingLeft();
  });

  test("takes away what masked values are in, and what the cluster had of its own", async () => {
    const owned = [
      note("handbook-a", "{{.spectro.var.owner}}"),
      note("handbook-b", "{{.spectro.var.owner}}"),
    ];
    await attach({ version: "3.0.0", notes: owned, isMasked: true }, { owner: "hidden-owner" });
    await ready("3.0.0");
    const before = await found();
    assert.deepEqual(Object.keys(before), ["handbook-a", "handbook-b"]);
    // It has no variable in this layer any more: the cluster shares it again.
    await attach({ version: "4.0.0", notes: [A] }, {});
    await ready("4.0.0");
    assert.deepEqual(await found(), { "handbook-a": before["handbook-a"] });
    await nothingLeft();
  });

  const stops = ["Attaching it to", "Taking over the software", "Removing"] as const;
  /** Does what is stopped once a step begins. */
  const stoppedAt = (step: string, work: (options: AttachOptions) => Promise<void>): Promise<void> => {
    const abort = new AbortController();
    const onProgress: AttachOptions["onProgress"] = (progress) => {
      if (progress.step.startsWith(step)) {
        abort.abort();
      }
    };
    return assert.rejects(work({ signal: abort.signal, onProgress }), { code: "Cancelled" });
  };

  for (const [i, step] of stops.entries()) {
    test(`goes on where it was stopped at ‘${step}’`, async () => {
      const next: Version = { version: `1${i}.1.0`, notes: [A] };
      await attach({ version: `1${i}.0.0`, notes: [A, B] });
      await ready(`1${i}.0.0`);
      const before = await found();
      await stoppedAt(step, (options) => attach(next, undefined, options));
      await attach(next);
      await ready(next.version);
      assert.deepEqual(await found(), { "handbook-a": before["handbook-a"] });
      await nothingLeft();
    });
  }

  test("keeps what comes again after a removal that was stopped, and takes away the rest", async () => {
    await attach({ version: "20.0.0", notes: [A, B] });
    await ready("20.0.0");
    const before = await found();
    const detachment = { profile: "handbook", removeSoftware: true };
    await stoppedAt("Removing", (options) => detachProfile(on.management, REF, detachment, options));
    assert.deepEqual(await found(), before);
    await attach({ version: "21.0.0", notes: [A] });
    await ready("21.0.0");
    assert.deepEqual(await found(), { "handbook-a": before["handbook-a"] });
    await nothingLeft();
  });
});
