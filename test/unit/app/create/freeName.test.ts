import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { freeName } from "../../../../src/app/create/freeName.ts";
import { clusterNameProblem } from "../../../../src/cluster/limits.ts";
import { isLabelName } from "../../../../src/shared/names.ts";

describe("freeName", () => {
  it("gives a name that can be used, whatever the profile is called and whoever has which", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.stringMatching(/^cluster-[1-9]$/)), (profile, names) => {
        const name = freeName(
          profile,
          names.map((each) => ({ name: each })),
        );
        assert.ok(isLabelName(name), name);
        assert.equal(clusterNameProblem(name), undefined);
        assert.ok(!names.includes(name));
      }),
    );
  });

  it("counts on from the profile's name", () => {
    assert.equal(freeName("ML Ops Herbs", [{ name: "ml-ops-herbs-1" }]), "ml-ops-herbs-2");
  });
});
