import type { PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { Cloud } from "./clouds/cloud.ts";
import type { ClusterRequest } from "./model.ts";
import { fieldOf, nameOf } from "./refusedField.ts";

/** An object that a management cluster would not take, and what it said. */
export interface RefusedObject {
  readonly object: KubeObject;
  readonly error: Pick<PaletteError, "code" | "message" | "engine" | "next">;
  /** `details.causes` of the server's answer. */
  readonly causes?: readonly { readonly field?: string; readonly message?: string }[];
}

/** Who can do something about a refusal that no field can solve. */
type BeyondFields =
  /** A ValidatingAdmissionPolicy, or a webhook that is not the provider's. */
  | "policy"
  | "quota"
  | "permission"
  /** The provider is missing, too old, or its webhooks do not answer. */
  | "environment"
  /** The server's answer fits no field that this product knows. */
  | "unknown";

/** One reason of a refusal, at the field that can solve it or beyond any. */
export interface RefusalReason {
  /** `Kind name`. */
  readonly object: string;
  /** The server's words. */
  readonly message: string;
  /** From the root of the request, for example `["spec", "machinePools", 1, "cloudConfig", "instanceType"]`. */
  readonly path?: readonly (string | number)[];
  readonly beyond?: BeyondFields;
  /** Whom to ask or what to do, whole sentences; where there is no field. */
  readonly next?: string;
}

/**
 * Explains why an object was refused: which fields of the request it came from, by the `x-path` of the cloud's
 * fields and by what is known of Cluster API's own kinds, or that no field is to blame and whom to ask.
 * Gives one reason at least.
 */
export function explainRefusal(
  refused: RefusedObject,
  request: ClusterRequest,
  cloud: Cloud,
  management: string,
): RefusalReason[] {
  const { object, error } = refused;
  const name = `${object.kind} ${object.metadata.name}`;
  const words = error.engine ?? error.message;
  const beyond = beyondFields(refused, management);
  if (beyond !== undefined) {
    return [{ object: name, message: words, ...beyond }];
  }
  if (error.code === "AlreadyExists") {
    return [{ object: name, message: sentence(error.message, error.next), path: nameOf(object, request) }];
  }
  const named = namedPlace(error, request);
  if (named !== undefined) {
    return [{ object: name, message: sentence(error.message, error.next), path: named }];
  }
  const wrong = wrongFields(refused);
  if (wrong.length === 0) {
    return [{ object: name, message: words, ...withoutField(words, management) }];
  }
  return wrong.map(({ field, message }) => {
    const path = fieldOf(field, object, request, cloud);
    return path === undefined
      ? {
          object: name,
          message: `${field}: ${message}`,
          beyond: "unknown",
          next: "No field of the request leads there. Copy the message into an issue of Palette Onboarding.",
        }
      : { object: name, message, path };
  });
}

/** Where a request names something that is not there (src/kube/creation/needed.ts, apiErrors.ts). */
function namedPlace(
  { code, message }: RefusedObject["error"],
  request: ClusterRequest,
): readonly (string | number)[] | undefined {
  if (code !== "NotFound") {
    return undefined;
  }
  if (message.startsWith("Namespace ")) {
    return ["metadata", "namespace"];
  }
  if (message.startsWith("Cloud account ")) {
    return ["spec", "cloudAccount"];
  }
  const variable = /^Variable (\S+) has no value/.exec(message)?.[1];
  const index = (request.profiles[0]?.variables ?? []).findIndex(({ name }) => name === variable);
  return index < 0 ? undefined : ["spec", "profiles", 0, "variables", index];
}

/** Refusals that say by themselves that no field can help. */
function beyondFields(
  { error: { code, engine = "", next } }: RefusedObject,
  management: string,
): Pick<RefusalReason, "beyond" | "next"> | undefined {
  if (code === "Forbidden") {
    return { beyond: "permission", next: next ?? `Ask whoever runs ${management} for this permission.` };
  }
  if (code === "Prerequisite" || /failed calling webhook|conversion webhook for .* failed/.test(engine)) {
    return { beyond: "environment", next: "Palette: Check Environment tells what is missing." };
  }
  const quota = /exceeded quota: ([^,]+)/.exec(engine)?.[1];
  if (quota !== undefined) {
    return {
      beyond: "quota",
      next: `Ask whoever runs ${management} to raise ResourceQuota ${quota}, or delete clusters of this namespace.`,
    };
  }
  const policy = /ValidatingAdmissionPolicy '([^']+)'/.exec(engine)?.[1];
  if (policy !== undefined) {
    return {
      beyond: "policy",
      next: `Ask whoever runs ${management} about policy ${policy}.`,
    };
  }
  return undefined;
}

/** A refusal that names no field: a webhook's own words are a policy, since those of providers name fields. */
function withoutField(words: string, management: string): Pick<RefusalReason, "beyond" | "next"> {
  const webhook = /admission webhook "([^"]+)" denied the request/.exec(words)?.[1];
  return webhook === undefined
    ? { beyond: "unknown", next: `Ask whoever runs ${management}.` }
    : { beyond: "policy", next: `Ask whoever runs ${management} about webhook ${webhook}.` };
}

interface WrongField {
  readonly field: string;
  readonly message: string;
}

/** A path of a field in words of a server, and what is said about it. */
const FIELD_IN_WORDS =
  /(?:^|[\s[,:])\.?((?:spec|metadata)(?:\.[A-Za-z][\w-]*|\[[^\]]*\])+): (.*?)(?=, \.?(?:spec|metadata)[.[]|\]?$)/gs;

/** The fields that a refusal is about: the server's causes, else the paths in its words. Each once. */
function wrongFields({ causes = [], object, error: { engine, message } }: RefusedObject): WrongField[] {
  const told = causes.flatMap(({ field, message: why }) =>
    field === undefined || field === "" || field === "<nil>"
      ? []
      : [{ field, message: why ?? engine ?? message }],
  );
  const words = engine ?? message;
  const found =
    told.length > 0
      ? told
      : [...words.matchAll(FIELD_IN_WORDS)].map(([, field = "", why = ""]) => ({
          field,
          message: why.trim(),
        }));
  const seen = new Set<string>();
  return found
    .map(({ field, message: why }) => ({
      // Some providers begin with the name of the kind.
      field: field.replace(new RegExp(`^${object.kind}\\.`), "").replace(/^\./, ""),
      message: why,
    }))
    .filter(({ field, message: why }) => !seen.has(`${field} ${why}`) && seen.add(`${field} ${why}`));
}

function sentence(message: string, next: string | undefined): string {
  return next === undefined ? message : `${message}. ${next}`;
}
