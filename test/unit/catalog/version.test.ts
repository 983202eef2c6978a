import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  compareVersions,
  isTrain,
  kubernetesFits,
  minorOf,
  newestOf,
  resolveTag,
} from "../../../src/catalog/version.ts";

describe("versions of packs", () => {
  const ordered: [string, string][] = [
    ["1.36.4", "1.36.5"],
    ["1.9.0", "1.10.0"],
    ["22.04", "24.04"],
    ["1.36", "1.37"],
    ["1.36", "1.36.1"],
    ["1.36.0-rc.1", "1.36.0"],
    ["1.36.0-rc.2", "1.36.0-rc.10"],
    ["v1.12.0", "1.13.0"],
    ["2026.5.6", "2026.8.0"],
  ];
  for (const [older, newer] of ordered) {
    it(`puts ${older} before ${newer}`, () => {
      assert.ok(compareVersions(older, newer) < 0);
      assert.ok(compareVersions(newer, older) > 0);
    });
  }
  for (const [a, b] of [
    ["1.36", "1.36.0"],
    ["v3.32.1", "3.32.1"],
    ["22.04", "22.4"],
    ["1.36.3+rke2r1", "1.36.3"],
  ] as const) {
    it(`takes ${a} and ${b} for the same`, () => assert.equal(compareVersions(a, b), 0));
  }
});

describe("tags", () => {
  const versions = ["1.37.0-rc.1", "1.36.10", "1.36.4", "1.35.8", "1.3.9", "0.9.0"];
  const cases: [string, string | undefined][] = [
    ["1.36.4", "1.36.4"],
    ["v1.36.4", "1.36.4"],
    ["1.36.x", "1.36.10"],
    ["1.3.x", "1.3.9"],
    ["1.x", "1.36.10"],
    ["0.x", "0.9.0"],
    ["1.37.x", undefined],
    ["2.x", undefined],
    ["1.36.5", undefined],
    ["x", undefined],
    ["", undefined],
    ["latest", undefined],
  ];
  for (const [tag, version] of cases) {
    it(`resolves ${tag || "an empty tag"} to ${version ?? "nothing"}`, () =>
      assert.equal(resolveTag(versions, tag), version));
  }
  it("resolves Palette's old trains of Ubuntu", () => {
    assert.equal(resolveTag(["24.04", "22.04"], "LTS__22.4.x"), "22.04");
    assert.equal(resolveTag(["24.04", "22.04"], "22.4"), "22.04");
  });
  for (const [tag, train] of [
    ["1.x", true],
    ["1.36.x", true],
    ["LTS__22.4.x", true],
    ["1.36", false],
    ["1.36.4", false],
    ["x", false],
    ["1.x.4", false],
  ] as const) {
    it(`${tag} is ${train ? "a" : "no"} train`, () => assert.equal(isTrain(tag), train));
  }

  const number = fc.nat({ max: 30 });
  const version = fc.tuple(number, number, number).map((numbers) => numbers.join("."));
  it("finds, for any versions, the newest of a train or nothing", () => {
    fc.assert(
      fc.property(
        fc.array(version, { maxLength: 20 }),
        fc.array(number, { minLength: 1, maxLength: 2 }),
        (all, train) => {
          const prefix = `${train.join(".")}.`;
          const inTrain = all.filter((v) => v.startsWith(prefix));
          const found = resolveTag(all, `${prefix}x`);
          assert.equal(found === undefined, inTrain.length === 0);
          if (found !== undefined) {
            assert.ok(inTrain.includes(found));
            assert.ok(inTrain.every((v) => compareVersions(v, found) <= 0));
          }
        },
      ),
    );
  });
  it("finds, for any versions, the one that a tag names", () => {
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 20 }), fc.nat(), (all, i) => {
        const tag = all[i % all.length] ?? "";
        assert.equal(resolveTag(all, tag), tag);
      }),
    );
  });
  it("orders any versions the same way round", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) || 0);
        const newest = newestOf([a, b, c]);
        assert.ok(newest !== undefined && [a, b, c].every((v) => compareVersions(v, newest) <= 0));
      }),
    );
  });
});

describe("Kubernetes ranges", () => {
  const cases: [string, string, boolean][] = [
    ["1.36.4", ">=1.25.0-0", true],
    ["v1.36.4", ">=1.25.0-0", true],
    ["1.24.17", ">=1.25.0-0", false],
    ["1.36.4", ">=1.33.0-0 <1.37.0-0", true],
    ["1.37.0", ">=1.33.0-0 <1.37.0-0", false],
    ["1.37.0-rc.1", ">=1.33.0-0 <1.37.0-0", false],
    ["1.36.4", "1.36.x", true],
    ["1.35.8", "1.36.x", false],
    ["1.36", ">=1.36.2", true],
    ["1.35", ">=1.36.2", false],
    ["1.36.3+rke2r1", ">=1.36.2", true],
    ["{{.spectro.var.version}}", ">=1.36.2", true],
    ["1.36.4", "no range", true],
  ];
  for (const [version, range, fits] of cases) {
    it(`${version} ${fits ? "fits" : "does not fit"} ${range}`, () =>
      assert.equal(kubernetesFits(version, range), fits));
  }
  it("names the minor", () => {
    assert.equal(minorOf("v1.36.4"), "1.36");
    assert.equal(minorOf("1.36"), "1.36");
    assert.equal(minorOf("latest"), undefined);
  });
});
