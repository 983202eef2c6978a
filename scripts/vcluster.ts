// Makes src/virtual/chart/schema.json, what values of vCluster's chart are judged by: node scripts/run.mjs scripts/vcluster.ts
//
// It is the chart's own values.schema.json (Apache-2.0) out of the Go module of vCluster, without what only people read.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { VCLUSTER } from "../src/virtual/chart.ts";

/** Keywords that judge nothing. */
const WORDS = new Set(["description", "title", "examples", "default", "deprecated", "$id"]);
/** Keywords whose keys are names of the chart. */
const NAMES = new Set(["properties", "patternProperties", "$defs"]);

function withoutWords(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => withoutWords(each));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNames || !WORDS.has(key))
      .map(([key, inner]) => [key, withoutWords(inner, !isNames && NAMES.has(key))]),
  );
}

const download = ["mod", "download", "-json", `github.com/loft-sh/vcluster@v${VCLUSTER.version}`];
const { Dir: folder } = JSON.parse(execFileSync("go", download, { encoding: "utf8" })) as { Dir: string };
const schema: unknown = JSON.parse(readFileSync(join(folder, "chart", "values.schema.json"), "utf8"));
const file = fileURLToPath(new URL("../src/virtual/chart/schema.json", import.meta.url));
writeFileSync(file, `${JSON.stringify(withoutWords(schema))}\n`);
