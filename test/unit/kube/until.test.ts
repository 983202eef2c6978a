import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { connectionClosed } from "../../../src/kube/apiErrors.ts";
import { until } from "../../../src/kube/until.ts";
import { isPaletteError, PaletteError } from "../../../src/shared/errors.ts";

const late = (seconds: number) => new PaletteError("Refused", `It took ${seconds} s`);
const lost = new PaletteError("Unreachable", "The server does not answer");
/** The limit has passed before the first look. */
const soon = { limitMs: -1, lookMs: 0 };

describe("waiting until something is so", () => {
  it("looks again until it is, and waits out a lost connection", async () => {
    let looks = 0;
    const answers = [false, lost, false, true];
    await until(
      async () => {
        const answer = answers[looks++];
        if (answer instanceof Error) {
          throw answer;
        }
        return answer === true;
      },
      { lookMs: 0 },
      late,
    );
    assert.equal(looks, answers.length);
  });

  it("ends at its limit with what is said about being late, with nothing, or with the lost connection", async () => {
    await assert.rejects(
      until(
        async () => false,
        soon,
        () => late(1),
      ),
      { message: "It took 1 s" },
    );
    await until(
      async () => false,
      soon,
      () => undefined,
    );
    await assert.rejects(
      until(async () => Promise.reject(lost), soon, late),
      (error) => error === lost,
    );
  });

  it("throws at once what is no lost connection, and stops when it is cancelled", async () => {
    for (const final of [new PaletteError("Forbidden", "You may not"), connectionClosed("mgmt")]) {
      let looks = 0;
      await assert.rejects(
        until(
          async () => {
            looks++;
            throw final;
          },
          { lookMs: 0, limitMs: 50 },
          late,
        ),
        (error) => error === final,
      );
      assert.equal(looks, 1);
    }
    const control = new AbortController();
    await assert.rejects(
      until(
        async () => {
          control.abort();
          return false;
        },
        { signal: control.signal },
        late,
      ),
      (error) => isPaletteError(error, "Cancelled"),
    );
  });
});
