import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs, { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { withLock } from "../../../sandbox/lock.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palette-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("withLock", () => {
  test("lets one at a time work, in one process", async () => {
    let inside = 0;
    let most = 0;
    const worked: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map((each) =>
        withLock(folder, {}, "test", async () => {
          inside++;
          most = Math.max(most, inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          worked.push(each);
          inside--;
        }),
      ),
    );
    assert.equal(most, 1);
    assert.deepEqual(worked.toSorted(), [1, 2, 3, 4]);
    assert.equal((await readdir(folder)).length, 1);
  });

  test("lets one at a time work, of several processes", async () => {
    // Each adds one to a number in a file, reading and writing apart, which loses counts unless they take turns.
    const counter = join(folder, "counter");
    await writeFile(counter, "0");
    const program = `
      import { readFile, writeFile } from "node:fs/promises";
      import { withLock } from ${JSON.stringify(join(import.meta.dirname, "../../../sandbox/lock.ts"))};
      for (let i = 0; i < 3; i++) {
        await withLock(${JSON.stringify(folder)}, {}, "test", async () => {
          const before = Number(await readFile(${JSON.stringify(counter)}, "utf8"));
          await new Promise((resolve) => setTimeout(resolve, 2));
          await writeFile(${JSON.stringify(counter)}, String(before + 1));
        });
      }`;
    await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
              stdio: ["ignore", "ignore", "inherit"],
            });
            child.once("error", reject);
            child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
          }),
      ),
    );
    assert.equal(await readFile(counter, "utf8"), "9");
  });

  test("is not taken by who was held up before taking it, when others came and went meanwhile", async () => {
    await withLock(folder, {}, "test", async () => {});
    const held = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const { link } = fs;
    const links = mock.method(fs, "link", async (from: string, to: string) => {
      links.mock.restore();
      syncBuiltinESMExports();
      held.resolve();
      await goOn.promise;
      await link(from, to);
    });
    syncBuiltinESMExports();
    let isLastInside = false;
    /** Whether the late one worked beside the last one; settled when it works or says that it waits. */
    const beside = Promise.withResolvers<boolean>();
    const late = withLock(folder, { onProgress: () => beside.resolve(false) }, "test", async () =>
      beside.resolve(isLastInside),
    );
    await held.promise;
    await withLock(folder, {}, "test", async () => {});
    await withLock(folder, {}, "test", async () => {
      isLastInside = true;
      goOn.resolve();
      assert.equal(await beside.promise, false);
      isLastInside = false;
    });
    await late;
    assert.equal((await readdir(folder)).length, 1);
  });

  test("is given back when the work fails", async () => {
    await assert.rejects(
      withLock(folder, {}, "test", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await withLock(folder, {}, "test", async () => "again"), "again");
  });

  for (const [what, content] of [
    ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, start: "x 1" })],
    ["a process whose number went to another one", JSON.stringify({ pid: process.pid, start: "x 1" })],
    ["nobody that can be told", ""],
  ] as const) {
    test(`of ${what} holds nobody up`, async () => {
      await writeFile(join(folder, "lock.7"), content);
      assert.equal(await withLock(folder, {}, "test", async () => "done"), "done");
      assert.deepEqual(await readdir(folder), ["lock.8"]);
    });
  }

  test("says whom it waits for, and stops waiting when cancelled", async () => {
    const cancel = new AbortController();
    const said: string[] = [];
    await withLock(folder, {}, "outer", async () => {
      const waiting = withLock(
        folder,
        {
          signal: cancel.signal,
          onProgress: ({ step }) => {
            said.push(step);
            cancel.abort();
          },
        },
        "start",
        async () => assert.fail("it ran"),
      );
      await assert.rejects(waiting, (error) => isPaletteError(error, "Cancelled"));
    });
    assert.deepEqual(said, [`Waiting for another start (process ${process.pid})`]);
  });
});
