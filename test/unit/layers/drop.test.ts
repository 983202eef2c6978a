import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Bringing, droppingObjects, overlaps } from "../../../src/layers/index.ts";
import { type ManifestSource, manifestObjects } from "../../../src/layers/manifests.ts";
import type { Layer } from "../../../src/profile/model.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { chartLayer, plan, profileOf } from "../../support/layers.ts";

const TARGET = {
  apiVersion: "lib.projectsveltos.io/v1beta1",
  kind: "SveltosCluster",
  namespace: "team-a",
  name: "shop",
};

const object = (kind: string, name: string, namespace?: string, apiVersion = "v1"): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace } });
const layer = (name: string, changes: Partial<Layer> = {}): Layer =>
  chartLayer(name, "1.0.0", `pack: { namespace: ${name} }`, changes);
const notes = (name: string, ...contents: string[]): Layer =>
  layer(name, { type: "manifest", manifests: [{ name: "all", content: contents.join("\n---\n") }] });

/** What a version brings to a cluster without anything of its own, or with manifests of its own. */
function bringing(
  version: string,
  layers: readonly Layer[],
  own: Record<string, ManifestSource> = {},
): Bringing {
  const { objects } = plan(profileOf("tools", version, layers), "team-a", "https://charts.example");
  const shared = objects.flatMap(({ kind, metadata: { name }, data }): [string, ManifestSource][] => {
    const profile = `tools-${version.replaceAll(".", "-")}-${name.includes("-notes-") ? "notes" : "more"}`;
    return kind === "ConfigMap" && name.endsWith("-manifests")
      ? [[profile, { kind, texts: Object.values(data as Record<string, string>) }]]
      : [];
  });
  return {
    profiles: objects.filter(({ kind }) => kind === "Profile"),
    manifests: new Map([...shared, ...Object.entries(own)]),
  };
}

const dropped = (before: Bringing, after: Bringing): string[] =>
  droppingObjects(before, after, TARGET).map(({ kind, metadata, spec, data, stringData }: KubeObject) =>
    `${kind} ${metadata.name} ${
      kind === "Profile"
        ? ((spec as { helmCharts?: { releaseName: string }[] }).helmCharts ?? [])
            .map(({ releaseName }) => releaseName)
            .join()
        : manifestObjects({
            kind: "ConfigMap",
            texts: Object.values((data ?? stringData) as Record<string, string>),
          })
            .map(({ what }) => what)
            .join()
    }`.trim(),
  );

describe("what a new version of a profile does not bring any more", () => {
  const [A, B] = [object("ConfigMap", "a", "web"), object("ConfigMap", "b")];
  const versions: readonly (readonly [title: string, next: readonly Layer[], gone: readonly string[]])[] = [
    ["nothing, where the same comes", [layer("dns"), notes("notes", A, B)], []],
    ["a chart", [notes("notes", A, B)], ["Profile tools-1-0-0-dns-off-shop dns"]],
    [
      "a chart under another release",
      [layer("dns", { values: "pack: { namespace: elsewhere }" }), notes("notes", A, B)],
      ["Profile tools-1-0-0-dns-off-shop dns"],
    ],
    [
      "one of two manifests",
      [layer("dns"), notes("notes", A)],
      ["ConfigMap tools-1-0-0-notes-off-shop ConfigMap default/b", "Profile tools-1-0-0-notes-off-shop"],
    ],
    [
      "a layer of manifests",
      [layer("dns")],
      [
        "ConfigMap tools-1-0-0-notes-off-shop ConfigMap web/a,ConfigMap default/b",
        "Profile tools-1-0-0-notes-off-shop",
      ],
    ],
    ["nothing, where its manifests are in another layer", [layer("dns"), notes("more", B, A)], []],
    [
      "nothing, where a manifest only changes",
      [layer("dns"), notes("notes", B.replace("{", '{"data":{"x":"1"},'), A)],
      [],
    ],
    [
      "a manifest that goes elsewhere",
      [layer("dns"), notes("notes", A, object("ConfigMap", "b", "web"))],
      ["ConfigMap tools-1-0-0-notes-off-shop ConfigMap default/b", "Profile tools-1-0-0-notes-off-shop"],
    ],
  ];
  for (const [title, next, gone] of versions) {
    it(`is ${title}`, () => {
      const before = bringing("1.0.0", [layer("dns"), notes("notes", A, B)]);
      assert.deepEqual(dropped(before, bringing("2.0.0", next)), gone);
    });
  }

  it("is no namespace and no definition: what others have in them would go too", () => {
    const definition = object("CustomResourceDefinition", "x.y", undefined, "apiextensions.k8s.io/v1");
    const before = bringing("1.0.0", [notes("notes", object("Namespace", "web"), definition, A)]);
    assert.deepEqual(dropped(before, bringing("2.0.0", [layer("dns")])), [
      "ConfigMap tools-1-0-0-notes-off-shop ConfigMap web/a",
      "Profile tools-1-0-0-notes-off-shop",
    ]);
  });

  it("stays secret where the cluster had masked values in it", () => {
    const before = bringing("1.0.0", [notes("notes", A)], {
      "tools-1-0-0-notes": { kind: "Secret", texts: [A, B] },
    });
    const [secret, copy] = droppingObjects(before, bringing("2.0.0", [notes("notes", A)]), TARGET);
    assert.equal(secret?.kind, "Secret");
    assert.equal(secret.data, undefined);
    assert.ok(copy);
    assert.deepEqual((copy.spec as { policyRefs: unknown }).policyRefs, [
      { kind: "Secret", name: "tools-1-0-0-notes-off-shop", deploymentType: "Remote", optional: true },
    ]);
  });

  it("is told by what both bring", () => {
    const before = bringing("1.0.0", [layer("dns"), notes("notes", A)]);
    assert.equal(overlaps(before, bringing("2.0.0", [notes("more", A)])), true);
    assert.equal(overlaps(before, bringing("2.0.0", [layer("dns")])), true);
    assert.equal(overlaps(before, bringing("2.0.0", [notes("notes", B)])), false);
  });
});

describe("the objects in manifests", () => {
  const of = (...texts: string[]) => manifestObjects({ kind: "ConfigMap", texts });

  const same: readonly (readonly [title: string, a: string, b: string, isSame: boolean])[] = [
    ["no namespace and default", object("Service", "a"), object("Service", "a", "default"), true],
    ["two namespaces", object("Service", "a", "x"), object("Service", "a", "y"), false],
    [
      "two versions of an API",
      object("Ingress", "a", "x", "networking.k8s.io/v1"),
      object("Ingress", "a", "x", "networking.k8s.io/v1beta1"),
      true,
    ],
    [
      "two API groups",
      object("Ingress", "a", "x", "networking.k8s.io/v1"),
      object("Ingress", "a", "x", "extensions/v1"),
      false,
    ],
    [
      "a namespace at what has none",
      object("ClusterRole", "a", "x", "rbac.authorization.k8s.io/v1"),
      object("ClusterRole", "a", undefined, "rbac.authorization.k8s.io/v1"),
      true,
    ],
  ];
  for (const [title, a, b, isSame] of same) {
    it(`are ${isSame ? "the same" : "different ones"} with ${title}`, () => {
      assert.equal(of(a)[0]?.id === of(b)[0]?.id, isSame);
    });
  }

  it("keep their documents as they are written, each after a separator", () => {
    const mode = "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nx: { on: yes, mode: 0777 }\n";
    assert.deepEqual(
      of(`# Notes\n${mode}---\nkind: x\n---\n${mode}`).map(({ text }) => text),
      [`---\n${mode}`, `---\n${mode}`],
    );
  });

  it("are none in what is no object", () => {
    const bomb = `a: &a [x]\n${[..."bcdefgh"].map((key, i) => `${key}: &${key} [${`*${"abcdefgh"[i]},`.repeat(9)}]`).join("\n")}\n`;
    assert.deepEqual(of("", "a: [", "- x", "kind: 1", bomb), []);
  });
});
