import type { Diagnostic, Span } from "../shared/diagnostic.ts";
import { nearest } from "../shared/nearest.ts";
import { renameKey } from "./edits.ts";
import type { FieldShape } from "./shape.ts";
import {
  describeKind,
  entriesOf,
  type MapNode,
  resolve,
  type ScalarNode,
  type YamlNode,
} from "./syntax/nodes.ts";

/**
 * Fields of the wrong kind and required fields that are missing (errors), and fields that the format does not
 * have (warnings with the nearest known name; an error where that one is needed and not there). Code `SHAPE`. Whatever it reports, the rules do not report again.
 */
export function checkShape(root: YamlNode, shape: FieldShape): ShapeResult {
  const result: ShapeResult = { problems: [], misspelled: new Map() };
  checkNode(root, undefined, shape, "The profile", result);
  return result;
}

interface ShapeResult {
  readonly problems: Diagnostic[];
  /** Fields that are there under a name that was reported as misspelled. */
  readonly misspelled: Map<MapNode, Set<string>>;
}

function checkNode(
  written: YamlNode | undefined,
  key: ScalarNode | undefined,
  shape: FieldShape,
  title: string,
  result: ShapeResult,
): void {
  const node = resolve(written);
  const nothing = node === undefined || (node.kind === "scalar" && node.value === null);
  if (shape.kind === "list") {
    if (nothing) {
      return;
    }
    if (node.kind !== "seq") {
      result.problems.push(
        wrongKind(written ?? node, `${title} must be a list, but is ${describeKind(node)}.`),
      );
      return;
    }
    const label = shape.item ?? "item";
    if (shape.fields !== undefined && node.items.includes(undefined)) {
      result.problems.push({
        code: "SHAPE",
        severity: "error",
        message: `${title} has an empty item: a dash without a ${label} behind it.`,
        span: key?.span ?? node.span,
      });
    }
    for (const item of node.items) {
      if (shape.fields !== undefined && item !== undefined) {
        checkNode(item, undefined, { ...shape, kind: "object" }, `A ${label}`, result);
      }
    }
    return;
  }
  if (shape.kind === "object") {
    if (nothing) {
      if (key !== undefined) {
        missingFields(new Set(), shape, key.span, title, result);
      }
      return;
    }
    if (node.kind !== "map") {
      result.problems.push(
        wrongKind(written ?? node, `${title} must be a map, but is ${describeKind(node)}.`),
      );
      return;
    }
    checkFields(node, key, shape, title, result);
    return;
  }
  if (nothing) {
    return;
  }
  if (shape.kind === "map" && node.kind !== "map") {
    result.problems.push(wrongKind(written ?? node, `${title} must be a map, but is ${describeKind(node)}.`));
  } else if (shape.kind === "text" && node.kind !== "scalar") {
    const hint =
      shape.yaml === true ? ` Write it as a block of text, with | behind ${key?.text ?? "the key"}:.` : "";
    result.problems.push(
      wrongKind(written ?? node, `${title} must be a text, but is ${describeKind(node)}.${hint}`),
    );
  } else if (shape.kind === "boolean" && !(node.kind === "scalar" && typeof node.value === "boolean")) {
    result.problems.push(wrongKind(written ?? node, `${title} must be true or false, without quotes.`));
  }
}

function wrongKind(node: YamlNode, message: string): Diagnostic {
  return { code: "SHAPE", severity: "error", message, span: node.span };
}

function checkFields(
  map: MapNode,
  key: ScalarNode | undefined,
  shape: FieldShape,
  title: string,
  result: ShapeResult,
): void {
  const fields = shape.fields ?? {};
  const names = Object.keys(fields);
  const entries = entriesOf(map);
  const own = new Set<YamlNode>(map.pairs.map((pair) => pair.key));
  const likely = new Set<string>();
  for (const entry of entries.values()) {
    const field = Object.hasOwn(fields, entry.name) ? fields[entry.name] : undefined;
    if (field !== undefined) {
      likely.add(entry.name);
      checkNode(entry.written, entry.key, field, entry.name, result);
      continue;
    }
    if (entry.name.startsWith("x-") || !own.has(entry.key)) {
      continue;
    }
    const free = names.filter((name) => !entries.has(name) && fields[name]?.internal !== true);
    const meant = nearest(entry.name, free) ?? onlyRequired(entry.value, free, fields);
    const misspelled =
      meant !== undefined && (fields[meant]?.required === true || fields[meant]?.needed === true);
    if (meant !== undefined) {
      likely.add(meant);
      result.misspelled.set(map, (result.misspelled.get(map) ?? new Set()).add(meant));
    }
    const where = key === undefined ? title.replace(/^(The|A) /, "a ") : key.text;
    const question = meant === undefined ? "Palette ignores it." : `Did you mean ${meant}?`;
    result.problems.push({
      code: "SHAPE",
      severity: misspelled ? "error" : "warning",
      message: `${entry.name} is not a field of ${where}. ${question}`,
      span: entry.key.span,
      ...(meant === undefined ? {} : { fixes: [renameKey(entry.key, meant)] }),
    });
  }
  missingFields(likely, shape, (key ?? map.pairs[0]?.key ?? map).span, title, result);
}

/** A map under an unknown key that holds what a missing required field would hold, such as `metdta: {name: …}`. */
function onlyRequired(
  value: YamlNode | undefined,
  free: readonly string[],
  fields: Readonly<Record<string, FieldShape>>,
): string | undefined {
  if (value?.kind !== "map") {
    return undefined;
  }
  const held = entriesOf(value);
  return free.find((name) => {
    const field = fields[name];
    return field?.required === true && Object.keys(field.fields ?? {}).some((inner) => held.has(inner));
  });
}

function missingFields(
  present: ReadonlySet<string>,
  shape: FieldShape,
  place: Span,
  title: string,
  result: ShapeResult,
): void {
  const fields = shape.fields ?? {};
  for (const name in fields) {
    const field = fields[name];
    if (field?.required === true && !present.has(name)) {
      result.problems.push({
        code: "SHAPE",
        severity: "error",
        message: `${title} has no ${name}. ${field.doc.replace(/^./, (c) => `It holds ${c.toLowerCase()}`)}`,
        span: place,
      });
    }
  }
}
