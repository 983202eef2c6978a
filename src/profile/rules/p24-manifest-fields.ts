import { nearest } from "../../shared/nearest.ts";
import { renameKey, replaceScalar } from "../edits.ts";
import type { EmbeddedText } from "../embedded.ts";
import type { KubernetesSchemas, ManifestField, ManifestType } from "../kubernetes/schemas.ts";
import {
  describeKind,
  entriesOf,
  type MapNode,
  nodeAt,
  resolve,
  type ScalarNode,
  type YamlNode,
} from "../syntax/nodes.ts";
import type { Finding, Rule } from "./rule.ts";
import { isBroken, isFilledInLater } from "./values.ts";

/** What was found in a text, with the places of that text: the next version of the profile shares it. */
const known = new WeakMap<EmbeddedText["documents"], readonly Finding[]>();

/** Nobody reads more about one object. */
const MAX_FINDINGS = 50;

/** Objects of Kubernetes' own API have the kinds and fields that it knows, as far as it is known here. */
export const manifestsHaveKnownFields: Rule = {
  code: "P24",
  *check({ embedded, kubernetes }) {
    if (kubernetes === undefined) {
      return;
    }
    for (const text of embedded) {
      if (text.kind !== "manifest" || isBroken(text)) {
        continue;
      }
      let findings = known.get(text.documents);
      if (findings === undefined) {
        findings = text.documents.flatMap(({ root }) => objectFindings(kubernetes, root));
        known.set(text.documents, findings);
      }
      yield* findings.map((finding) => lifted(text, finding));
    }
  },
};

/** In quotes a fix would have to be written otherwise: there is none there. */
function lifted(text: EmbeddedText, { span, fixes, ...finding }: Finding): Finding {
  const isBlock = text.node.style === "literal" || text.node.style === "folded";
  return {
    ...finding,
    span: text.toSpan(span),
    ...(fixes === undefined || !isBlock
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            title,
            edits: edits.map((edit) => ({ ...edit, span: text.toSpan(edit.span) })),
          })),
        }),
  };
}

function objectFindings(schemas: KubernetesSchemas, root: YamlNode | undefined): Finding[] {
  const node = resolve(root);
  const apiVersion = scalarAt(node, "apiVersion");
  const kind = scalarAt(node, "kind");
  if (node?.kind !== "map" || apiVersion === undefined || kind === undefined) {
    return [];
  }
  if ([apiVersion, kind].some(({ text }) => text === "" || isFilledInLater(text))) {
    return [];
  }
  const found = schemas.find(apiVersion.text, kind.text);
  if (found.state === "absent") {
    return [absent(schemas, apiVersion, kind, found)];
  }
  if (found.state === "foreign") {
    return [];
  }
  const findings: Finding[] = [];
  checkNode({ schemas, kind: kind.text, findings }, node, found.type, kind.text);
  return findings.slice(0, MAX_FINDINGS);
}

function scalarAt(node: YamlNode | undefined, name: string): ScalarNode | undefined {
  const value = node?.kind === "map" ? nodeAt(node, name)?.value : undefined;
  return value?.kind === "scalar" ? value : undefined;
}

function absent(
  { release }: KubernetesSchemas,
  apiVersion: ScalarNode,
  kind: ScalarNode,
  meant: { readonly apiVersion?: string; readonly kind?: string },
): Finding {
  const message = `Kubernetes ${release} has no ${kind.text} in ${apiVersion.text}.`;
  const [node, text] = meant.apiVersion === undefined ? [kind, meant.kind] : [apiVersion, meant.apiVersion];
  if (text === undefined) {
    return { severity: "warning", message, span: kind.span };
  }
  const where = meant.apiVersion === undefined ? `Did you mean ${text}?` : `It is in ${text}.`;
  return {
    severity: "warning",
    message: `${message} ${where}`,
    span: node.span,
    fixes: [{ title: `Change to ${text}`, edits: [replaceScalar(node, text)] }],
  };
}

interface Work {
  readonly schemas: KubernetesSchemas;
  readonly kind: string;
  readonly findings: Finding[];
}

/** @param title how messages call the place */
function checkNode(
  work: Work,
  written: YamlNode | undefined,
  type: ManifestType,
  title: string,
  field?: ManifestField,
): void {
  // What stands behind an alias is judged where it is written.
  const node = written?.kind === "alias" ? undefined : written;
  if (node === undefined || (node.kind === "scalar" && node.value === null)) {
    return;
  }
  switch (type.kind) {
    case "any":
      return;
    case "object":
      if (isKind(work, node, "map", title)) {
        checkFields(work, node, type, title);
      }
      return;
    case "map":
      if (isKind(work, node, "map", title)) {
        const own = ownKeys(node);
        for (const { written: value, key } of entriesOf(node).values()) {
          if (own.has(key)) {
            checkNode(work, value, type.item, `${key.text} in ${title}`);
          }
        }
      }
      return;
    case "list":
      if (isKind(work, node, "seq", title)) {
        for (const item of node.items) {
          checkNode(work, item, type.item, title, field);
        }
      }
      return;
    default:
      checkScalar(work, node, type.kind, title, field);
  }
}

function isKind<Kind extends "map" | "seq">(
  work: Work,
  node: YamlNode,
  kind: Kind,
  title: string,
): node is Extract<YamlNode, { kind: Kind }> {
  if (node.kind === kind || (node.kind === "scalar" && isFilledInLater(node.text))) {
    return node.kind === kind;
  }
  const wanted = kind === "map" ? "a map" : "a list";
  work.findings.push({
    severity: "warning",
    message: `${title} must be ${wanted}, but is ${describeKind(node)}.`,
    span: node.span,
  });
  return false;
}

function checkFields(work: Work, map: MapNode, type: ManifestType, title: string): void {
  const fields = work.schemas.fieldsOf(type);
  const entries = entriesOf(map);
  const whose = title === work.kind ? title : `${title} of ${work.kind}`;
  const likely = new Set(entries.keys());
  const own = ownKeys(map);
  for (const { name, key, written } of entries.values()) {
    const field = fields.get(name);
    if (!own.has(key) || isFilledInLater(name)) {
      continue;
    }
    if (field !== undefined) {
      checkNode(work, written, field.type, name, field);
      continue;
    }
    const meant = nearest(
      name,
      [...fields.keys()].filter((each) => !entries.has(each)),
    );
    if (meant !== undefined) {
      likely.add(meant);
    }
    const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
    work.findings.push({
      severity: "warning",
      message: `${name} is not a field of ${whose} in Kubernetes ${work.schemas.release}.${question}`,
      span: key.span,
      ...(meant === undefined ? {} : { fixes: [renameKey(key, meant)] }),
    });
  }
  // A macro in the place of a key may bring anything.
  const missing = [...entries.keys()].some(isFilledInLater)
    ? []
    : [...fields.values()].filter(({ name, required }) => required && !likely.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(" and ");
    work.findings.push({
      severity: "warning",
      message: `${names} ${missing.length === 1 ? "is" : "are"} missing in ${whose}. Kubernetes needs ${missing.length === 1 ? "it" : "them"}.`,
      span: map.pairs[0]?.key.span ?? map.span,
    });
  }
}

/** The keys of the map itself; those of one that it merges are judged where they are written. */
function ownKeys(map: MapNode): ReadonlySet<YamlNode> {
  return new Set(map.pairs.map(({ key }) => key));
}

type ScalarKind = Exclude<ManifestType["kind"], "any" | "object" | "list" | "map">;

const WANTED: Readonly<Record<ScalarKind, string>> = {
  text: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  either: "a number or a text",
  quantity: "a quantity such as 500m or 2Gi",
};

function checkScalar(
  work: Work,
  node: Exclude<YamlNode, { kind: "alias" }>,
  kind: ScalarKind,
  title: string,
  field: ManifestField | undefined,
): void {
  if (node.kind !== "scalar") {
    work.findings.push({
      severity: "warning",
      message: `${title} must be ${WANTED[kind]}, but is ${describeKind(node)}.`,
      span: node.span,
    });
    return;
  }
  if (isFilledInLater(node.text)) {
    return;
  }
  if (!fits(node, kind)) {
    const quotes = kind === "text" ? `"${node.text}"` : unquoted(node, kind);
    const fix = { title: `Change to ${quotes}`, edits: [{ span: node.span, text: quotes ?? "" }] };
    work.findings.push({
      severity: "warning",
      message: `${title} must be ${WANTED[kind]}${kind === "text" ? ": put it in quotes" : ""}.`,
      span: node.span,
      ...(quotes === undefined ? {} : { fixes: [fix] }),
    });
    return;
  }
  const values = field?.values ?? [];
  if (values.length > 0 && node.text !== "" && !values.includes(node.text)) {
    const meant = nearest(node.text, values);
    const few = values.length > 12 ? "" : ` It takes ${values.join(", ")}.`;
    work.findings.push({
      severity: "warning",
      message: `${node.text} is no value of ${title}.${few}`,
      span: node.span,
      ...(meant === undefined
        ? {}
        : { fixes: [{ title: `Change to ${meant}`, edits: [replaceScalar(node, meant)] }] }),
    });
  }
}

function fits({ value, text, style }: ScalarNode, kind: ScalarKind): boolean {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const isOldTruth = style === "plain" && OLD_TRUTHS.test(text);
  switch (kind) {
    case "text":
      return typeof value === "string" && !isOldTruth;
    case "integer":
      return typeof value === "bigint" || Number.isInteger(value);
    case "number":
      return isNumber;
    case "boolean":
      return typeof value === "boolean" || isOldTruth;
    case "either":
    case "quantity":
      return isNumber || typeof value === "string";
  }
}

/** What Kubernetes, which reads YAML 1.1, takes for true and false besides. */
const OLD_TRUTHS = /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;

/** A number or a truth that stands in quotes, without them. */
function unquoted({ style, text }: ScalarNode, kind: ScalarKind): string | undefined {
  const isQuoted = style === "single" || style === "double";
  const pattern = kind === "boolean" ? /^(?:true|false)$/ : /^-?\d+$/;
  return isQuoted && pattern.test(text) ? text : undefined;
}
