import { resolve, type YamlNode } from "../profile/syntax/nodes.ts";
import { parseYaml } from "../profile/syntax/parse.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { checkRequest } from "./check.ts";
import type { ClusterRequest, ProfileRef } from "./model.ts";
import { type ProfileView, type RequestView, textsOf, viewOf } from "./view.ts";

const DEFAULT_NAMESPACE = "default";

/** A parsed `*.cluster.yaml`. Everything else is derived from it. */
export interface RequestDocument {
  readonly text: string;
  readonly root: YamlNode | undefined;
  /** What hinders reading: code `YAML`, or `SHAPE` where the text holds no map. */
  readonly syntax: readonly Diagnostic[];
  /** Absent where the text holds no map. */
  readonly view: RequestView | undefined;
}

/** Parses a cluster request, YAML or JSON. Never throws. */
export function parseRequest(text: string): RequestDocument {
  const [first, next] = parseYaml(text);
  const root = first?.root;
  const top = resolve(root);
  const syntax: Diagnostic[] = [...(first?.problems ?? [])];
  if (syntax.length === 0 && top?.kind !== "map") {
    syntax.push({
      code: "SHAPE",
      severity: "error",
      message: "This cluster request is empty. It needs apiVersion, kind, metadata and spec.",
      span: top?.span ?? { start: 0, end: 0 },
    });
  }
  if (next !== undefined) {
    syntax.push({
      code: "YAML",
      severity: "warning",
      message: "A cluster request file holds one document. What follows is not read.",
      span: next.root?.span ?? { start: text.length, end: text.length },
    });
  }
  return { text, root, syntax, view: top?.kind === "map" ? viewOf(top) : undefined };
}

/** The request, if nothing about it is an error. */
export function requestOf(document: RequestDocument): ClusterRequest | undefined {
  const { view } = document;
  if (view === undefined || checkRequest(document).some(({ severity }) => severity === "error")) {
    return undefined;
  }
  return {
    name: view.name?.text ?? "",
    namespace: view.namespace?.text || DEFAULT_NAMESPACE,
    labels: textsOf(view.labels),
    cloudType: view.cloudType?.text ?? "",
    profiles: view.profiles.map(profileRef),
    machinePools: view.pools.map((pool) => ({
      name: pool.name?.text ?? "",
      isControlPlane: pool.isControlPlane?.text === "true",
      size: Number(pool.size?.text),
      additionalLabels: textsOf(pool.additionalLabels),
    })),
  };
}

function profileRef({ file, name, version }: ProfileView): ProfileRef {
  return file === undefined ? { name: name?.text ?? "", version: version?.text ?? "" } : { file: file.text };
}
