import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatDuration, formatRange } from "../../../src/shared/duration.ts";
import { redact } from "../../../src/shared/redact.ts";

describe("formatDuration", () => {
  for (const [seconds, text] of [
    [0, "0 s"],
    [40.4, "40 s"],
    [60, "1 min"],
    [403, "6 min 43 s"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
    [260_000, "3 d"],
    [-5, "0 s"],
  ] as const) {
    it(`says ${seconds} s as ${text}`, () => assert.equal(formatDuration(seconds), text));
  }
});

describe("formatRange", () => {
  for (const [range, text] of [
    [[10, 30], "10 to 30 seconds"],
    [[40, 120], "1 to 2 minutes"],
    [[700, 1110], "12 to 19 minutes"],
    [[5, 5], "5 seconds"],
  ] as const) {
    it(`says ${range.join(" to ")} s as ${text}`, () => assert.equal(formatRange(range), text));
  }
});

describe("redact", () => {
  const secret = "s3cr3t-V4lue.abc";
  for (const line of [
    `Authorization: Bearer ${secret}`,
    `token: ${secret}`,
    `"token":"${secret}"`,
    `client-key-data: ${secret}`,
    `password=${secret}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${secret}`,
  ]) {
    it(`takes the secret out of ${JSON.stringify(line.slice(0, 24))}`, () => {
      assert.ok(!redact(line).includes(secret), redact(line));
    });
  }

  it("leaves other text as it is", () => {
    const line = "Cluster web-1 in default: 2 of 3 machines ready, waiting for the token controller";
    assert.equal(redact(line), line);
  });
});
