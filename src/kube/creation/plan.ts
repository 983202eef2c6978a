import { catalog } from "../../catalog/index.ts";
import { checkAddOns, checkAgainstProfile, cloudOf, requestHash } from "../../cluster/index.ts";
import type { ClusterRequest } from "../../cluster/model.ts";
import { type ChartSources, creationObjects } from "../../layers/index.ts";
import { parseProfile, profileOf } from "../../profile/index.ts";
import type { Profile } from "../../profile/model.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { hasLayers } from "../layers/list.ts";
import { findLogins, type LoginSecret, type RegistryLogin } from "../layers/logins.ts";
import { type CallOptions, type ClusterRef, type ManagementCluster, refOf } from "../management.ts";
import { isPublished } from "../published.ts";

/** An object that other clusters use too: it stays when this one goes. */
export interface SharedObject {
  readonly object: KubeObject;
  /** It is there already, with the same content. */
  readonly exists: boolean;
}

/** What a request will write. */
export interface CreationPlan {
  readonly cluster: ClusterRef;
  readonly request: ClusterRequest;
  /** Hash of the request and its profile: tells an unfinished creation of this request from others. */
  readonly hash: string;
  /**
   * What belongs to this cluster only, in the order it is written; the Cluster is first. Secrets in it have their
   * values: show it masked (`maskSecrets`).
   */
  readonly objects: readonly KubeObject[];
  readonly shared: readonly SharedObject[];
  /** Secrets with what charts of layers are read with; other clusters use them too. Show them masked as well. */
  readonly logins: readonly LoginSecret[];
  /** What the user should know before: one sentence each. */
  readonly warnings: readonly string[];
}

export interface CreationInput {
  readonly request: ClusterRequest;
  readonly profileText: string;
  /** Texts of the add-on profiles of the request, in its order. */
  readonly addOnTexts?: readonly string[];
  /** Values of masked variables that are not on the management cluster yet, by their names. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Registries and mirrors of the user that layers come from. */
  readonly sources?: ChartSources;
  /** What registries of the user are signed in to with. */
  readonly logins?: readonly RegistryLogin[];
}

/**
 * Plans a cluster; writes nothing. Throws `InvalidDocument` where profile and request do not fit,
 * `Prerequisite` where the cloud is not to be had here, and `AlreadyExists` where the profile's version is
 * published with other content.
 */
export async function planCreation(
  management: ManagementCluster,
  { request, profileText, addOnTexts = [], secrets = {}, sources = {}, logins: given = [] }: CreationInput,
  options: CallOptions = {},
): Promise<CreationPlan> {
  const profile = readProfile(profileText, "The profile");
  const addOns = addOnTexts.map((text) => ({
    profile: readProfile(text, "An add-on profile"),
    profileText: text,
  }));
  const [problem] = [
    ...checkAgainstProfile(request, profile),
    ...checkAddOns(
      request,
      addOns.map((each) => each.profile),
    ),
  ];
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  if (request.cloudType === "in-memory" && !management.isSandbox) {
    throw new PaletteError(
      "Prerequisite",
      `Cloud in-memory makes fake machines, and ${management.name} is not the local management cluster`,
      { next: "Choose another cloud, or the local management cluster." },
    );
  }
  const withLayers = await hasLayers(management, options);
  const today = management.now().toISOString().slice(0, 10);
  const found = withLayers ? await findLogins(management, request.namespace, given, options) : undefined;
  const { published, layers, logins, objects, notes, conflicts } = creationObjects(
    { request, profile, profileText, addOns, secrets, today },
    found && { catalog, ...sources, logins: found.addresses },
  );
  const [conflict] = conflicts;
  if (conflict !== undefined) {
    throw new PaletteError("InvalidDocument", conflict.message, { next: conflict.next });
  }
  const isFake = cloudOf(request.cloudType)?.onlyOnSandbox === true;
  return {
    cluster: { namespace: request.namespace, name: request.name },
    request,
    hash: requestHash(request, profileText, ...addOnTexts),
    objects,
    logins: found?.secrets(logins) ?? [],
    shared: [
      ...(await Promise.all(
        published.map(async (object) => ({
          object,
          exists: await isPublished(management, object, options),
        })),
      )),
      ...(await Promise.all(
        layers.map(async (object) => ({
          object,
          exists: (await management.get(refOf(object), options)) !== undefined,
        })),
      )),
    ],
    warnings: withLayers || isFake ? notes : [...notes, noLayers(management)],
  };
}

/** Throws `InvalidDocument` for a profile with errors. */
function readProfile(text: string, what: string): Profile {
  const profile = profileOf(parseProfile(text));
  if (profile === undefined) {
    throw new PaletteError("InvalidDocument", `${what} has errors, so no cluster is made with it`, {
      next: "Correct the profile first.",
    });
  }
  return profile;
}

function noLayers({ name }: ManagementCluster): string {
  return `Sveltos is not installed on ${name}, so no layer is put on the cluster. Its nodes are not ready before a network is.`;
}
