import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeError, isPaletteError, PaletteError } from "../../../src/shared/errors.ts";

describe("describeError", () => {
  const cases: readonly [string, unknown, string][] = [
    ["what happened", new PaletteError("NotFound", "Cluster a is not there"), "Cluster a is not there."],
    [
      "the engine's words on one line, and what to do",
      new PaletteError("Refused", "Refused by mgmt", {
        engine: "only m6i\n  may be used",
        next: "Ask its owner.",
      }),
      'Refused by mgmt: "only m6i may be used". Ask its owner.',
    ],
    [
      "no second full stop",
      new PaletteError("Refused", "Refused by mgmt", { engine: "Not allowed.", next: "Ask its owner." }),
      'Refused by mgmt: "Not allowed." Ask its owner.',
    ],
    ["a sentence as it is", new PaletteError("NotFound", "It is gone."), "It is gone."],
    ["other errors", new TypeError("boom"), "boom"],
    ["other values", "text", "text"],
  ];
  for (const [what, error, expected] of cases) {
    it(`says ${what}`, () => assert.equal(describeError(error), expected));
  }
});

describe("isPaletteError", () => {
  it("knows the errors of another bundle by name and code", () => {
    const foreign = Object.assign(new Error("x"), { name: "PaletteError", code: "Refused" });
    assert.equal(isPaletteError(foreign), true);
    assert.equal(isPaletteError(foreign, "Refused"), true);
    assert.equal(isPaletteError(foreign, "NotFound"), false);
    assert.equal(isPaletteError({ name: "PaletteError", code: "Refused" }), false);
  });
});
