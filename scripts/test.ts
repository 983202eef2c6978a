/**
 * `npm test [LEVEL…]`: runs the levels in order, from the fastest to the most real, and closes with one line over all
 * of them. A level that breaks is a failure; what this machine cannot do is a skip, with its reason.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runHostTests } from "../test/workbench/host.ts";
import { buildProduct } from "./build.ts";
import { root } from "./bundles.ts";
import { provideChromium } from "./chromium.ts";
import { node, outcome } from "./processes.ts";
import { ProgressLine, progressText } from "./progressLine.ts";
import { checks } from "./testing/checks.ts";
import { testFiles } from "./testing/files.ts";
import { conclude, readResults, type TestResult } from "./testing/results.ts";

interface Level {
  readonly name: string;
  readonly title: string;
  run(temporary: string): Promise<TestResult[]>;
}

/** Seconds; the nightly run tries many more inputs. */
const unitTimeout = process.env.PALETTE_FUZZ_RUNS === undefined ? 120 : 7200;

const levels: readonly Level[] = [
  { name: "check", title: "Types, lint, rooms, unused code, build, package", run: checks },
  {
    name: "unit",
    title: "Unit",
    run: nodeTests("unit", { preload: "test/unit/seed.ts", timeout: unitTimeout }),
  },
  { name: "protocol", title: "Language protocol", run: nodeTests("protocol", {}) },
  { name: "host", title: "Inside VS Code", run: withChromium("host", runHostTests) },
  {
    name: "e2e",
    title: "End to end",
    run: withChromium("e2e", withEngines(nodeTests("e2e", { concurrency: 1, timeout: 1800 }))),
  },
  {
    name: "engine",
    title: "Engines",
    run: withEngines(
      nodeTests("engine", { concurrency: 1, shards: 2, timeout: 1800, setup: "test/engine/setup.ts" }),
    ),
  },
];

/**
 * A level whose files (`*.test.ts`) Node's own test runner runs, each in a process of its own. Tests that mostly wait for
 * controllers run in `shards`, side by side, each with a setup (a plane) of its own.
 */
function nodeTests(
  level: string,
  {
    concurrency,
    shards = 1,
    timeout = 120,
    setup,
    preload,
  }: { concurrency?: number; shards?: number; timeout?: number; setup?: string; preload?: string },
) {
  const runShard = async (shard: number, temporary: string): Promise<TestResult[]> => {
    const results = join(temporary, `${level}-${shard}.jsonl`);
    const inherit = shard === 1;
    const { code, output } = await outcome(
      node,
      [
        ...(preload === undefined ? [] : ["--import", join(root, preload)]),
        "--test",
        `--test-timeout=${timeout * 1000}`,
        `--test-shard=${shard}/${shards}`,
        ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
        ...(setup === undefined ? [] : [`--test-global-setup=${join(root, setup)}`]),
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        `--test-reporter=${join(root, "scripts/testing/reporter.ts")}`,
        `--test-reporter-destination=${results}`,
        ...testFiles(level),
      ],
      { cwd: root, inherit },
    );
    process.stdout.write(output); // What ran beside the first shard is shown once it is over, in one piece.
    return conclude(level, await readResults(results), code);
  };
  return async (temporary: string): Promise<TestResult[]> => {
    const numbers = Array.from({ length: shards }, (_, index) => index + 1);
    return (await Promise.all(numbers.map((shard) => runShard(shard, temporary)))).flat();
  };
}

/** Runs a level that needs the built product and a browser, or skips each of its files where there is no browser. */
function withChromium(level: string, runLevel: (temporary: string) => Promise<TestResult[]>) {
  return async (temporary: string): Promise<TestResult[]> => {
    try {
      process.env.CHROMIUM = await provideChromium(console.log);
    } catch (error) {
      const reason = (error as Error).message;
      return testFiles(level).map((name) => ({ outcome: "skipped", name, reason }));
    }
    await buildProduct();
    return runLevel(temporary);
  };
}

/** Runs a level that starts engines: what is not built yet is built before, where it can be seen how far it is. */
function withEngines(runLevel: (temporary: string) => Promise<TestResult[]>) {
  return async (temporary: string): Promise<TestResult[]> => {
    const line = new ProgressLine(process.stdout);
    const { build } = await import("../sandbox/index.ts");
    await build({ workload: true, onProgress: (progress) => line.show(progressText(progress)) });
    line.end();
    return runLevel(temporary);
  };
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !levels.some((level) => level.name === name));
  if (unknown.length > 0) {
    console.error(
      `No test level is called ${unknown.join(", ")}. There are ${levels.map(({ name }) => name).join(", ")}.`,
    );
    return 2;
  }
  const temporary = await mkdtemp(join(tmpdir(), "palette-test-"));
  const all: TestResult[] = [];
  for (const level of levels) {
    if (names.length > 0 && !names.includes(level.name)) {
      continue;
    }
    console.log(`\n== ${level.title} (npm run test:${level.name})`);
    const results = await level.run(temporary).catch((error: unknown): TestResult[] => [
      {
        outcome: "failed",
        name: level.name,
        reason: error instanceof Error ? error.message : String(error),
      },
    ]);
    all.push(...results);
  }
  await rm(temporary, { recursive: true });
  const of = (outcome: TestResult["outcome"]) => all.filter((result) => result.outcome === outcome);
  console.log();
  for (const { name, reason } of of("skipped")) {
    console.log(`skipped  ${name}: ${reason}`);
  }
  for (const { name, reason } of of("failed")) {
    console.log(`failed   ${name}: ${reason?.split("\n")[0]}`);
  }
  console.log(
    `${of("passed").length} passed, ${of("failed").length} failed, ${of("skipped").length} skipped`,
  );
  return of("failed").length === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
