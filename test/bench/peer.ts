/**
 * `npm run bench` compares the language server with Red Hat's yaml-language-server, which is given our JSON Schema:
 * both over stdio, in turns, on the same profiles. `node test/bench/peer.ts` is this comparison alone.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildProduct } from "../../scripts/build.ts";
import { bundlePath, root } from "../../scripts/bundles.ts";
import { type Measured, measure, median, percentile, type ServerUnderTest } from "./languageServer.ts";
import { profileOfLines } from "./profiles.ts";

/** Lines, and processes of each server: fewer where the peer takes long, so that all is over in five minutes. */
const SIZES = [
  { size: 60, rounds: 5 },
  { size: 500, rounds: 5 },
  { size: 5000, rounds: 4 },
  { size: 20_000, rounds: 3 },
];

const ours: ServerUnderTest = {
  name: "Palette",
  program: bundlePath("server"),
  // As src/app/language/client.ts starts it.
  flags: ["--max-semi-space-size=2"],
  languageId: "palette-profile",
  settings: {},
};
const peer: ServerUnderTest = {
  name: "yaml-language-server",
  program: join(root, "node_modules/yaml-language-server/bin/yaml-language-server"),
  flags: [],
  languageId: "yaml",
  settings: {
    validate: true,
    completion: true,
    hover: true,
    schemaStore: { enable: false },
    schemas: {
      [pathToFileURL(join(root, "schemas/cluster-profile.schema.json")).href]: ["*.profile.yaml"],
    },
  },
};

export interface Comparison {
  readonly lines: number;
  readonly ours: readonly Measured[];
  readonly peer: readonly Measured[];
}

/** Measures both servers at every size, in turns, so that what else the machine does meets both. */
export async function comparePeer(): Promise<Comparison[]> {
  const uri = pathToFileURL("/measured/measured.profile.yaml").href;
  const comparisons: Comparison[] = [];
  for (const { size, rounds } of SIZES) {
    const text = profileOfLines(size);
    const comparison = { lines: text.split("\n").length - 1, ours: [] as Measured[], peer: [] as Measured[] };
    for (let round = 0; round < rounds; round += 1) {
      comparison.ours.push(await measure(ours, uri, text));
      comparison.peer.push(await measure(peer, uri, text));
    }
    comparisons.push(comparison);
  }
  return comparisons;
}

/** One line of the table: what is compared, and how it reads from what one process took. */
const ROWS: readonly { what: string; unit: "ms" | "MB"; of(measured: Measured): readonly number[] }[] = [
  { what: "open to diagnostics", unit: "ms", of: ({ open }) => [open] },
  { what: "keystroke to diagnostics", unit: "ms", of: ({ keystroke }) => keystroke },
  { what: "processor time per keystroke", unit: "ms", of: ({ keystrokeWork }) => [keystrokeWork] },
  { what: "keystroke to completion", unit: "ms", of: ({ completion }) => completion },
  { what: "keystroke to symbols", unit: "ms", of: ({ symbols }) => symbols },
  { what: "resident memory", unit: "MB", of: ({ memory }) => [memory / 1e6] },
];

/** The comparison as a Markdown table: median / 95th percentile, and how many times as much the peer takes. */
export function printComparison(comparisons: readonly Comparison[]): void {
  console.log("| lines | what | Palette | yaml-language-server 2.0.0 | times |");
  console.log("|---:|---|---:|---:|---:|");
  for (const { lines, ours: mine, peer: theirs } of comparisons) {
    for (const { what, unit, of } of ROWS) {
      const [left, right] = [mine.flatMap(of), theirs.flatMap(of)];
      const cell = (all: readonly number[]) =>
        `${median(all).toFixed(0)} / ${percentile(all, 0.95).toFixed(0)} ${unit}`;
      const times = (median(right) / median(left)).toFixed(1);
      console.log(`| ${lines} | ${what} | ${cell(left)} | ${cell(right)} | ${times} |`);
    }
  }
}

if (import.meta.main) {
  await buildProduct();
  console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  printComparison(await comparePeer());
}
