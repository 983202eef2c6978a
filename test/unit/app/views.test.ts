import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summarize } from "../../../src/app/profiles/summary.ts";
import {
  type ClusterNode,
  childNodes,
  clusterNodes,
  clusterRow,
  parentNode,
} from "../../../src/app/views/clusterNodes.ts";
import { missingLayerRow, profileFileRow } from "../../../src/app/views/profileNodes.ts";
import * as profileRoom from "../../../src/profile/index.ts";
import type { ClusterStatus, Health, LayerStatus, PoolStatus } from "../../../src/status/model.ts";

const pool = (name: string, isControlPlane: boolean, health: Health): PoolStatus => ({
  name,
  isControlPlane,
  desired: 2,
  ready: health === "good" ? 2 : 1,
  upToDate: 2,
  health,
  ...(health === "good" ? {} : { headline: "No quota left" }),
  machines: [
    { name: `${name}-b`, phase: "Running", health: "good" },
    { name: `${name}-a`, phase: "Failed", health, headline: "No quota left" },
  ],
});

const cluster = (name: string, health: Health, namespace = "default"): ClusterStatus => ({
  name,
  namespace,
  phase: "Provisioned",
  available: health === "good",
  deleting: false,
  unfinished: false,
  health,
  headline: health === "good" ? "Available" : "1 machine does not start",
  creating: false,
  steps: [],
  layers: [],
  pools: [pool("workers", false, health), pool("zone", false, "good"), pool("control-plane", true, "good")],
});

const virtual = (
  name: string,
  host: string,
  state: "running" | "paused" | "waiting" = "running",
): ClusterStatus => ({
  ...cluster(name, state === "waiting" ? "busy" : "good"),
  headline: { running: "Running", paused: "Paused", waiting: "Starting" }[state],
  pools: [],
  virtual: { host, state },
});

const live = { stale: false, namespaced: false };

function walk(node: ClusterNode): ClusterNode[] {
  return [node, ...childNodes(node).flatMap(walk)];
}

describe("clusters tree", () => {
  it("has the layers of a cluster in their order, with how far they are", () => {
    const layers: LayerStatus[] = [
      { name: "cilium", kind: "network", state: "ready", version: "1.20.1", newer: "1.20.2" },
      { name: "metallb", kind: "add-on", state: "failed", version: "0.16.1", message: "values are wrong" },
      { name: "kyverno", kind: "add-on", state: "waiting", message: "Waits for metallb" },
    ];
    const [first] = clusterNodes([{ ...cluster("a", "good"), layers }]);
    assert.ok(first);
    const rows = childNodes(first)
      .filter(({ kind }) => kind === "layer")
      .map((node) => clusterRow(node, live));
    assert.deepEqual(
      rows.map(({ label, description, icon }) => [label, description, icon]),
      [
        ["cilium", "1.20.1 · 1.20.2 is available", "arrow-circle-up"],
        ["metallb", "0.16.1 · values are wrong", "error"],
        ["kyverno", "Waits for metallb", "circle-large-outline"],
      ],
    );
    assert.equal(rows[1]?.spoken, "Layer metallb, Not installed, values are wrong");
  });

  it("has clusters by namespace and name, the control plane before the worker pools, machines by name", () => {
    const nodes = clusterNodes([cluster("b", "good"), cluster("z", "good", "alpha"), cluster("a", "good")]);
    assert.deepEqual(
      nodes.map((node) => clusterRow(node, live).id),
      ["alpha/z", "default/a", "default/b"],
    );
    const [first] = clusterNodes([cluster("a", "bad")]);
    assert.ok(first);
    assert.deepEqual(
      walk(first).map((node) => clusterRow(node, live).label),
      [
        "a",
        "Control plane",
        "control-plane-a",
        "control-plane-b",
        "Worker pool workers",
        "workers-a",
        "workers-b",
        "Worker pool zone",
        "zone-a",
        "zone-b",
      ],
    );
  });

  it("gives every row an id of its own and a way back to its parent", () => {
    const tops = clusterNodes([
      cluster("a", "bad"),
      cluster("a", "good", "other"),
      { ...virtual("v", "a"), layers: [{ name: "kyverno", kind: "add-on", state: "ready" }] },
    ]);
    const rows = tops.flatMap(walk);
    const ids = rows.map((node) => clusterRow(node, live).id);
    assert.equal(new Set(ids).size, ids.length);
    for (const node of rows) {
      const parent = parentNode(node, tops);
      if (parent !== undefined) {
        const siblings = childNodes(parent).map((child) => clusterRow(child, live).id);
        assert.ok(siblings.includes(clusterRow(node, live).id));
      }
    }
  });

  it("has virtual clusters below their host with how they are, and one without a host in the fleet on top", () => {
    const tops = clusterNodes([
      { ...cluster("host", "good"), pools: [] },
      virtual("v2", "host", "paused"),
      virtual("v1", "host"),
      virtual("v3", "host", "waiting"),
      virtual("lost", "gone"),
      { ...virtual("elsewhere", "host"), namespace: "other" },
    ]);
    assert.deepEqual(
      tops.map(({ cluster: { namespace, name } }) => `${namespace}/${name}`),
      ["default/host", "default/lost", "other/elsewhere"],
    );
    const [host] = tops;
    assert.ok(host);
    const rows = childNodes(host).map((node) => clusterRow(node, live));
    assert.deepEqual(
      rows.map(({ label, description, icon, contextValue }) => [label, description, icon, contextValue]),
      [
        ["v1", "Running", "pass", "virtual.running"],
        ["v2", "Paused", "debug-pause", "virtual.paused"],
        ["v3", "Starting", "sync", "virtual.waiting"],
      ],
    );
    assert.deepEqual(
      rows.map(({ unfolded }) => unfolded),
      [undefined, undefined, undefined],
      "nothing is below them",
    );
    assert.equal(rows[1]?.spoken, "Virtual cluster v2, Paused");
    assert.equal(clusterRow(host, live).unfolded, true, "one below it is not there yet");
    const [first] = childNodes(host);
    assert.ok(first);
    assert.equal(clusterRow(first, { ...live, stale: true }).contextValue, "virtual.stale");
  });

  it("unfolds what deviates and nothing else", () => {
    const unfolded = clusterNodes([cluster("bad", "bad"), cluster("busy", "busy"), cluster("good", "good")])
      .flatMap(walk)
      .map((node) => clusterRow(node, live))
      .filter((row) => row.unfolded === true)
      .map(({ id }) => id);
    assert.deepEqual(unfolded, [
      "default/bad",
      "default/bad/pool/workers",
      "default/busy",
      "default/busy/pool/workers",
    ]);
  });

  for (const [health, icon, word] of [
    ["good", "pass", "Healthy"],
    ["busy", "sync", "In progress"],
    ["attention", "warning", "Needs attention"],
    ["bad", "error", "Broken"],
    ["unknown", "circle-large-outline", "Not known yet"],
  ] as const) {
    it(`says ${health} by icon and in words`, () => {
      const [node] = clusterNodes([cluster("web", health)]);
      assert.ok(node);
      const row = clusterRow(node, live);
      assert.equal(row.icon, icon);
      assert.match(row.spoken, new RegExp(`^Cluster web, ${word}: `));
    });
  }

  it("marks a stale fleet on every row, and offers nothing that needs the connection", () => {
    const rows = clusterNodes([cluster("web", "bad")])
      .flatMap(walk)
      .map((node) => clusterRow(node, { stale: true, namespaced: false }));
    for (const row of rows) {
      assert.equal(row.icon, "history");
      assert.match(row.spoken, /last known state$/);
      assert.equal(row.tooltip.at(-1), "This is the last known state.");
      assert.notEqual(row.contextValue, "cluster");
    }
  });

  it("names the namespace where there are several", () => {
    const [node] = clusterNodes([cluster("web", "good")]);
    assert.ok(node);
    assert.equal(clusterRow(node, live).description, "Available");
    assert.equal(clusterRow(node, { stale: false, namespaced: true }).description, "default · Available");
  });
});

describe("profiles tree", () => {
  const text = profileRoom.newProfile({ name: "web", type: "cluster", cloudType: "docker" });
  const without = (layer: string) =>
    // From the comment above the layer to the next one, or to the end.
    text
      .split(/(?=^ {6}# )/m)
      .filter((part) => !new RegExp(`layer: ${layer}\\b`).test(part))
      .join("");

  it("says what a whole profile has", () => {
    const summary = summarize(profileRoom, text);
    assert.deepEqual(summary.errors, []);
    const row = profileFileRow("id", "web.profile.yaml", summary);
    assert.equal(row.description, "1.0.0 · docker · 4 of 4 layers");
    assert.equal(row.icon, "layers");
    assert.equal(row.contextValue, "profileFile");
    assert.equal(row.unfolded, false);
  });

  for (const [layer, title] of [
    ["os", "Operating system"],
    ["k8s", "Kubernetes"],
    ["cni", "Network"],
    ["csi", "Storage"],
  ] as const) {
    it(`names a missing ${layer} layer`, () => {
      const summary = summarize(profileRoom, without(layer));
      assert.deepEqual(summary.missing, [layer]);
      const row = profileFileRow("id", "web.profile.yaml", summary);
      assert.match(row.description, new RegExp(`^${title} is missing`));
      assert.equal(row.contextValue, "profileFile.invalid");
      assert.equal(row.unfolded, true);
      assert.equal(missingLayerRow("id", layer).label, `${title} is missing`);
    });
  }

  it("says several missing layers in one phrase", () => {
    const summary = summarize(profileRoom, `${text.slice(0, text.indexOf("packs:"))}packs: []\n`);
    assert.match(
      profileFileRow("id", "p", summary).description,
      /^Operating system, Kubernetes, Network, Storage are missing/,
    );
  });

  it("points at the layer's place in the text", () => {
    const summary = summarize(profileRoom, text);
    const lines = text.split("\n");
    for (const { name, place } of summary.layers) {
      const near = lines.slice(place.line, place.line + 2).join("\n");
      assert.ok(near.includes(name), `${name} is not at line ${place.line}: ${near}`);
    }
  });

  for (const broken of ["", "[", "packs", "a: [1", "\t- x", "apiVersion: v1\nkind: Pod\n"]) {
    it(`bears ${JSON.stringify(broken)}`, () => {
      const summary = summarize(profileRoom, broken);
      assert.equal(summary.profile, undefined);
      assert.ok(profileFileRow("id", "some.profile.yaml", summary).label.length > 0);
    });
  }
});
