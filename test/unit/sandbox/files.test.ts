import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { foldersOf, wrappers } from "../../../sandbox/paths.ts";
import { linkTo, writePrivate } from "../../../sandbox/plane/files.ts";
import { lastLines } from "../../../sandbox/plane/logs.ts";
import { assertSupported } from "../../../sandbox/platform.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";

describe("foldersOf", () => {
  for (const [what, env, platform, state, engines] of [
    [
      "Linux",
      { HOME: "/h" },
      "linux",
      "/h/.local/share/palette-onboarding/sandbox",
      "/h/.cache/palette-onboarding/engines",
    ],
    [
      "macOS",
      { HOME: "/h" },
      "darwin",
      "/h/Library/Application Support/palette-onboarding/sandbox",
      "/h/Library/Caches/palette-onboarding/engines",
    ],
    [
      "XDG",
      { HOME: "/h", XDG_DATA_HOME: "/d", XDG_CACHE_HOME: "/c" },
      "linux",
      "/d/palette-onboarding/sandbox",
      "/c/palette-onboarding/engines",
    ],
    [
      "the own variables",
      { HOME: "/h", PALETTE_HOME: "/p", PALETTE_CACHE: "/q" },
      "linux",
      "/p/sandbox",
      "/q/engines",
    ],
  ] as const) {
    test(what, () => assert.deepEqual(foldersOf(env, platform), { state, engines }));
  }
  test("the wrappers are where they are said to be", async () => {
    assert.ok((await readdir(wrappers)).includes("kube"));
  });
});

describe("assertSupported", () => {
  test("takes Linux and macOS", () => {
    assertSupported("linux");
    assertSupported("darwin");
  });
  test("names the way out on Windows", () => {
    assert.throws(
      () => assertSupported("win32"),
      (error) => isPaletteError(error, "Prerequisite") && /WSL/.test(error.next ?? ""),
    );
  });
});

describe("files", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-files-"));
  });
  after(() => rm(folder, { recursive: true }));

  test("are private from the first moment, also where another mode was", async () => {
    const path = join(folder, "secret");
    await writeFile(path, "old", { mode: 0o644 });
    await writePrivate(path, "new");
    assert.equal(await readFile(path, "utf8"), "new");
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ["secret"]);
  });

  test("a link moves to another target", async () => {
    const path = join(folder, "link");
    await linkTo("/a", path);
    await linkTo("/b", path);
    assert.equal(await readlink(path), "/b");
  });

  for (const [what, content, expected] of [
    ["a short log", "a\n\nb\n", ["a", "b"]],
    [
      "a long log",
      Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(""),
      ["line 4997", "line 4998", "line 4999"],
    ],
    ["an unfinished line", "a\nb", ["a", "b"]],
    ["long lines", `${"x".repeat(50)}\n`, [`${"x".repeat(20)}…`]],
    ["an empty log", "", []],
  ] as const) {
    test(`the end of ${what}`, async () => {
      const path = join(folder, "log");
      await writeFile(path, content);
      assert.deepEqual(await lastLines(path, 3, 20), expected);
    });
  }
  test("the end of no log", async () => assert.deepEqual(await lastLines(join(folder, "none")), []));
});
