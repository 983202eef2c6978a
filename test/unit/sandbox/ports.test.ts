import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, test } from "node:test";
import fc from "fast-check";
import { choosePorts, isPortFree } from "../../../sandbox/plane/ports.ts";

describe("choosePorts", () => {
  test("gives each name a free port of its own, and keeps what it can", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 10 }),
        fc.array(fc.integer({ min: 100, max: 129 })),
        fc.array(fc.integer({ min: 90, max: 140 }), { minLength: 10, maxLength: 10 }),
        async (names, busy, wishes) => {
          // At least as many free ones as names.
          const taken = new Set(busy.filter((port) => port >= 112));
          const preferred = Object.fromEntries(names.map((name, i) => [name, wishes[i] ?? 0]));
          const chosen = await choosePorts(
            names,
            preferred,
            { first: 100, last: 129 },
            1,
            async (port) => !taken.has(port),
          );
          assert.deepEqual(Object.keys(chosen).toSorted(), names.toSorted());
          assert.equal(new Set(Object.values(chosen)).size, names.length);
          for (const [name, port] of Object.entries(chosen)) {
            assert.ok(!taken.has(port));
            assert.ok(port === preferred[name] || (port >= 100 && port <= 129));
          }
          const once = names.filter(
            (name) => names.filter((n) => preferred[n] === preferred[name]).length === 1,
          );
          for (const name of once.filter((each) => !taken.has(preferred[each] ?? 0))) {
            assert.equal(chosen[name], preferred[name]);
          }
        },
      ),
    );
  });
  test("keeps to its steps", async () => {
    for (let i = 0; i < 50; i++) {
      const { cluster } = await choosePorts(["cluster"], {}, { first: 200, last: 299 }, 50, async () => true);
      assert.ok(cluster === 200 || cluster === 250, String(cluster));
    }
  });
  test("says when there is none", async () => {
    await assert.rejects(
      choosePorts(["a"], {}, { first: 1, last: 9 }, 1, async () => false),
      /No port from 1 to 9 is free/,
    );
  });
});

describe("isPortFree", () => {
  for (const host of ["127.0.0.1", "0.0.0.0", "::"]) {
    test(`is false while somebody listens on ${host}`, async (t) => {
      const server = createServer();
      const listening = await new Promise<boolean>((resolve) => {
        server.once("error", () => resolve(false));
        server.listen(0, host, () => resolve(true));
      });
      if (!listening) {
        t.skip(`this machine has no ${host}`);
        return;
      }
      const { port } = server.address() as { port: number };
      assert.equal(await isPortFree(port), false);
      await new Promise((resolve) => server.close(resolve));
      assert.equal(await isPortFree(port), true);
    });
  }
});
