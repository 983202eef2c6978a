import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../../../shared/kubernetes.ts";

/** `${NAME}`, `${NAME:=default}`, `${NAME:-default}` and `${NAME=default}`, as clusterctl has them; `$$` stands for `$`. */
const VARIABLE = /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::?[=-]([^}]*))?\}/g;

/** A template with its variables filled in, and those that have no value. */
export interface FilledTemplate {
  readonly text: string;
  readonly missing: readonly string[];
}

/** Fills in a template; a variable without a value and without a default stays as it is. */
export function fill(template: string, values: Readonly<Record<string, string>>): FilledTemplate {
  const missing = new Set<string>();
  const text = template.replace(VARIABLE, (written: string, name?: string, preset?: string) => {
    if (name === undefined) {
      return "$";
    }
    const value = Object.hasOwn(values, name) ? values[name] : preset;
    if (value === undefined) {
      missing.add(name);
      return written;
    }
    return value;
  });
  return { text, missing: [...missing] };
}

/** The objects of YAML documents, and what is wrong with those that are none; empty documents are read over. */
export function objectsIn(text: string): {
  readonly objects: readonly KubeObject[];
  readonly problem?: string;
} {
  const objects: KubeObject[] = [];
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors ?? [];
    if (error !== undefined) {
      return { objects, problem: `The template is no YAML: ${error.message.split("\n")[0] ?? ""}` };
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 100 });
    } catch {
      return { objects, problem: "The template has aliases of aliases beyond what can be read." };
    }
    if (value === null || value === undefined) {
      continue;
    }
    if (!isObject(value)) {
      return {
        objects,
        problem: "Every document of the template needs apiVersion, kind and metadata.name.",
      };
    }
    objects.push(value);
  }
  return { objects };
}

function isObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<KubeObject>;
  return typeof apiVersion === "string" && typeof kind === "string" && typeof metadata?.name === "string";
}
