import { type Document, parseAllDocuments } from "yaml";
import { CLUSTER_KINDS } from "../profile/kubernetes-kinds.ts";
import { type Fields, mapOf } from "../shared/records.ts";

/** The manifests of a layer as one cluster has them. */
export interface ManifestSource {
  /** A Secret where masked variables are in them. */
  readonly kind: "ConfigMap" | "Secret";
  /** YAML documents. */
  readonly texts: readonly string[];
}

/** The object of one document of a manifest. */
export interface ManifestObject {
  /** Equal for documents that write the same object, in whatever version of its API. */
  readonly id: string;
  readonly kind: string;
  /** `ConfigMap default/notes`, as previews name objects. */
  readonly what: string;
  /** Its document as it is written, after a separator. */
  readonly text: string;
}

/** The objects in manifests. Documents that name none are passed over: Sveltos puts none of them anywhere. */
export function manifestObjects({ texts }: ManifestSource): ManifestObject[] {
  return texts.flatMap((text) =>
    [...parseAllDocuments(text, { logLevel: "silent" })].flatMap((document) => objectOf(document, text)),
  );
}

function objectOf(document: Document.Parsed, text: string): ManifestObject[] {
  const { apiVersion, kind, metadata } = fieldsOf(document);
  const { name, namespace } = mapOf(metadata);
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string") {
    return [];
  }
  const [group] = apiVersion.includes("/") ? apiVersion.split("/") : [""];
  // As Sveltos has it: nothing of the whole cluster has a namespace, and the others are in default without one.
  const place = CLUSTER_KINDS.has(kind) ? "" : String(namespace ?? "default");
  const [start, , end] = document.range;
  return [
    {
      id: [group, kind, place, name].join("/"),
      kind,
      what: `${kind} ${place === "" ? "" : `${place}/`}${name}`,
      text: text.slice(start, end).replace(/^(?!---)/, "---\n"),
    },
  ];
}

function fieldsOf(document: Document.Parsed): Fields {
  try {
    return mapOf(document.toJS({ maxAliasCount: 100 }));
  } catch {
    // Aliases of aliases beyond what anybody reads.
    return {};
  }
}
