import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandIo } from "../../../../src/cli/command.ts";
import { detachCommand } from "../../../../src/cli/commands/detach-import.ts";
import { importCommand } from "../../../../src/cli/commands/import.ts";

const io: CommandIo = {
  out: () => {},
  err: () => {},
  cwd: "/",
  today: "2026-11-24",
  env: {},
  signal: new AbortController().signal,
};

test("says what cannot be meant before it looks at any cluster", async () => {
  const cases: readonly [readonly string[], RegExp][] = [
    [[], /Name the contexts/],
    [["a", "b", "--name", "c"], /--name and --address go with one context/],
    [["a", "b", "--address", "https://x.example"], /--name and --address go with one context/],
    [["a", "--name", "Not A Name"], /A name has lower-case letters/],
    [["a", "--mode", "admin"], /--mode is read-only or full, not admin/],
    [["a", "--address", "x.example:6443"], /starts with https/],
    [["a", "--label", "env"], /--label is KEY=VALUE, not env/],
    [["a", "--dry-run", "--manifest"], /Give --dry-run or --manifest/],
  ];
  for (const [args, message] of cases) {
    await assert.rejects(importCommand.run(args, io), { name: "UsageError", message }, args.join(" "));
  }
  await assert.rejects(detachCommand.run(["a", "b"], io), { name: "UsageError" });
  await assert.rejects(detachCommand.run(["a", "--unreachable", "--cluster-context", "x"], io), {
    name: "UsageError",
    message: /Give --cluster-context or --unreachable/,
  });
});
