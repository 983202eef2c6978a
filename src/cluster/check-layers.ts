import { macrosOf } from "../profile/macros.ts";
import type { Layer, Profile } from "../profile/model.ts";
import { effectiveProfile, ownLayers } from "./effective.ts";
import type { FitProblem } from "./fit.ts";
import { kubernetesSettings } from "./kubernetes.ts";
import { parseValues } from "./layerValues.ts";
import type { ClusterRequest } from "./model.ts";
import { originOf } from "./origin.ts";

/** What is wrong with the layers of a profile as they are for one cluster. */
export function* checkLayers(request: ClusterRequest, profile: Profile): Iterable<FitProblem> {
  const effective = effectiveProfile(profile, request);
  const written = ownLayers(profile, request);
  for (const [i, layer] of written.entries()) {
    const message = yamlProblem(effective.layers[i]);
    if (message !== undefined) {
      yield brokenLayer(request, profile, layer, message);
    }
  }
  yield* macroProblems(request, profile, effective, written);
}

function brokenLayer(request: ClusterRequest, profile: Profile, layer: Layer, message: string): FitProblem {
  const isWritten = yamlProblem(layer) !== undefined;
  const path = originOf(request, layer, isWritten ? "" : layer.values, (variable) => {
    const alone = { ...request.profiles[0], variables: [variable] } as ClusterRequest["profiles"][number];
    const { layers } = effectiveProfile(profile, { ...request, profiles: [alone] });
    return yamlProblem(layers.find(({ name }) => name === layer.name)) !== undefined;
  });
  return path.includes("variables")
    ? {
        path,
        message: `With this value, the values of layer ${layer.name} are no YAML: ${message}`,
        next: "Choose another value, or change how the layer quotes it.",
      }
    : {
        path,
        message: `The values of layer ${layer.name} are no YAML: ${message}`,
        next: path.includes("packValues")
          ? "Correct them."
          : "Correct the profile, or give its variables values that fit.",
      };
}

function yamlProblem(layer: Layer | undefined): string | undefined {
  try {
    parseValues(layer?.values ?? "");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Macros that would go onto machines as they are: nothing resolves them there. */
function* macroProblems(
  request: ClusterRequest,
  profile: Profile,
  effective: Profile,
  written: readonly Layer[],
): Iterable<FitProblem> {
  const found = textsIn(kubernetesSettings(effective)?.kubeadm).flatMap((text) =>
    macrosOf(text).flatMap(({ span, refs: [ref] }) =>
      ref === undefined ? [] : [[text.slice(span.start, span.end), ref] as const],
    ),
  );
  for (const [macro, { kind, name }] of new Map(found)) {
    const i = effective.layers.findIndex(
      ({ layer, values }) => (layer === "k8s" || layer === "os") && values.includes(macro),
    );
    const path = originOf(request, written[i], macro);
    const variable = kind === "var" ? profile.variables.find((each) => each.name === name) : undefined;
    const isMasked = variable?.isSensitive === true || path.at(-1) === "valueFrom";
    yield {
      path,
      message: isMasked
        ? `Layer ${written[i]?.name} writes ${macro} onto machines, and the value of masked variable ${name} lies in a Secret`
        : `Layer ${written[i]?.name} writes ${macro} onto machines, and it has no value here`,
      next: isMasked
        ? "Take it out of kubeadmconfig: objects of machines hold no secret. A layer on the cluster can use it."
        : "Write the value in its place, or a variable of the profile that has one.",
    };
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
