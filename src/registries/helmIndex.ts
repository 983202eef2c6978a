import { parse } from "yaml";
import type { Chart } from "../catalog/userPacks.ts";
import { isMap } from "../shared/records.ts";
import { chartOf, type StatedVersion } from "./charts.ts";

const MOST_CHARTS = 10_000;
/** What an index that is not written as Helm writes it may have, in characters: it is parsed in one go. */
const MOST_IN_ONE_GO = 2_000_000;
/** How long to work before others get their turn. */
const TURN_MS = 10;
/** The fields of a version that count here; the rest, most of the text, is not parsed at all. */
const FIELDS: ReadonlySet<string> = new Set([
  "version",
  "appVersion",
  "description",
  "deprecated",
  "kubeVersion",
]);

/**
 * Reads the index of a Helm repository (`index.yaml`). Big ones have tens of megabytes: they are read version by
 * version, with a rest for the rest of the process in between. A version that cannot be read is left out, as Helm does.
 * Throws an `Error` with one sentence where it is no index.
 */
export async function readHelmIndex(text: string): Promise<Chart[]> {
  const charts = isBlockStyle(text) ? await inPieces(text) : inOneGo(text);
  if (charts.length > MOST_CHARTS) {
    throw new Error(`it lists more than ${MOST_CHARTS} charts.`);
  }
  return charts;
}

function isBlockStyle(text: string): boolean {
  return /^entries:[ \t]*(?:#.*)?\r?$/m.test(text);
}

function inOneGo(text: string): Chart[] {
  if (text.length > MOST_IN_ONE_GO && !text.startsWith("{")) {
    throw new Error("it is too large, and not written as Helm writes it.");
  }
  const index: unknown = text.startsWith("{") ? JSON.parse(text) : parse(text, { logLevel: "silent" });
  const entries = isMap(index) ? index.entries : undefined;
  if (!isMap(entries)) {
    throw new Error("it has no entries.");
  }
  return Object.entries(entries).flatMap(([name, versions]) =>
    collected(name, Array.isArray(versions) ? versions.filter(isMap).map(statedOf) : []),
  );
}

async function inPieces(text: string): Promise<Chart[]> {
  const charts: Chart[] = [];
  let name: string | undefined;
  let versions: StatedVersion[] = [];
  let resting = performance.now() + TURN_MS;
  for (const piece of piecesOf(text)) {
    if (piece.kind === "chart") {
      charts.push(...collected(name, versions));
      name = piece.name;
      versions = [];
    } else {
      versions.push(...versionIn(piece.text));
    }
    if (performance.now() > resting) {
      await new Promise((resolve) => setImmediate(resolve));
      resting = performance.now() + TURN_MS;
    }
  }
  charts.push(...collected(name, versions));
  return charts;
}

function collected(name: string | undefined, versions: readonly StatedVersion[]): Chart[] {
  const chart = name === undefined ? undefined : chartOf(name, versions);
  return chart === undefined ? [] : [chart];
}

type Piece =
  | { readonly kind: "chart"; readonly name: string }
  | { readonly kind: "version"; readonly text: string };

/**
 * Cuts block-style YAML at its indentation: below `entries:` the names of charts, below each name the items of its list,
 * of each item the lines of `FIELDS`. Text of several lines is indented more than its key, so no cut goes through it.
 */
function* piecesOf(text: string): Generator<Piece> {
  let inEntries = false;
  let nameColumn: number | undefined;
  let dashColumn: number | undefined;
  let keyColumn = 0;
  let keeping = false;
  let item: string[] = [];
  for (const line of linesOf(text)) {
    const column = line.search(/\S/);
    if (column < 0 || line[column] === "#") {
      continue;
    }
    const isItem = /^-\s/.test(line.slice(column));
    if (column === 0 && !isItem) {
      inEntries = line.startsWith("entries:");
      nameColumn = undefined;
      continue;
    }
    if (!inEntries) {
      continue;
    }
    nameColumn ??= column;
    const isName = column === nameColumn && !isItem;
    dashColumn = isName ? undefined : (dashColumn ?? (isItem ? column : undefined));
    const begins = isItem && column === dashColumn;
    if ((isName || begins) && item.length > 0) {
      yield { kind: "version", text: item.join("\n") };
      item = [];
    }
    if (isName) {
      yield { kind: "chart", name: unquoted(line.slice(column)) };
      keeping = false;
      continue;
    }
    if (begins) {
      keyColumn = column + 1 + line.slice(column + 1).search(/\S/);
    }
    const rest = line.slice(keyColumn);
    if (begins || (column === keyColumn && !isItem)) {
      keeping = FIELDS.has(/^["']?(\w+)["']?\s*:/.exec(rest)?.[1] ?? "");
    }
    if (keeping) {
      item.push(rest);
    }
  }
  if (item.length > 0) {
    yield { kind: "version", text: item.join("\n") };
  }
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, text[stop - 1] === "\r" ? stop - 1 : stop);
    start = stop + 1;
  }
}

function unquoted(key: string): string {
  return /^(["']?)(.*?)\1\s*:/.exec(key)?.[2] ?? "";
}

function versionIn(text: string): StatedVersion[] {
  try {
    const value: unknown = parse(text, { logLevel: "silent", schema: "core" });
    return isMap(value) ? [statedOf(value)] : [];
  } catch {
    return [];
  }
}

function statedOf(value: Readonly<Record<string, unknown>>): StatedVersion {
  const { version, appVersion, description, deprecated, kubeVersion } = value;
  return {
    version,
    appVersion: typeof appVersion === "number" ? String(appVersion) : appVersion,
    description,
    deprecated,
    kubernetes: kubeVersion,
  };
}
