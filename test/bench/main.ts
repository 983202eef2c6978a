/**
 * `npm run bench`: measures what docs/performance.md promises, prints it as a table beside the budgets, and fails when
 * one is exceeded; and beside Red Hat's yaml-language-server, on the same profiles in the same run.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { buildProduct } from "../../scripts/build.ts";
import { bundlePath, bundles, packageLimit, root } from "../../scripts/bundles.ts";
import { packExtension } from "../../scripts/package.ts";
import { checkProfile, parseProfile } from "../../src/profile/index.ts";
import { measureActivation } from "./activation.ts";
import { median } from "./languageServer.ts";
import { type Comparison, comparePeer, printComparison } from "./peer.ts";
import { profileOfLines } from "./profiles.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "KB" | "MB";
  readonly budget?: number;
}

const megabyte = 1_000_000;

/** What is promised of the language server at 500 lines. */
function languageServerRows(comparisons: readonly Comparison[]): Row[] {
  const all = comparisons.find(({ lines }) => lines >= 400 && lines <= 600)?.ours ?? [];
  return [
    {
      what: "first diagnostics of 500 lines, server start included",
      unit: "ms",
      value: median(all.map(({ start, open }) => start + open)),
      budget: 400,
    },
    {
      what: "memory of the language server at 500 lines",
      unit: "MB",
      value: median(all.map(({ memory }) => memory)) / megabyte,
      budget: 90,
    },
  ];
}

function revalidate(text: string): number {
  const times: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const start = performance.now();
    checkProfile(parseProfile(`${text}# ${round}\n`));
    times.push(performance.now() - start);
  }
  // The first rounds run code that is not compiled yet, as a server that has just started does not for long.
  return median(times.slice(10));
}

function print(rows: readonly Row[]): void {
  const number = (value: number | undefined) =>
    value === undefined ? "" : value.toFixed(value < 10 ? 1 : 0);
  console.log("| what | measured | budget |");
  console.log("|---|---:|---:|");
  for (const { what, value, unit, budget } of rows) {
    console.log(
      `| ${what} | ${number(value)} ${unit} | ${budget === undefined ? "" : `${number(budget)} ${unit}`} |`,
    );
  }
}

const temporary = await mkdtemp(join(tmpdir(), "palette-bench-"));
await buildProduct();
const text = profileOfLines(500);
const vsix = await packExtension(root, join(temporary, "measured.vsix"));
const comparisons = await comparePeer();
const activations = await measureActivation(temporary, 5);
const rows: Row[] = [
  {
    // The least: what other programs do at the same time only ever adds.
    what: "activate(), loading included",
    unit: "ms",
    value: Math.min(...activations.map(({ loading, activating }) => loading + activating)),
    budget: 30,
  },
  {
    what: "heap that activation adds to the extension host",
    unit: "MB",
    value: median(activations.map(({ heapBytes }) => heapBytes)) / megabyte,
    budget: 8,
  },
  ...languageServerRows(comparisons),
  { what: "parsing and checking 500 lines again", unit: "ms", value: revalidate(text), budget: 20 },
];
for (const { name, limit } of bundles) {
  const { size } = await stat(bundlePath(name));
  rows.push({ what: `dist/${name}.cjs`, unit: "KB", value: size / 1000, budget: limit / 1000 });
}
rows.push({ what: "package (.vsix)", unit: "KB", value: vsix / 1000, budget: packageLimit / 1000 });
await rm(temporary, { recursive: true });
console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${text.split("\n").length} lines\n`,
);
print(rows);
console.log("");
printComparison(comparisons);
const over = rows.filter(({ value, budget }) => budget !== undefined && value > budget);
for (const { what } of over) {
  console.error(`Over its budget: ${what}.`);
}
process.exit(over.length === 0 ? 0 : 1);
