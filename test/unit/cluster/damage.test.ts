import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { CLOUDS, requestProblems } from "../../../src/cluster/index.ts";
import { type Change, damaged, damages } from "../../support/damage.ts";
import { anyRequest, textOf, type WrittenRequest } from "../../support/requests.ts";

const clouds = resolve(import.meta.dirname, "../../../src/cluster/clouds");

/** Nothing where the change is refused at its field, or at what holds it; else what was said in its place. */
function unnoticed(request: WrittenRequest, change: Change): string[] {
  const { what, path } = change;
  const errors = requestProblems(textOf(damaged(request, change))).filter(
    ({ severity }) => severity === "error",
  );
  const isThere = errors.some((error) => {
    const shorter = Math.min(error.path.length, path.length);
    return error.path.slice(0, shorter).join() === path.slice(0, shorter).join();
  });
  const said = errors.map((error) => `${error.path.join(".")}: ${error.message}`).join(" ");
  return isThere ? [] : [`${what} at ${path.join(".")}, said is: ${said}`];
}

describe("a request with one thing wrong in it", () => {
  for (const cloud of CLOUDS) {
    const folder = `${clouds}/${cloud.id}/examples`;
    const examples = readdirSync(folder)
      .filter((file) => file.endsWith(".cluster.yaml"))
      .map((file) => [file, parse(readFileSync(`${folder}/${file}`, "utf8")) as WrittenRequest] as const);
    const bases = examples.map(([, request]) => request) as [WrittenRequest, ...WrittenRequest[]];

    for (const [file, request] of examples) {
      it(`${cloud.id}: is refused at its field, whatever is wrong with ${file}`, () => {
        const all = damages(cloud, request);
        assert.ok(all.length > 10, "there is something to damage");
        assert.deepEqual(
          all.flatMap((change) => unnoticed(request, change)),
          [],
        );
      });
    }

    it(`${cloud.id}: is refused, whatever is wrong with any request`, () => {
      const managed = !bases[0].spec.machinePools.some(
        ({ poolConfig }) => poolConfig.isControlPlane === true,
      );
      const requests = anyRequest(cloud, { bases, isRight: () => true, managed });
      fc.assert(
        fc.property(requests, fc.nat(), (request, choice) => {
          const all = damages(cloud, request);
          const change = all[choice % all.length];
          assert.deepEqual(change === undefined ? [] : unnoticed(request, change), []);
        }),
        { numRuns: Number(process.env.PALETTE_FUZZ_RUNS ?? 100) },
      );
    });
  }
});
