import { Document, Scalar, type ScalarTag, visit } from "yaml";
import { PaletteError } from "../shared/errors.ts";
import type { ProfileDocument } from "./document.ts";
import { type FieldShape, PROFILE_SHAPE } from "./shape.ts";
import { entriesOf, resolve, type ScalarNode, type YamlNode } from "./syntax/nodes.ts";

/**
 * The profile as the JSON that Palette exports and imports, nothing left out; comments, which JSON cannot hold, are
 * gone. Texts such as `tag: 22.10` become texts, as Palette reads them. Throws `InvalidDocument` where the text
 * cannot be read.
 */
export function profileToJson(document: ProfileDocument): string {
  return `${jsonText(dataOf(document), "")}\n`;
}

/** The profile as YAML, with values and manifests as blocks of text. Throws `InvalidDocument` like `profileToJson`. */
export function profileToYaml(document: ProfileDocument): string {
  // Whoever reads YAML 1.1, as Go programs do, takes `yes` and `2026-01-01` for something else than text: quoted.
  const yaml = new Document(dataOf(document), { compat: "yaml-1.1", customTags: [exactNumber] });
  visit(yaml, {
    Scalar(_, node) {
      if (typeof node.value === "string" && node.value.includes("\n")) {
        // A block that begins with blanks does not come back as it was.
        node.type = /^\S/.test(node.value) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
      }
    },
  });
  // Quoted texts stay on one line: the library's own line breaks lose blanks.
  return yaml.toString({ lineWidth: 0, minContentWidth: 0, doubleQuotedMinMultiLineLength: 1e9 });
}

/** A number as it is written: JavaScript would round what is long, and write 1.50 as 1.5. */
class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const exactNumber: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value) => value instanceof ExactNumber,
  resolve: (text) => text,
  stringify: ({ value }) => (value instanceof ExactNumber ? value.text : String(value)),
};

/** A map keeps its keys in order, which an object does not: `"10"` would come behind `"2"`. */
type Data = string | boolean | null | ExactNumber | readonly Data[] | ReadonlyMap<string, Data>;

function dataOf({ root, syntax, foreign }: ProfileDocument): Data {
  const [problem] = syntax.filter(({ severity }) => severity === "error");
  if (problem !== undefined || foreign || root === undefined) {
    throw new PaletteError("InvalidDocument", problem?.message ?? "This is not a cluster profile.");
  }
  return toData(root, PROFILE_SHAPE);
}

function toData(written: YamlNode | undefined, shape: FieldShape | undefined): Data {
  const node = resolve(written);
  switch (node?.kind) {
    case "map":
      return new Map(
        [...entriesOf(node)].map(([name, entry]) => [name, toData(entry.value, fieldOf(shape, name))]),
      );
    case "seq":
      return node.items.map((item) => toData(item, shape?.kind === "list" ? shape : undefined));
    case "scalar":
      if (node.value === null) {
        return shape?.kind === "text" ? "" : null;
      }
      return shape?.kind === "text" ? node.text : plain(node, node.value);
    default:
      return shape?.kind === "text" ? "" : null;
  }
}

/** What JSON can say of a scalar: a number as it is written, or in decimal; `.inf` and `.nan` only as texts. */
function plain(node: ScalarNode, value: NonNullable<ScalarNode["value"]>): Data {
  if (typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(node.text)) {
    return new ExactNumber(node.text);
  }
  return typeof value === "bigint" || Number.isFinite(value) ? new ExactNumber(String(value)) : node.text;
}

/** As `JSON.stringify` writes with two blanks per level. */
function jsonText(data: Data, indent: string): string {
  if (data instanceof ExactNumber) {
    return data.text;
  }
  const inner = `${indent}  `;
  const block = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0
      ? open + close
      : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
  if (data instanceof Map) {
    const pairs = [...(data as ReadonlyMap<string, Data>)].map(
      ([name, value]) => `${JSON.stringify(name)}: ${jsonText(value, inner)}`,
    );
    return block("{", pairs, "}");
  }
  return Array.isArray(data)
    ? block(
        "[",
        (data as readonly Data[]).map((item) => jsonText(item, inner)),
        "]",
      )
    : JSON.stringify(data);
}

function fieldOf(shape: FieldShape | undefined, name: string): FieldShape | undefined {
  return shape?.fields !== undefined && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
}
