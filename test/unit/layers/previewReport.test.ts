import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAnswered, isInTheWay, previewText } from "../../../src/layers/index.ts";
import type { Probe } from "../../../src/layers/preview.ts";
import { type Answer, layerPreviews, type PreviewChange } from "../../../src/layers/previewReport.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const DNS = "Release dns in namespace net";
const probe = (changes: Partial<Probe> = {}): Probe => ({
  name: "probe",
  layer: "dns",
  asks: "change",
  releases: [DNS],
  hasManifests: false,
  ...changes,
});
const object = (status: object): KubeObject => ({
  apiVersion: "v1",
  kind: "X",
  metadata: { name: "x" },
  status,
});
const release = (action: string, message = "") => ({
  chartName: "dns",
  releaseNamespace: "net",
  chartVersion: "2.0.0",
  action,
  message,
});
const resource = (action: string, message = "") => ({
  resource: { kind: "ConfigMap", namespace: "default", name: "note" },
  action,
  message,
});
const answer = (report: object, failures: Readonly<Record<string, string>> = {}): Answer => ({
  report: object(report),
  summary: object({
    featureSummaries: Object.entries(failures).map(([featureID, failureMessage]) => ({
      featureID,
      failureMessage,
    })),
  }),
});
const ownerOf = (name: string): string | undefined => (name === "tools-1-dns" ? "tools" : undefined);
const changesOf = (of: Probe, given: Answer): readonly PreviewChange[] =>
  layerPreviews([of], new Map([[of.name, given]]), ownerOf)[0]?.changes ?? [];
const ONLY = "mode is DryRun. Nothing is reconciled";

describe("what Sveltos reports", () => {
  const releases: readonly (readonly [
    action: string,
    message: string,
    change: Omit<PreviewChange, "what">,
  ])[] = [
    ["Install", "", { action: "create", to: "2.0.0" }],
    [
      "Upgrade",
      'Current version: "1.0.0". Would move to version: "2.0.0"',
      { action: "upgrade", from: "1.0.0", to: "2.0.0" },
    ],
    ["Upgrade", "No op, already at version: 2.0.0", { action: "upgrade", to: "2.0.0" }],
    ["Update Values", "-a: 1\n+a: 2", { action: "update", to: "2.0.0", diff: "-a: 1\n+a: 2" }],
    ["No Action", "Already managing this", { action: "none", to: "2.0.0" }],
    ["Delete", "", { action: "remove", from: "2.0.0" }],
    [
      "Conflict",
      "Cannot manage it. Currently managed by Profile tools-1-dns",
      { action: "conflict", message: "Profile tools owns it" },
    ],
    [
      "Conflict",
      "Cannot manage it. Currently managed by ClusterProfile base",
      { action: "conflict", message: "Sveltos ClusterProfile base owns it" },
    ],
  ];
  for (const [action, message, change] of releases) {
    it(`of a release: ${action} ${message.split("\n")[0]}`, () => {
      assert.deepEqual(changesOf(probe(), answer({ releaseReports: [release(action, message)] })), [
        { what: DNS, ...change },
      ]);
    });
  }

  const NOTE = "ConfigMap default/note";
  const resources: readonly (readonly [
    action: string,
    message: string,
    change: Omit<PreviewChange, "what">,
  ])[] = [
    ["Create", "", { action: "create" }],
    ["Update", "-  a: 1\n+  a: 2", { action: "update", diff: "-  a: 1\n+  a: 2" }],
    [
      "Update",
      "--- deployed\n+++ proposed\n-    projectsveltos.io/owner-name: a\n+    projectsveltos.io/owner-name: b",
      { action: "none" },
    ],
    ["No Action", "Object already deployed", { action: "none" }],
    ["Delete", "", { action: "remove" }],
    ["Error", "denied", { action: "failed", message: "denied" }],
    ["Error", 'no matches for kind "Pool" in version "x.io/v1"', { action: "later" }],
    [
      "Conflict",
      "The Sveltos profile currently deploying this resource is Profile tools-1-dns;\n",
      { action: "conflict", message: "Profile tools owns it" },
    ],
  ];
  for (const [action, message, change] of resources) {
    it(`of an object: ${action} ${message.split("\n")[0]}`, () => {
      const of = probe({ releases: [], hasManifests: true });
      assert.deepEqual(changesOf(of, answer({ resourceReports: [resource(action, message)] })), [
        { what: NOTE, ...change },
      ]);
    });
  }

  it("is complete once each part is told, or Sveltos has stopped at it", () => {
    const both = probe({ hasManifests: true });
    const cases: readonly (readonly [Answer, boolean])[] = [
      [{ report: undefined, summary: undefined }, false],
      [answer({ releaseReports: [release("Install")] }), false],
      [answer({ resourceReports: [resource("Create")] }), false],
      [answer({ releaseReports: [release("Install")], resourceReports: [resource("Create")] }), true],
      [answer({ resourceReports: [resource("Create")] }, { Helm: ONLY }), true],
      [answer({ releaseReports: [release("Install")] }, { Resources: "no matches for kind" }), true],
    ];
    assert.deepEqual(
      cases.map(([given]) => isAnswered(both, given)),
      cases.map(([, expected]) => expected),
    );
  });

  it("names a chart that it stopped at without a word, and gives its words where there are some", () => {
    assert.match(changesOf(probe(), answer({}, { Helm: ONLY }))[0]?.message ?? "", /refuses its values/);
    assert.deepEqual(changesOf(probe(), answer({}, { Helm: "no such repository" })), [
      { what: DNS, action: "failed", message: "no such repository" },
    ]);
  });

  it("does not take what waits for its kind for a failure", () => {
    const of = probe({ releases: [], hasManifests: true });
    const changes = changesOf(
      of,
      answer({}, { Resources: 'no matches for kind "Pool" in version "x.io/v1"' }),
    );
    assert.deepEqual(changes, [{ what: "Manifests", action: "later" }]);
  });

  it("has the differences of values of a chart that gets another version", () => {
    const values = probe({ name: "values", asks: "values" });
    const answers = new Map([
      ["probe", answer({ releaseReports: [release("Upgrade", 'Current version: "1.0.0". Would')] })],
      ["values", answer({ releaseReports: [release("Update Values", "-a\n+b")] })],
    ]);
    assert.deepEqual(layerPreviews([probe(), values], answers, ownerOf), [
      {
        layer: "dns",
        changes: [{ what: DNS, action: "upgrade", from: "1.0.0", to: "2.0.0", diff: "-a\n+b" }],
      },
    ]);
  });
});

describe("the text of a preview", () => {
  const PREVIEW = {
    profile: { name: "tools", version: "2.0.0" },
    cluster: "shop",
    before: "1.0.0",
    conflicts: [],
    layers: [
      {
        layer: "dns",
        changes: [{ what: DNS, action: "upgrade", from: "1.0.0", to: "2.0.0", diff: "-a: ```\n+b" }],
      },
      { layer: "notes", changes: [{ what: "Manifests", action: "none" }] },
    ],
  } as const;

  it("tells layer by layer, and fences differences by more than is in them", () => {
    assert.equal(
      previewText(PREVIEW),
      `# tools 1.0.0 → 2.0.0 on shop

Layers that would change: dns. This is a preview: nothing is changed yet.

## dns

- ${DNS}: upgrade 1.0.0 → 2.0.0

${DNS}:

\`\`\`\`diff
-a: \`\`\`
+b
\`\`\`\`

## notes

- Manifests: no change
`,
    );
    assert.equal(isInTheWay(PREVIEW), false);
  });

  it("says first why attaching is refused", () => {
    const refused = { ...PREVIEW, conflicts: ["Both bring it"] };
    assert.match(previewText(refused), /Attaching is refused:\n\n- Both bring it\n\n## dns/);
    assert.equal(isInTheWay(refused), true);
  });
});
