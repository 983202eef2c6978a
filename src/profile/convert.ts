import { Document, Scalar, visit } from "yaml";
import { PaletteError } from "../shared/errors.ts";
import type { ProfileDocument } from "./document.ts";
import { type FieldShape, PROFILE_SHAPE } from "./shape.ts";
import { entriesOf, resolve, type YamlNode } from "./syntax/nodes.ts";

/**
 * The profile as the JSON that Palette exports and imports, nothing left out; comments, which JSON cannot hold, are
 * gone. Texts such as `tag: 22.10` become texts, as Palette reads them. Throws `InvalidDocument` where the text
 * cannot be read.
 */
export function profileToJson(document: ProfileDocument): string {
  return `${JSON.stringify(dataOf(document), undefined, 2)}\n`;
}

/** The profile as YAML, with values and manifests as blocks of text. Throws `InvalidDocument` like `profileToJson`. */
export function profileToYaml(document: ProfileDocument): string {
  const yaml = new Document(dataOf(document));
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

function dataOf({ root, syntax, foreign }: ProfileDocument): unknown {
  const [problem] = syntax.filter(({ severity }) => severity === "error");
  if (problem !== undefined || foreign || root === undefined) {
    throw new PaletteError("InvalidDocument", problem?.message ?? "This is not a cluster profile.");
  }
  return toData(root, PROFILE_SHAPE);
}

function toData(written: YamlNode | undefined, shape: FieldShape | undefined): unknown {
  const node = resolve(written);
  switch (node?.kind) {
    case "map":
      return Object.fromEntries(
        [...entriesOf(node)].map(([name, entry]) => [name, toData(entry.value, fieldOf(shape, name))]),
      );
    case "seq":
      return node.items.map((item) => toData(item, shape?.kind === "list" ? shape : undefined));
    case "scalar":
      if (node.value === null) {
        return shape?.kind === "text" ? "" : null;
      }
      return shape?.kind === "text" ? node.text : plain(node.value);
    default:
      return shape?.kind === "text" ? "" : null;
  }
}

function plain(value: string | number | bigint | boolean): string | number | boolean {
  return typeof value === "bigint" ? Number(value) : value;
}

function fieldOf(shape: FieldShape | undefined, name: string): FieldShape | undefined {
  return shape?.fields !== undefined && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
}
