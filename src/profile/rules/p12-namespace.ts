import type { Entry, YamlNode } from "../syntax/nodes.ts";
import { keyText, resolve } from "../syntax/nodes.ts";
import type { Rule } from "./rule.ts";
import { isFilledInLater, valuesOf } from "./values.ts";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Namespaces in values are names that Kubernetes takes, and a Helm layer has one. */
export const namespacesAreNames: Rule = {
  code: "P12",
  *check(input) {
    for (const pack of input.profile.packs) {
      const values = valuesOf(input, pack);
      const namespace = values?.at("pack", "namespace");
      if (
        pack.type?.text === "helm" &&
        !isWritten(namespace) &&
        (values !== undefined || isEmpty(pack.values?.text))
      ) {
        yield {
          severity: "error",
          message: `${pack.name?.text || "This layer"} has no namespace. A Helm layer needs pack.namespace in its values.`,
          span: pack.values?.key.span ?? pack.name?.span ?? pack.span,
        };
      }
      if (values === undefined) {
        continue;
      }
      const additional = values.at("pack", "additionalNamespaces");
      for (const node of [namespace?.written, ...namesIn(additional)]) {
        const target = resolve(node);
        if (node === undefined || target?.kind !== "scalar" || target.value === null) {
          continue;
        }
        if (!isNamespace(target.text)) {
          yield {
            severity: "error",
            message: `${target.text} is not a namespace: lower-case letters, digits and dashes, at most 63.`,
            span: values.text.toSpan(node.span),
          };
        }
      }
    }
  },
};

function isEmpty(text: string | undefined): boolean {
  return (text ?? "").trim() === "";
}

function isWritten(entry: Entry | undefined): boolean {
  return entry?.value?.kind === "scalar" && entry.value.text !== "" && entry.value.value !== null;
}

function isNamespace(name: string): boolean {
  return isFilledInLater(name) || (name.length <= 63 && LABEL.test(name));
}

/** The names under `additionalNamespaces`: keys of a map, items of a list, or one text. */
function namesIn(entry: Entry | undefined): (YamlNode | undefined)[] {
  const node = entry?.value;
  switch (node?.kind) {
    case "map":
      return node.pairs.filter((pair) => keyText(pair) !== undefined).map(({ key }) => key);
    case "seq":
      return [...node.items];
    case "scalar":
      return /[,\s]/.test(node.text) ? [] : [entry?.written];
    default:
      return [];
  }
}
