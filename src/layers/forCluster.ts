import type { Cloud } from "../cluster/clouds/cloud.ts";
import { type AddOn, effectiveProfile, kubernetesSettings, sharedProfile } from "../cluster/index.ts";
import type { ClusterRequest, ProfileRef } from "../cluster/model.ts";
import type { Layer, Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterValues } from "./clusterValues.ts";
import { ownLabels } from "./labels.ts";
import type { LayerProblem, PlannedLayer } from "./model.ts";
import { planLayers } from "./plan.ts";
import { rangeProblems, releaseClashes, releasesOf } from "./problems.ts";
import type { LayerSources } from "./source.ts";

export interface ClusterLayersInput {
  readonly request: ClusterRequest;
  readonly cloud: Cloud;
  readonly profile: Profile;
  readonly profileText: string;
  /** Add-on profiles that it gets too, in the order of the request. */
  readonly addOns: readonly AddOn[];
  /** Values of masked variables, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** yyyy-mm-dd. */
  readonly today: string;
}

/** What the layers of a profile mean for one new cluster. */
export interface ClusterLayers {
  readonly layers: readonly PlannedLayer[];
  /** Written once for all clusters of the profile version; they stay when a cluster goes. */
  readonly shared: readonly KubeObject[];
  /** What this cluster has of its own. */
  readonly own: readonly KubeObject[];
  /** Labels of the Cluster that put the layers on it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Addresses of the registries whose credentials their charts are read with. */
  readonly logins: readonly string[];
  /** Layers that do not come, one each. */
  readonly problems: readonly LayerProblem[];
  /** What would break the cluster: it must not be made. */
  readonly conflicts: readonly LayerProblem[];
}

/**
 * Plans the layers of a new cluster: those of its profile but for what its cloud brings, and the cloud's controller in
 * the version of its Kubernetes minor where the profile has none.
 */
export function clusterLayers(input: ClusterLayersInput, sources: LayerSources): ClusterLayers {
  const { request, cloud, profileText, secrets } = input;
  const { profile, problem } = withController(installed(input.profile, cloud), cloud, input.today, sources);
  const shared = sharedProfile(profile);
  const own = effectiveProfile(profile, request);
  const { groups, objects, label, logins, problems } = planLayers(shared, sources, {
    namespace: request.namespace,
    profileText,
  });
  const values = clusterValues(
    [{ shared, own, secret: effectiveProfile(profile, request, secrets) }],
    sources,
    { namespace: request.namespace, name: request.name, labels: {} },
  );
  const added = input.addOns.map((addOn, i) => planAddOn(addOn, request.profiles[i + 1], request, sources));
  const settings = kubernetesSettings(effectiveProfile(input.profile, request));
  const layers = groups.flat();
  return {
    layers,
    shared: [...objects, ...added.flatMap(({ plan }) => plan.objects)],
    own: [...values.objects, ...added.flatMap(({ own }) => own.objects)],
    labels: {
      ...values.labels,
      [label[0]]: label[1],
      ...Object.assign(
        {},
        ...added.map(({ own, plan }) => ({ ...own.labels, [plan.label[0]]: plan.label[1] })),
      ),
    },
    logins: [...new Set([...logins, ...added.flatMap(({ plan }) => plan.logins)])],
    problems: [...problems, ...(problem === undefined ? [] : [problem])],
    conflicts: [
      ...values.problems,
      ...(settings === undefined ? [] : rangeProblems(values.layers, settings)),
      ...added.flatMap(({ plan, own }) => [...plan.problems, ...own.problems]),
      ...releaseClashes([
        ...releasesOf(profile.name, layers),
        ...added.flatMap(({ name, plan }) => releasesOf(name, plan.groups.flat())),
      ]),
    ],
  };
}

/** What an add-on profile puts on the cluster, as attaching it afterwards would. */
function planAddOn(
  { profile, profileText }: AddOn,
  ref: ProfileRef | undefined,
  request: ClusterRequest,
  sources: LayerSources,
) {
  const { namespace, name } = request;
  const shared = sharedProfile(profile);
  const own = effectiveProfile(profile, { ...request, profiles: ref === undefined ? [] : [ref] });
  return {
    name: profile.name,
    plan: planLayers(shared, sources, { namespace, profileText }),
    own: clusterValues([{ shared, own }], sources, {
      namespace,
      name,
      labels: ownLabels(name, profile.name),
    }),
  };
}

/** The profile without the layers that its cloud's own service brings. */
function installed(profile: Profile, { brings = [] }: Cloud): Profile {
  return { ...profile, layers: profile.layers.filter(({ name }) => !brings.includes(name)) };
}

function withController(
  profile: Profile,
  { cloudController, title }: Cloud,
  today: string,
  { catalog }: LayerSources,
): { readonly profile: Profile; readonly problem?: LayerProblem } {
  const pack = cloudController === undefined ? undefined : catalog.find(cloudController);
  if (pack === undefined || profile.layers.some(({ name }) => catalog.find(name)?.name === pack.name)) {
    return { profile };
  }
  const kubernetes = kubernetesSettings(profile)?.version;
  const version = catalog.newest(pack, { today, ...(kubernetes === undefined ? {} : { kubernetes }) });
  if (version === undefined) {
    return {
      profile,
      problem: {
        layer: pack.name,
        message: `${pack.displayName}, which ${title} needs, has no version for Kubernetes ${kubernetes}`,
        next: `Choose another Kubernetes version, or add a layer ${pack.name} with the image that fits.`,
      },
    };
  }
  const layer: Layer = {
    name: pack.name,
    layer: "addon",
    type: pack.manifests.length > 0 ? "manifest" : "helm",
    tag: version.version,
    version: version.version,
    registry: undefined,
    values: pack.values,
    manifests: pack.manifests,
  };
  return { profile: { ...profile, layers: [...profile.layers, layer] } };
}
