import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { profile } from "../../../../src/cli/commands/profile.ts";
import { addOnText, configMapPack, textVariable } from "../../../support/addOn.ts";
import { temporaryIo } from "./support.ts";

const TEXT = addOnText({
  name: "notes",
  packs: [configMapPack("notes", { text: "{{.spectro.var.token}}" })],
  variables: [textVariable("token", { isSensitive: true })],
});

describe("palette profile attach and detach", () => {
  const at = temporaryIo();
  before(() => writeFileSync(join(at.io.cwd, "notes.profile.yaml"), TEXT));
  after(() => at.remove());

  const attach = ["attach", "notes.profile.yaml"];
  const detach = ["detach", "notes"];
  const cases: readonly (readonly [args: readonly string[], words: RegExp])[] = [
    [["attach", "--cluster", "a"], /one profile file/],
    [["preview", "--cluster", "a"], /one profile file/],
    [["preview", "notes.profile.yaml"], /--cluster, or choose them by labels with --selector/],
    [attach, /--cluster, or choose them by labels with --selector/],
    [
      [...attach, "--cluster", "a", "--selector", "b=c"],
      /--cluster, or choose them by labels with --selector/,
    ],
    [[...attach, "--cluster", "a", "--set", "token=x"], /token is masked.*--from-env/],
    [[...attach, "--cluster", "a", "--set", "token"], /--set is VARIABLE=VALUE, not token/],
    [[...attach, "--cluster", "a", "--from-env", "token=NOT_THERE"], /no variable NOT_THERE/],
    [[...attach, "--cluster", "a", "--registry", "local=ftp://x"], /local/],
    [[...detach, "--cluster", "a"], /--software keep or --software remove/],
    [[...detach, "--cluster", "a", "--software", "maybe"], /--software keep or --software remove/],
    [[...detach, "--software", "keep"], /--cluster, or choose them by labels with --selector/],
    [["detach", "--cluster", "a", "--software", "keep"], /the name of one profile/],
  ];
  for (const [args, words] of cases) {
    it(`${args.join(" ")} is wrong use`, async () => {
      await assert.rejects(profile.run(args, at.io), (error: Error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, words);
        return true;
      });
    });
  }
});
