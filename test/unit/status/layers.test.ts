import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { layersOf } from "../../../src/status/layers.ts";
import { hasLostRival, isSettled, isStranded } from "../../../src/status/rivals.ts";

const profile = (name: string, layer: string, stage: string, dependsOn: string[] = []): KubeObject => ({
  apiVersion: "config.projectsveltos.io/v1beta1",
  kind: "Profile",
  metadata: {
    name,
    namespace: "team-a",
    labels: { "palette-onboarding/layer": layer, "palette-onboarding/layer-stage": stage },
  },
  spec: { dependsOn, clusterSelector: { matchLabels: { "profile.palette-onboarding/base": "1.0.0" } } },
});
const summary = (owner: string, status: object, chartVersion?: string): KubeObject => ({
  apiVersion: "config.projectsveltos.io/v1beta1",
  kind: "ClusterSummary",
  metadata: {
    name: `p--${owner}-sveltos-shop`,
    namespace: "team-a",
    ownerReferences: [{ kind: "Profile", name: owner, uid: "1" }],
  },
  spec: {
    clusterNamespace: "team-a",
    clusterName: "shop",
    clusterProfileSpec: { helmCharts: chartVersion === undefined ? [] : [{ chartVersion }] },
  },
  status,
});
const PROFILES = [
  profile("a-addon", "metallb", "add-on", ["b-net"]),
  profile("a-addon-manifests", "metallb", "add-on", ["a-addon"]),
  profile("b-net", "cilium", "network"),
];
const READY = {
  featureSummaries: [{ featureID: "Helm", status: "Provisioned", lastAppliedTime: "2026-11-24T10:00:00Z" }],
};

describe("layers of a cluster", () => {
  it("stand in the order of installation, whatever their names", () => {
    const layers = layersOf(PROFILES, [
      summary("a-addon", READY, "v0.16.1"),
      summary("a-addon-manifests", READY),
      summary("b-net", READY, "1.20.1"),
    ]);
    assert.deepEqual(
      layers.get("team-a/shop")?.map(({ name, kind, state, version }) => [name, kind, state, version]),
      [
        ["cilium", "network", "ready", "1.20.1"],
        ["metallb", "add-on", "ready", "0.16.1"],
      ],
    );
  });

  const cases: readonly (readonly [title: string, status: object, state: string, message?: string])[] = [
    ["nothing said yet", {}, "installing"],
    ["Helm at work", { featureSummaries: [{ featureID: "Helm", status: "Provisioning" }] }, "installing"],
    ["all done", READY, "ready"],
    [
      "another layer first",
      { dependencies: "Profile b-net is a dependency and it is not fully deployed yet" },
      "waiting",
      "Waits for cilium",
    ],
    [
      "a chart that fails",
      {
        featureSummaries: [
          { featureID: "Helm", status: "Failed", failureMessage: "values don't\nmeet the schema" },
        ],
      },
      "failed",
      "values don't; meet the schema",
    ],
    [
      "a release of somebody else",
      {
        featureSummaries: [{ featureID: "Helm", status: "Failed", failureMessage: "cannot manage it" }],
        helmReleaseSummaries: [{ status: "Conflict", conflictMessage: "Profile other already manages it" }],
      },
      "failed",
      "Profile other already manages it",
    ],
    [
      "the moment between two versions",
      {
        featureSummaries: [
          {
            featureID: "Helm",
            status: "Failed",
            failureMessage: "profile with conflict is still in progress",
          },
        ],
      },
      "installing",
    ],
    [
      "a write that another one overtook",
      {
        featureSummaries: [
          {
            featureID: "Helm",
            status: "Failed",
            failureMessage:
              'Operation cannot be fulfilled on clustersummaries "s": the object has been modified; please apply your changes',
          },
        ],
      },
      "installing",
    ],
  ];
  for (const [title, status, state, message] of cases) {
    it(`with ${title} are ${state}`, () => {
      const [found] = layersOf(PROFILES, [summary("a-addon", status)]).get("team-a/shop") ?? [];
      assert.deepEqual([found?.state, found?.message], [state, message]);
    });
  }

  const REFUSED = "failed to fetch http://charts.example/index.yaml : 401 Unauthorized";
  const logins: readonly (readonly [title: string, chart: object, advice: RegExp])[] = [
    ["no credentials", {}, /Unauthorized\. It asks for credentials: set those of the registry/],
    ["credentials", { registryCredentialsConfig: {} }, /Unauthorized\. It does not take the credentials/],
  ];
  for (const [title, chart, advice] of logins) {
    it(`whose registry refuses ${title} say what to do`, () => {
      const failed = summary("a-addon", {
        featureSummaries: [{ status: "Failed", failureMessage: REFUSED }],
      });
      const clusterProfileSpec = { helmCharts: [{ chartVersion: "1.0.0", ...chart }] };
      const spec = { ...(failed.spec as object), clusterProfileSpec };
      const [found] = layersOf(PROFILES, [{ ...failed, spec }]).get("team-a/shop") ?? [];
      assert.match(found?.message ?? "", advice);
    });
  }

  describe("whose release an owner had that is gone", () => {
    const conflictMessage = "ClusterSummary p--a-before-sveltos-shop managing it";
    const waiting = (status: string): KubeObject =>
      summary("a-addon", {
        featureSummaries: [{ featureID: "Helm", status, failureMessage: "cannot manage chart" }],
        helmReleaseSummaries: [{ status: "Conflict", conflictMessage }],
      });
    const stateOf = (summaries: readonly KubeObject[]): string | undefined =>
      layersOf(PROFILES, summaries).get("team-a/shop")?.[0]?.state;

    it("are installing while Sveltos still tries, and failed once it gave up", () => {
      assert.equal(stateOf([waiting("Failed")]), "installing");
      assert.equal(stateOf([waiting("Provisioned")]), "installing");
      assert.equal(stateOf([waiting("FailedNonRetriable")]), "failed");
    });

    it("are settled once all is there, whatever failed on the way", () => {
      for (const failureMessage of [
        "the object has been modified",
        "profile with conflict is still in progress",
      ]) {
        const there = summary("a-addon", {
          featureSummaries: [{ featureID: "Helm", status: "Provisioned", failureMessage }],
        });
        assert.equal(isSettled(there, [there]), true);
        assert.equal(stateOf([there]), "ready");
      }
    });

    it("are to be woken when Sveltos gave up, and while the owner is there they are not", () => {
      const given = waiting("FailedNonRetriable");
      const owner = summary("a-before", READY);
      assert.deepEqual(
        [
          isStranded(given, [given]),
          isStranded(waiting("Failed"), []),
          isStranded(given, [given, owner]),
          isStranded(owner, [owner]),
          isStranded(waiting("Provisioned"), []),
          isStranded(waiting("Provisioned"), [owner]),
        ],
        [true, false, false, false, true, false],
      );
      assert.deepEqual(
        [hasLostRival(waiting("Failed"), []), hasLostRival(given, [owner]), hasLostRival(owner, [])],
        [true, false, false],
      );
    });
  });

  const rivals: readonly (readonly [
    title: string,
    owner: string | undefined,
    settled: boolean,
    state: string,
  ])[] = [
    ["another version of its profile has", "base", false, "installing"],
    ["somebody has who is gone", undefined, false, "installing"],
    ["another profile has", "other", true, "failed"],
  ];
  for (const [title, owner, settled, state] of rivals) {
    it(`with an object that ${title} are ${state}`, () => {
      const failureMessage =
        "processing ConfigMap team-a/a: A conflict was detected while deploying resource ConfigMap:default/a. " +
        "The Sveltos profile currently deploying this resource is Profile a-before;\n" +
        "This resource is currently deployed because of ConfigMap team-a/before.\n";
      const labelled = (name: string, status: object, value: string): KubeObject => {
        const plain = summary(name, status);
        return {
          ...plain,
          metadata: { ...plain.metadata, labels: { "palette-onboarding/profile": value } },
        };
      };
      const waiting = labelled(
        "a-addon",
        { featureSummaries: [{ featureID: "Resources", status: "Failed", failureMessage }] },
        "base",
      );
      const all = [waiting, ...(owner === undefined ? [] : [labelled("a-before", READY, owner)])];
      assert.deepEqual(
        [isSettled(waiting, all), layersOf(PROFILES, all).get("team-a/shop")?.[0]?.state],
        [settled, state],
      );
    });
  }

  const owners: readonly (readonly [profile: string, state: string, message?: string])[] = [
    ["base", "installing"],
    ["other", "failed", "Profile other owns what it brings"],
  ];
  for (const [owner, state, message] of owners) {
    it(`whose release profile ${owner} has are ${state}`, () => {
      const conflictMessage = "ClusterSummary p--a-before-sveltos-shop managing it";
      const there = summary("a-before", READY);
      const labels = { "palette-onboarding/profile": owner };
      const waiting = summary("a-addon", { helmReleaseSummaries: [{ status: "Conflict", conflictMessage }] });
      const [found] =
        layersOf(PROFILES, [
          { ...there, metadata: { ...there.metadata, labels } },
          {
            ...waiting,
            metadata: { ...waiting.metadata, labels: { "palette-onboarding/profile": "base" } },
          },
        ]).get("team-a/shop") ?? [];
      assert.deepEqual([found?.state, found?.message], [state, message]);
    });
  }

  it("are as far as the part that is least far", () => {
    const state = (charts: object, manifests: object): string | undefined =>
      layersOf(PROFILES, [summary("a-addon", charts), summary("a-addon-manifests", manifests)]).get(
        "team-a/shop",
      )?.[0]?.state;
    assert.equal(state(READY, {}), "installing");
    assert.equal(state({}, READY), "installing");
    assert.equal(state(READY, READY), "ready");
  });

  it("name the profile that brings them, and a newer version", () => {
    const [found] =
      layersOf(PROFILES, [
        summary("a-addon", {
          ...READY,
          helmReleaseSummaries: [{ chartVersion: "0.16.1", latestVersion: "v0.17.0" }],
        }),
      ]).get("team-a/shop") ?? [];
    assert.deepEqual(found?.profile, { name: "base", version: "1.0.0" });
    assert.equal(found?.newer, "0.17.0");
  });

  it("of Profiles that are not ours are left alone", () => {
    assert.equal(layersOf([], [summary("other", READY)]).size, 0);
  });
});
