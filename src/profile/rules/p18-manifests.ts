import type { Span } from "../../shared/diagnostic.ts";
import type { EmbeddedText } from "../embedded.ts";
import { CLUSTER_KINDS } from "../kubernetes-kinds.ts";
import { nodeAt, resolve, type YamlNode } from "../syntax/nodes.ts";
import type { Finding, Rule } from "./rule.ts";
import { isBroken, valuesOf } from "./values.ts";

/** What was parsed and had no problem, in a layer with a namespace and in one without: the next version shares it. */
const sound = new WeakSet<EmbeddedText["documents"]>();
const soundAlone = new WeakSet<EmbeddedText["documents"]>();

/** Manifests have names of their own in their layer, and hold Kubernetes objects. */
export const manifestsAreObjects: Rule = {
  code: "P18",
  *check(input) {
    for (const pack of input.profile.packs) {
      const seen = new Map<string, Span>();
      for (const manifest of pack.manifests) {
        const name = manifest.name?.text ?? "";
        if (name === "") {
          const place = manifest.name?.span ?? manifest.node.pairs[0]?.key.span ?? manifest.node.span;
          yield { severity: "error", message: "This manifest has no name.", span: place };
          continue;
        }
        const span = manifest.name?.span ?? manifest.node.span;
        const first = seen.get(name);
        if (first !== undefined) {
          yield {
            severity: "error",
            message: `Two manifests of this layer are called ${name}.`,
            span,
            related: [{ span: first, message: "The first one stands here." }],
          };
        }
        seen.set(name, first ?? span);
      }
    }
    for (const text of input.embedded) {
      if (text.kind !== "manifest") {
        continue;
      }
      for (const { problems } of text.documents) {
        yield* problems.map(text.lift);
      }
      if (!isBroken(text)) {
        const namespace = valuesOf(input, text.pack)?.at("pack", "namespace");
        const known = namespace === undefined ? soundAlone : sound;
        if (known.has(text.documents)) {
          continue;
        }
        const found = text.documents.flatMap(({ root }) => [
          ...objectProblems(text, root, namespace !== undefined),
        ]);
        if (found.length === 0) {
          known.add(text.documents);
        }
        yield* found;
      }
    }
  },
};

function* objectProblems(
  text: EmbeddedText,
  root: YamlNode | undefined,
  hasNamespace: boolean,
): Iterable<Finding> {
  const node = resolve(root);
  if (root === undefined || node === undefined) {
    return;
  }
  if (node.kind !== "map") {
    yield {
      severity: "error",
      message: "A manifest holds Kubernetes objects: maps with apiVersion, kind and metadata.",
      span: text.toSpan(root.span),
    };
    return;
  }
  const place = text.toSpan(node.pairs[0]?.key.span ?? node.span);
  const missing = ["apiVersion", "kind"].filter((key) => !hasText(node, key));
  if (missing.length > 0) {
    yield { severity: "error", message: `This object has no ${missing.join(" and no ")}.`, span: place };
    return;
  }
  const kind = nodeAt(node, "kind");
  const kindName = kind?.value?.kind === "scalar" ? kind.value.text : "";
  if (kindName.endsWith("List") || kind === undefined) {
    return;
  }
  if (!hasText(node, "metadata", "name") && !hasText(node, "metadata", "generateName")) {
    yield {
      severity: "error",
      message: `This ${kindName} has no metadata.name.`,
      span: text.toSpan(nodeAt(node, "metadata")?.key.span ?? kind.key.span),
    };
    return;
  }
  if (
    !hasNamespace &&
    !CLUSTER_KINDS.has(kindName) &&
    isBuiltIn(node) &&
    !hasText(node, "metadata", "namespace")
  ) {
    yield {
      severity: "warning",
      message: `This ${kindName} has no namespace: it goes to default.`,
      span: text.toSpan(nodeAt(node, "metadata")?.key.span ?? kind.key.span),
    };
  }
}

function hasText(node: YamlNode, ...path: readonly string[]): boolean {
  const value = nodeAt(node, ...path)?.value;
  return value?.kind === "scalar" && value.value !== null && value.text !== "";
}

/** Kinds of Kubernetes itself: whether a custom one has a namespace is not known here. */
function isBuiltIn(node: YamlNode): boolean {
  const value = nodeAt(node, "apiVersion")?.value;
  const group = value?.kind === "scalar" && value.text.includes("/") ? (value.text.split("/")[0] ?? "") : "";
  return !group.includes(".") || group.endsWith(".k8s.io");
}
