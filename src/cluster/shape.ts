import { renameKey } from "../profile/edits.ts";
import {
  describeKind,
  entriesOf,
  type MapNode,
  resolve,
  type ScalarNode,
  type YamlNode,
} from "../profile/syntax/nodes.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { nearest } from "../shared/nearest.ts";
import type { FieldShape } from "./fields.ts";

/** What Palette's API calls a field that has another name in the file. */
const PALETTE_NAMES: Readonly<Record<string, string>> = {
  cloudAccountUid: "cloudAccount",
  machinepoolconfig: "machinePools",
};

/**
 * Fields of the wrong kind (`SHAPE`), fields that have no effect yet (C11), and fields that a request does not
 * have (C12, with the nearest known name). What is absent is for the rules to say.
 */
export function checkShape(root: YamlNode, shape: FieldShape): Diagnostic[] {
  const problems: Diagnostic[] = [];
  checkNode(root, shape, "The request", problems);
  return problems;
}

function checkNode(
  written: YamlNode | undefined,
  shape: FieldShape,
  title: string,
  problems: Diagnostic[],
): void {
  const node = resolve(written);
  if (node === undefined || (node.kind === "scalar" && node.value === null)) {
    return;
  }
  const wrong = wrongKind(node, shape);
  if (wrong !== undefined) {
    problems.push({
      code: "SHAPE",
      severity: "error",
      message: `${title} must be ${wrong}, but is ${shape.values !== undefined && node.kind === "scalar" ? node.text : describeKind(node)}.`,
      span: (written ?? node).span,
    });
    return;
  }
  if (shape.fields === undefined) {
    return;
  }
  if (node.kind === "map") {
    checkFields(node, shape.fields, title, problems);
  } else if (node.kind === "seq") {
    for (const item of node.items) {
      checkNode(item, { kind: "object", fields: shape.fields }, `A ${shape.item ?? "item"}`, problems);
    }
  }
}

/** What a node should be, where it is something else. */
function wrongKind(node: YamlNode, { kind, values }: FieldShape): string | undefined {
  if (values !== undefined && node.kind === "scalar" && !values.includes(node.text)) {
    return `one of ${values.join(", ")}`;
  }
  switch (kind) {
    case "list":
      return node.kind === "seq" ? undefined : "a list";
    case "map":
    case "object":
      return node.kind === "map" ? undefined : "a map";
    case "boolean":
      return node.kind === "scalar" && typeof node.value === "boolean" ? undefined : "true or false";
    case "number":
      return node.kind === "scalar" && typeof node.value !== "string" && typeof node.value !== "boolean"
        ? undefined
        : "a number";
    case "text":
      return node.kind === "scalar" ? undefined : "a text";
  }
}

function checkFields(
  map: MapNode,
  fields: Readonly<Record<string, FieldShape>>,
  title: string,
  problems: Diagnostic[],
): void {
  const entries = entriesOf(map);
  for (const entry of entries.values()) {
    const field = Object.hasOwn(fields, entry.name) ? fields[entry.name] : undefined;
    if (field === undefined) {
      const free = Object.keys(fields).filter((name) => !entries.has(name));
      problems.push(unknownField(entry.name, entry.key, free, title));
    } else if (field.unused !== true) {
      checkNode(entry.written, field, entry.name, problems);
    } else if (!isEmpty(entry.value)) {
      problems.push({
        code: "C11",
        severity: "warning",
        message: `${entry.name} has no effect yet. The cluster is made without it.`,
        span: entry.key.span,
        unnecessary: true,
      });
    }
  }
}

function unknownField(name: string, key: ScalarNode, free: readonly string[], title: string): Diagnostic {
  const palette = Object.hasOwn(PALETTE_NAMES, name) ? PALETTE_NAMES[name] : undefined;
  const meant = palette !== undefined && free.includes(palette) ? palette : nearest(name, free);
  const owner = title.replace(/^(The|A) /, "a ");
  return {
    code: "C12",
    severity: "warning",
    message: `${name} is not a field of ${owner}. ${meant === undefined ? "It has no effect." : `Did you mean ${meant}?`}`,
    span: key.span,
    ...(meant === undefined ? {} : { fixes: [renameKey(key, meant)] }),
  };
}

/** Nothing, or a collection without anything in it: nothing is lost by reading over it. */
function isEmpty(node: YamlNode | undefined): boolean {
  switch (node?.kind) {
    case "map":
      return node.pairs.length === 0;
    case "seq":
      return node.items.length === 0;
    case "scalar":
      return node.value === null || node.value === "";
    default:
      return node === undefined;
  }
}
