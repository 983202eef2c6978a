import type { Identity } from "../../cluster/clouds/cloud.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { SECRET } from "../kinds.ts";
import type { ObjectRef } from "../management.ts";

/** Fields of identities that name their secret, as a text or as a reference (engines.md 3.3). */
const FIELDS = ["secretRef", "clientSecret", "principalSecret", "secretName", "credentialsRef"] as const;

/** The secret that an identity takes its credentials from; nothing where it needs none. */
export function secretOf(identity: Identity, object: KubeObject): ObjectRef | undefined {
  const spec = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  for (const field of FIELDS) {
    const found = spec[field];
    if (typeof found === "string" && found !== "") {
      return { ...SECRET, name: found, namespace: secretNamespace(identity, object) };
    }
    const { name, namespace } = (found ?? {}) as { name?: unknown; namespace?: unknown };
    if (typeof name === "string" && name !== "") {
      return {
        ...SECRET,
        name,
        namespace:
          typeof namespace === "string" && namespace !== "" ? namespace : secretNamespace(identity, object),
      };
    }
  }
  return undefined;
}

/** Where the provider looks for the secrets of its identities: where a new one would be written to. */
function secretNamespace(
  identity: Identity,
  { metadata: { name, namespace = "default" } }: KubeObject,
): string {
  const secret = identity.render({ name, namespace, values: {} }).find(({ kind }) => kind === SECRET.kind);
  return secret?.metadata.namespace ?? namespace;
}
