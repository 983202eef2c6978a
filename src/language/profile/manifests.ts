import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextMode,
  type Range,
} from "vscode-languageserver-types";
import type { Cursor } from "../../profile/cursor.ts";
import type { EmbeddedText } from "../../profile/embedded.ts";
import type { KubernetesSchemas, ManifestField, ManifestType } from "../../profile/kubernetes/schemas.ts";
import { locate } from "../../profile/locate.ts";
import { manifestHead } from "../../profile/manifest-head.ts";
import type { Span } from "../../shared/diagnostic.ts";
import { behindKey } from "./behindKey.ts";

interface Place {
  readonly cursor: Cursor;
  /** What the completion replaces. */
  readonly range: Range;
  readonly offset: number;
  readonly eol: string;
}

/**
 * What may be written in a manifest of Kubernetes' own API: kinds, fields and values.
 * @param path from the root of the object, `[]` for items of lists
 */
export function manifestCompletion(
  schemas: KubernetesSchemas,
  text: EmbeddedText,
  path: readonly string[],
  place: Place,
): CompletionItem[] {
  const { apiVersion, kind } = manifestHead(text, place.offset);
  const { cursor } = place;
  const [top] = path;
  if (path.length === 1 && cursor.kind === "value" && (top === "apiVersion" || top === "kind")) {
    const known = kind === "" ? schemas.apiVersions() : schemas.apiVersionsOf(kind);
    const values = top === "kind" ? schemas.kindsOf(apiVersion === "" ? undefined : apiVersion) : known;
    return values.map((value) => word(place, value));
  }
  const found = schemas.find(apiVersion, kind);
  if (found.state !== "known") {
    return path.length === 0 && cursor.kind === "key" ? heads(schemas, place, kind === "") : [];
  }
  const { type, field } = schemas.at(found.type, path);
  if (cursor.kind === "value" || (type?.kind !== "object" && path.at(-1) === "[]")) {
    const values = type?.kind === "boolean" ? ["true", "false"] : (field?.values ?? []);
    return type?.kind === "list" ? [] : values.map((value) => word(place, value));
  }
  return [...schemas.fieldsOf(type).values()]
    .filter(({ name }) => !cursor.siblings.has(name) && !(path.length === 0 && name === "status"))
    .map((each) => key(place, each.name, documentation(each), behind(each.type, place)));
}

/** Before an object says what it is: whole heads, and the keys that say it. */
function heads(schemas: KubernetesSchemas, place: Place, isNew: boolean): CompletionItem[] {
  const keys = ["apiVersion", "kind"].filter((name) => !place.cursor.siblings.has(name));
  const next = place.eol + " ".repeat(place.cursor.column);
  const whole = !isNew || place.cursor.siblings.size > 0 ? [] : schemas.kindsOf(undefined);
  return [
    ...keys.map((name) => key(place, name, "", " ")),
    ...whole.map((kind): CompletionItem => {
      const [apiVersion = ""] = schemas.apiVersionsOf(kind).toReversed();
      return {
        label: kind,
        labelDetails: { description: apiVersion },
        kind: CompletionItemKind.Snippet,
        sortText: `1${kind}`,
        insertTextMode: InsertTextMode.asIs,
        textEdit: {
          range: place.range,
          newText: `apiVersion: ${apiVersion}${next}kind: ${kind}${next}metadata:${next}  name: `,
        },
      };
    }),
  ];
}

function key({ range }: Place, name: string, doc: string, after: string): CompletionItem {
  return {
    label: name,
    kind: CompletionItemKind.Property,
    documentation: { kind: "markdown", value: doc },
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range, newText: `${name}:${after}` },
  };
}

function word({ range }: Place, value: string): CompletionItem {
  return { label: value, kind: CompletionItemKind.EnumMember, textEdit: { range, newText: value } };
}

function behind({ kind }: ManifestType, { cursor, eol }: Place): string {
  return behindKey(kind, `${eol}${" ".repeat(cursor.column + 2)}`);
}

/** On a key of a manifest: what the field means to Kubernetes. */
export function manifestHover(
  schemas: KubernetesSchemas,
  text: EmbeddedText,
  offset: number,
): { readonly value: string; readonly span: Span } | undefined {
  const { apiVersion, kind } = manifestHead(text, offset);
  const found = schemas.find(apiVersion, kind);
  const inner = text.toDecoded(offset);
  const place = text.documents
    .map(({ root }) => locate(root, inner))
    .find((each) => each.key !== undefined && each.onKey);
  if (found.state !== "known" || place?.key === undefined) {
    return undefined;
  }
  const { field } = schemas.at(found.type, place.path);
  return field === undefined
    ? undefined
    : { value: `**${field.name}** (${kind})\n\n${documentation(field)}`, span: text.toSpan(place.key.span) };
}

function documentation({ doc, type, values }: ManifestField): string {
  const choices = values.length === 0 ? "" : `One of ${values.map((each) => `\`${each}\``).join(", ")}.`;
  return [doc, choices, `Holds ${nameOf(type)}.`].filter((part) => part !== "").join("\n\n");
}

function nameOf(type: ManifestType): string {
  switch (type.kind) {
    case "list":
      return `a list, each item ${nameOf(type.item)}`;
    case "map":
    case "object":
      return "a map";
    case "any":
      return "anything";
    case "text":
      return "a text";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "either":
      return "a number or a text";
    case "quantity":
      return "a quantity such as `500m` or `2Gi`";
  }
}
