import { stringify } from "yaml";

/** A pack or a variable as it stands in a profile. */
export type Fields = Readonly<Record<string, unknown>>;

interface AddOn {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly packs: readonly Fields[];
  readonly variables?: readonly Fields[];
}

/** The text of an add-on profile. */
export function addOnText({ version = "1.0.0", packs, variables = [], ...metadata }: AddOn): string {
  const template = { type: "add-on", cloudType: "all", packs };
  return stringify({ metadata, spec: { version, template, variables } }, { lineWidth: 0 });
}

/** A chart of the registry `local`. */
export function chartPack(name: string, version: string, values: string): Fields {
  const registry = { metadata: { name: "local", kind: "helm" } };
  return { name, type: "helm", layer: "addon", version, tag: version, values, registry };
}

/** A layer that is one ConfigMap in the namespace `default`. */
export function configMapPack(name: string, data: Fields, configMap: string = name): Fields {
  const metadata = { name: configMap, namespace: "default" };
  const content = stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data }, { lineWidth: 0 });
  const values = "pack: { namespace: default }";
  return { name, type: "manifest", layer: "addon", values, manifests: [{ name, content }] };
}

/** A variable that must have a value. */
export function textVariable(name: string, changes: Fields = {}): Fields {
  const flags = { required: true, immutable: false, hidden: false, isSensitive: false };
  return { name, displayName: name, format: "string", inputType: "text", ...flags, ...changes };
}
