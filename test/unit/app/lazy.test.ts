import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Lazy } from "../../../src/app/lazy.ts";

describe("what is made with its first use", () => {
  it("is made once, and disposed of", async () => {
    let disposed = 0;
    const lazy = new Lazy(async () => ({ dispose: () => disposed++ }));
    lazy.dispose();
    assert.equal(await lazy.get(), await lazy.get());
    lazy.dispose();
    await setImmediate();
    assert.equal(disposed, 1);
  });

  it("is tried again where it was not made, and leaves no rejection behind", async () => {
    const errors = [new Error("no disk"), new Error("no memory")];
    const made = { dispose: () => undefined };
    const lazy = new Lazy(async () => {
      const error = errors.shift();
      if (error !== undefined) {
        throw error;
      }
      return made;
    });
    await assert.rejects(lazy.get(), /no disk/);
    const failing = lazy.get();
    lazy.dispose(); // A rejection that nobody handles would end the test.
    await assert.rejects(failing, /no memory/);
    assert.equal(await lazy.get(), made);
  });
});
