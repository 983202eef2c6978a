import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { ClusterStatuses, clusterStatuses } from "../../../src/status/index.ts";
import recorded from "./recorded.json" with { type: "json" };

const NOW = new Date("2026-11-24T10:50:40Z");
const MOMENTS = [
  "infrastructure",
  "firstMachine",
  "initialized",
  "growing",
  "lastMachine",
  "available",
  "deleting",
] as const;
type Moment = (typeof MOMENTS)[number];

/** The recorded cluster under another name; the same objects for the same name and moment, as a watch keeps them. */
const cache = new Map<string, KubeObject[]>();
function named(name: string, moment: Moment): KubeObject[] {
  const key = `${name} ${moment}`;
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  const objects = (recorded[moment] as unknown as KubeObject[]).map((object): KubeObject => {
    const { metadata } = object;
    return {
      ...object,
      metadata: {
        ...metadata,
        name: object.kind === "Cluster" ? name : metadata.name,
        uid: `${name}-${metadata.uid}`,
        labels: { ...metadata.labels, "cluster.x-k8s.io/cluster-name": name },
      },
    };
  });
  cache.set(key, objects);
  return objects;
}

describe("statuses over time", () => {
  it("are the same objects where nothing of the cluster changed", () => {
    const statuses = new ClusterStatuses();
    const before = statuses.update([...named("a", "available"), ...named("b", "growing")], NOW);
    assert.equal(
      statuses.update([...named("a", "available"), ...named("b", "growing")], NOW),
      before,
      "not even the list is a new one",
    );
    const after = statuses.update([...named("a", "available"), ...named("b", "lastMachine")], NOW);
    assert.equal(after[0], before[0]);
    assert.notEqual(after[1], before[1]);
  });

  it("are those that somebody would give who saw only the last state, whatever came before", () => {
    const fleet = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom(...MOMENTS));
    fc.assert(
      fc.property(fc.array(fleet, { minLength: 1, maxLength: 6 }), (states) => {
        const statuses = new ClusterStatuses();
        let last: unknown;
        let objects: KubeObject[] = [];
        for (const state of states) {
          objects = Object.entries(state).flatMap(([name, moment]) => named(name, moment));
          last = statuses.update(objects, NOW);
        }
        // Ages are what the past is kept for.
        const withoutAge = (all: unknown) =>
          JSON.parse(JSON.stringify(all), (key, value) => (key === "since" ? undefined : value));
        assert.deepEqual(withoutAge(last), withoutAge(clusterStatuses(objects, NOW)));
      }),
    );
  });

  it("know when time alone changes them, and are looked at again then", () => {
    const statuses = new ClusterStatuses();
    const objects = named("a", "firstMachine");
    assert.equal(statuses.update(objects, NOW)[0]?.health, "busy");
    const { next } = statuses;
    assert.ok(Number.isFinite(next));
    assert.equal(statuses.update(objects, new Date(next - 2))[0]?.health, "busy");
    for (let step = 0; step < 5 && Number.isFinite(statuses.next); step += 1) {
      statuses.update(objects, new Date(statuses.next + 1));
    }
    assert.equal(statuses.update(objects, new Date("2026-11-24T12:00:00Z"))[0]?.health, "attention");
    statuses.update(named("a", "available"), NOW);
    assert.equal(statuses.next, Number.POSITIVE_INFINITY, "a healthy cluster waits for nothing");
  });

  it("forget clusters that are gone: one of the same name that comes later is another", () => {
    const statuses = new ClusterStatuses();
    statuses.update(named("a", "firstMachine"), NOW);
    assert.deepEqual(statuses.update([], NOW), []);
    assert.equal(statuses.next, Number.POSITIVE_INFINITY);
  });
});
