import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Command, type CommandIo, UsageError } from "../../../src/cli/command.ts";
import { runCommand } from "../../../src/cli/run.ts";
import { PaletteError } from "../../../src/shared/errors.ts";

function collect(): { io: CommandIo; output: string[]; errors: string[] } {
  const output: string[] = [];
  const errors: string[] = [];
  return {
    io: {
      out: (text) => output.push(text),
      err: (line) => errors.push(line),
      cwd: "/",
      env: {},
      today: "2026-11-24",
      signal: new AbortController().signal,
    },
    output,
    errors,
  };
}

function commands(run: Command["run"]) {
  return {
    try: async (): Promise<Command> => ({ summary: "Try something", usage: "palette try [--it]", run }),
  };
}

describe("the command line", () => {
  const failures: readonly (readonly [title: string, error: unknown, code: number, line: string])[] = [
    ["wrong use", new UsageError("Name a file."), 2, "Name a file. Usage: palette try [--it]"],
    [
      "an error",
      new PaletteError("Refused", "mgmt refused it", { engine: "line one\nline two", next: "Do something." }),
      1,
      'mgmt refused it: "line one line two". Do something.',
    ],
    [
      "a cancel",
      new PaletteError("Cancelled", "x", { next: "Nothing is left." }),
      1,
      "Cancelled. Nothing is left.",
    ],
    ["an abort", new DOMException("x", "AbortError"), 1, "Cancelled."],
    ["anything else", new Error("first\n  second"), 1, "first second"],
    ["a secret", new Error("token: abc"), 1, "token: <redacted>"],
  ];
  for (const [title, error, code, line] of failures) {
    it(`says ${title} in one line, with its exit code`, async () => {
      const { io, output, errors } = collect();
      const result = await runCommand(
        commands(async () => {
          throw error;
        }),
        ["try"],
        io,
      );
      assert.deepEqual([result, errors, output], [code, [line], []]);
    });
  }

  it("gives the command its arguments and its exit code back", async () => {
    const { io } = collect();
    let seen: readonly string[] = [];
    const code = await runCommand(
      commands(async (args) => {
        seen = args;
        return 1;
      }),
      ["try", "--it", "x"],
      io,
    );
    assert.deepEqual([code, seen], [1, ["--it", "x"]]);
  });

  it("helps", async () => {
    const never = commands(() => assert.fail("help runs nothing"));
    for (const [args, code, isError] of [
      [[], 2, true],
      [["--help"], 0, false],
      [["help"], 0, false],
      [["try", "--help"], 0, false],
    ] as const) {
      const { io, output, errors } = collect();
      assert.equal(await runCommand(never, args, io), code);
      assert.match((isError ? errors : output).join(), /Try something/);
    }
    const { io, output } = collect();
    assert.equal(await runCommand(never, ["--version"], io), 0);
    assert.match(output.join(), /^\d+\.\d+\.\d+/);
  });

  it("does not know every command", async () => {
    for (const name of ["other", "constructor", "--it"]) {
      const { io, errors } = collect();
      assert.equal(
        await runCommand(
          commands(async () => 0),
          [name],
          io,
        ),
        2,
      );
      assert.match(errors.join(), new RegExp(`has no command ${name}`));
    }
  });
});
