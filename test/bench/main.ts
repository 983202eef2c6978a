/**
 * `npm run bench`: measures what docs/performance.md promises, prints it as a table beside the budgets, and fails when
 * one is exceeded. The peer is Red Hat's yaml-language-server on the same text in the same run; it has no
 * schema of profiles, so it does less.
 */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildProduct } from "../../scripts/build.ts";
import { bundlePath, bundles, packageLimit, root } from "../../scripts/bundles.ts";
import { packExtension } from "../../scripts/package.ts";
import { checkProfile, newProfile, parseProfile } from "../../src/profile/index.ts";
import { measureActivation } from "./activation.ts";
import { type Measured, measure, median, type ServerUnderTest } from "./languageServer.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "KB" | "MB";
  readonly budget?: number;
  readonly peer?: number;
}

const ours: ServerUnderTest = {
  name: "palette",
  program: bundlePath("server"),
  languageId: "palette-profile",
  settings: {},
};
const peer: ServerUnderTest = {
  name: "yaml-language-server",
  program: join(root, "node_modules/yaml-language-server/bin/yaml-language-server"),
  languageId: "yaml",
  settings: { validate: true, schemaStore: { enable: false } },
};
const megabyte = 1_000_000;

/** A valid profile with add-on layers until it has about `lines` lines. */
function profileOfLines(lines: number): string {
  const base = newProfile({ name: "measured", type: "cluster", cloudType: "aws" });
  const layer = (number: number) =>
    [
      `      - name: add-on-${number}`,
      "        type: spectro",
      "        layer: addon",
      '        version: "1.0.0"',
      '        tag: "1.0.0"',
      "        values: |",
      "          pack:",
      `            namespace: "add-on-${number}"`,
      "          charts:",
      `            add-on-${number}:`,
      "              replicas: 2",
      "              resources:",
      '                limits: {cpu: "1", memory: "1Gi"}',
      "",
    ].join("\n");
  let text = base;
  for (let number = 1; text.split("\n").length < lines; number += 1) {
    text += layer(number);
  }
  return text;
}

async function languageServerRows(text: string): Promise<Row[]> {
  const uri = pathToFileURL("/measured/measured.profile.yaml").href;
  const rounds = [0, 1, 2, 3, 4];
  const mine: Measured[] = [];
  const theirs: Measured[] = [];
  for (const _ of rounds) {
    mine.push(await measure(ours, uri, text));
    theirs.push(await measure(peer, uri, text));
  }
  const of = (all: readonly Measured[], key: "firstDiagnostics" | "afterChange" | "memory") =>
    median(all.map((each) => each[key]));
  return [
    {
      what: "first diagnostics of 500 lines, server start included",
      unit: "ms",
      value: of(mine, "firstDiagnostics"),
      budget: 400,
      peer: of(theirs, "firstDiagnostics"),
    },
    {
      what: "change of 500 lines to its diagnostics, waiting for a pause in typing included",
      unit: "ms",
      value: of(mine, "afterChange"),
      peer: of(theirs, "afterChange"),
    },
    {
      what: "memory of the language server at 500 lines",
      unit: "MB",
      value: of(mine, "memory") / megabyte,
      budget: 80,
      peer: of(theirs, "memory") / megabyte,
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
  console.log("| what | measured | budget | yaml-language-server 2.0.0 | ratio |");
  console.log("|---|---:|---:|---:|---:|");
  for (const { what, value, unit, budget, peer: theirs } of rows) {
    const ratio = theirs === undefined ? "" : (value / theirs).toFixed(2);
    console.log(
      `| ${what} | ${number(value)} ${unit} | ${budget === undefined ? "" : `${number(budget)} ${unit}`} | ${theirs === undefined ? "" : `${number(theirs)} ${unit}`} | ${ratio} |`,
    );
  }
}

const temporary = await mkdtemp(join(tmpdir(), "palette-bench-"));
await buildProduct();
const text = profileOfLines(500);
const vsix = await packExtension(root, join(temporary, "measured.vsix"));
const activations = await measureActivation(temporary, 5);
const rows: Row[] = [
  {
    what: "activate(), loading included",
    unit: "ms",
    value: median(activations.map(({ milliseconds }) => milliseconds)),
    budget: 30,
  },
  {
    what: "heap that activation adds to the extension host",
    unit: "MB",
    value: median(activations.map(({ heapBytes }) => heapBytes)) / megabyte,
    budget: 8,
  },
  ...(await languageServerRows(text)),
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
const over = rows.filter(({ value, budget }) => budget !== undefined && value > budget);
for (const { what } of over) {
  console.error(`Over its budget: ${what}.`);
}
process.exit(over.length === 0 ? 0 : 1);
