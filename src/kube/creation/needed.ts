import { accountOf, cloudOf } from "../../cluster/index.ts";
import type { ClusterRequest } from "../../cluster/model.ts";
import { maskedVariables, variablesSecretName } from "../../cluster/variablesSecret.ts";
import { isPaletteError, PaletteError } from "../../shared/errors.ts";
import { accountProblem } from "../accounts/problem.ts";
import { SECRET } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";

/**
 * Looks for what a request names and does not bring along: its cloud account, and the Secrets of its masked
 * variables. The API server takes objects without them, and the cluster would then never come up. What may not be
 * looked at counts as there. Gives what is wrong.
 */
export async function findMissing(
  management: ManagementCluster,
  request: ClusterRequest,
  written: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[],
  options: CallOptions,
): Promise<PaletteError[]> {
  const [account, ...secrets] = await Promise.all([
    checkAccount(management, request, options),
    ...secretsOf(request)
      .filter(
        ({ name }) => !written.some(({ kind, metadata }) => kind === SECRET.kind && metadata.name === name),
      )
      .map((secret) => checkSecret(management, request, secret, options)),
  ]);
  return [account, ...secrets].filter((error) => error !== undefined);
}

async function checkAccount(
  management: ManagementCluster,
  request: ClusterRequest,
  options: CallOptions,
): Promise<PaletteError | undefined> {
  const cloud = cloudOf(request.cloudType);
  const account = cloud && accountOf(cloud, request.cloudAccount);
  const identity = cloud?.identities.find(({ kind }) => kind === account?.kind);
  if (account === undefined || identity === undefined) {
    return undefined;
  }
  const { apiVersion, kind, namespaced } = identity;
  const ref = {
    apiVersion,
    kind,
    name: account.name,
    ...(namespaced ? { namespace: request.namespace } : {}),
  };
  try {
    const found = await management.get(ref, { ...options, metadataOnly: kind === SECRET.kind });
    if (found === undefined) {
      return new PaletteError(
        "NotFound",
        `Cloud account ${account.name} (${kind}) does not exist on ${management.name}`,
        { next: "Choose another, or make it with Palette: New Cloud Account." },
      );
    }
    const problem = await accountProblem(management, identity, found, request.namespace, options);
    return problem === undefined
      ? undefined
      : new PaletteError(
          "NotFound",
          `Cloud account ${account.name} cannot be used: ${problem.replace(/\.$/, "")}`,
          {
            next: "Choose another, or correct it.",
          },
        );
  } catch (error) {
    return passed(error);
  }
}

/** The Secrets of masked variables, each with the first variable that needs it. */
function secretsOf(request: ClusterRequest): { readonly name: string; readonly variable: string }[] {
  const all = maskedVariables(request).map(
    ({ name: variable, secret: { name } }) => [name, variable] as const,
  );
  return [...new Map(all.reverse())].map(([name, variable]) => ({ name, variable }));
}

async function checkSecret(
  management: ManagementCluster,
  request: ClusterRequest,
  { name, variable }: { readonly name: string; readonly variable: string },
  options: CallOptions,
): Promise<PaletteError | undefined> {
  const { namespace } = request;
  try {
    const found = await management.get({ ...SECRET, namespace, name }, { ...options, metadataOnly: true });
    return found !== undefined
      ? undefined
      : new PaletteError(
          "NotFound",
          `Variable ${variable} has no value: Secret ${name} does not exist in ${namespace}`,
          {
            next:
              name === variablesSecretName(request.name)
                ? "Give its value when creating the cluster."
                : "Make the Secret, or name another.",
          },
        );
  } catch (error) {
    return passed(error);
  }
}

function passed(error: unknown): undefined {
  // A kind that is not installed is told by the objects that need it.
  if (isPaletteError(error, "Forbidden") || isPaletteError(error, "Prerequisite")) {
    return undefined;
  }
  throw error;
}
