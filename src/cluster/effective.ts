import { macrosOf } from "../profile/macros.ts";
import type { Layer, Profile } from "../profile/model.ts";
import { mapOf } from "../shared/records.ts";
import { cloudOf } from "./clouds/index.ts";
import { kubernetesVersion } from "./kubernetes.ts";
import { layerValues } from "./layerValues.ts";
import type { ClusterRequest } from "./model.ts";

/** What of a request fills in a profile; all that is known of a cluster that was made otherwise. */
export type ClusterFacts = Pick<
  ClusterRequest,
  "name" | "namespace" | "cloudType" | "cloudAccount" | "cloudConfig" | "profiles"
>;

/** A macro that stands alone between its braces: functions of Palette's templates are not run here. */
const PLAIN = /^\{\{\s*\.spectro\.(var|system|pack)\.([A-Za-z0-9_][-A-Za-z0-9_.]*)\s*\}\}$/;

/**
 * The profile as it is for this cluster: values of layers overridden by the request, and macros replaced whose values
 * are known here (variables with a value or a default, system macros, values of other packs; palette.md 2.6). Masked
 * variables whose value comes from elsewhere stay macros unless `secrets` has them.
 */
export function effectiveProfile(
  profile: Profile,
  request: ClusterFacts,
  secrets: Readonly<Record<string, string>> = {},
): Profile {
  const layers = ownLayers(profile, request);
  const values = new Map<string, string>([
    ...Object.entries(secrets).map(([name, value]) => [`var.${name}`, value] as const),
    ...[...variableValues(profile, request)].map(([name, value]) => [`var.${name}`, value] as const),
    ...Object.entries(systemValues(profile, request)).map(
      ([name, value]) => [`system.${name}`, value] as const,
    ),
  ]);
  return resolved(profile, layers, values);
}

/** The layers with the cluster's own values, as they are written: macros are still in them. */
export function ownLayers(profile: Profile, request: Pick<ClusterRequest, "profiles">): Layer[] {
  const own = new Map(request.profiles[0]?.packValues?.map(({ name, values }) => [name, values]));
  return profile.layers.map((layer) => ({ ...layer, values: own.get(layer.name) ?? layer.values }));
}

function resolved(profile: Profile, layers: readonly Layer[], values: ReadonlyMap<string, string>): Profile {
  const resolve = (text: string): string =>
    replaceMacros(text, (kind, name) =>
      kind === "pack" ? packValue(layers, name) : values.get(`${kind}.${name}`),
    );
  return {
    ...profile,
    layers: layers.map((layer) => ({
      ...layer,
      values: resolve(layer.values),
      manifests: layer.manifests.map(({ name, content }) => ({ name, content: resolve(content) })),
    })),
  };
}

/** The profile as all its clusters share it: variables have their defaults, and values of other packs are filled in. */
export function sharedProfile(profile: Profile): Profile {
  const defaults = new Map(
    profile.variables.flatMap(({ name, defaultValue, isSensitive }) =>
      defaultValue === undefined || isSensitive ? [] : [[`var.${name}`, defaultValue] as const],
    ),
  );
  return resolved(profile, profile.layers, defaults);
}

/** Values of the profile's variables for this cluster, as far as they are text: the request's, else the defaults. */
export function variableValues(
  profile: Profile,
  request: Pick<ClusterRequest, "profiles">,
): Map<string, string> {
  const given = request.profiles[0]?.variables ?? [];
  const values = new Map<string, string>();
  for (const { name, defaultValue, immutable } of profile.variables) {
    const own = given.find((each) => each.name === name);
    if (own !== undefined && !immutable) {
      if ("value" in own) {
        values.set(name, own.value);
      }
    } else if (defaultValue !== undefined) {
      values.set(name, defaultValue);
    }
  }
  return values;
}

function systemValues(profile: Profile, request: ClusterFacts): Readonly<Record<string, string>> {
  const region = request.cloudConfig.region ?? request.cloudConfig.location;
  const version = kubernetesVersion(profile);
  return {
    "cluster.name": request.name,
    "project.name": request.namespace,
    "clusterprofile.name": profile.name,
    "clusterprofile.version": profile.version,
    "clusterprofile.infra.name": profile.name,
    "clusterprofile.infra.version": profile.version,
    "cloud.type": cloudOf(request.cloudType)?.id ?? request.cloudType,
    ...(version === undefined ? {} : { "kubernetes.version": version }),
    ...(typeof region === "string" ? { "cloud.region": region } : {}),
    ...(request.cloudAccount === undefined ? {} : { "cloudaccount.name": request.cloudAccount }),
  };
}

/** `PACK.path.to.value` of another layer; Palette reads a value that is not there as an empty text. */
function packValue(layers: readonly Layer[], reference: string): string | undefined {
  const layer = layers
    .filter(({ name }) => reference.startsWith(`${name}.`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (layer === undefined) {
    return undefined;
  }
  let at: unknown = layerValues(layer);
  for (const step of reference.slice(layer.name.length + 1).split(".")) {
    const fields = mapOf(at);
    at = Object.hasOwn(fields, step) ? fields[step] : undefined;
  }
  return typeof at === "object" ? undefined : String(at ?? "");
}

function replaceMacros(text: string, known: (kind: string, name: string) => string | undefined): string {
  let result = "";
  let end = 0;
  for (const { span } of macrosOf(text)) {
    const [, kind, name] = PLAIN.exec(text.slice(span.start, span.end)) ?? [];
    const value = kind === undefined || name === undefined ? undefined : known(kind, name);
    if (value !== undefined) {
      result += text.slice(end, span.start) + value;
      end = span.end;
    }
  }
  return result + text.slice(end);
}
