import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CommandIo } from "../../../src/cli/command.ts";
import { loginsOf } from "../../../src/cli/logins.ts";

const SOURCES = {
  registries: [{ name: "our charts", kind: "helm", url: "https://charts.example" }],
} as const;
const io = (env: Record<string, string>): CommandIo =>
  ({ env, signal: new AbortController().signal, err: () => undefined }) as unknown as CommandIo;

describe("--registry-user", () => {
  test("takes the password from the environment", async () => {
    const found = await loginsOf(
      { "registry-user": ["our charts=ada"] },
      SOURCES,
      io({ PALETTE_PASSWORD_OUR_CHARTS: "s3cret" }),
    );
    assert.deepEqual(found, [
      {
        registry: "our charts",
        url: "https://charts.example",
        basic: { username: "ada", password: "s3cret" },
      },
    ]);
  });

  const wrong: readonly (readonly [option: string, env: Record<string, string>, message: RegExp])[] = [
    ["others=ada", {}, /none is others/],
    ["our charts", {}, /--registry-user is NAME=USER/],
    ["our charts=ada", {}, /set PALETTE_PASSWORD_OUR_CHARTS/],
    ["our charts=ada", { PALETTE_PASSWORD_OUR_CHARTS: "" }, /is empty/],
  ];
  for (const [option, env, message] of wrong) {
    test(`refuses ${option} with ${JSON.stringify(env)}`, async () => {
      await assert.rejects(loginsOf({ "registry-user": [option] }, SOURCES, io(env)), { message });
    });
  }
});
