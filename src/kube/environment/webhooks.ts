import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CallOptions, KindRef, ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";
import type { ServedKind } from "./served.ts";

const PROBE = "palette-environment-check";
const CONFIGURATIONS: readonly KindRef[] = [
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
].map((kind) => ({ apiVersion: "admissionregistration.k8s.io/v1", kind }));
/** How the API server says that a webhook did not answer, of admission and of conversion. */
const NO_ANSWER = /failed calling webhook|conversion webhook for .* failed/;

interface Webhook {
  readonly name: string;
  readonly clientConfig: {
    readonly caBundle?: string;
    readonly service?: { readonly namespace: string; readonly name: string };
  };
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
  }[];
}

/**
 * Sees whether the webhooks of a provider answer: an almost empty object of each kind is created in a dry run,
 * which passes the webhooks that fill objects in before anything else is judged; whatever else is wrong with it
 * does not matter. Where that fails or is not allowed, the webhooks' certificates and services are looked at.
 */
export async function checkWebhooks(
  management: ManagementCluster,
  title: string,
  kinds: readonly ServedKind[],
  namespace: string,
  options: CallOptions,
): Promise<Finding[]> {
  const answers = await Promise.all(kinds.map((kind) => probe(management, kind, namespace, options)));
  const silent = answers.flatMap((answer) => (typeof answer === "string" ? [answer] : []));
  const causes = await findTrouble(management, kinds, options);
  if (silent.length > 0 || causes.length > 0) {
    const [first] = silent;
    return [
      {
        title,
        state: "missing",
        message: `Webhooks do not answer, so its objects are refused: ${[...causes, ...(causes.length === 0 && first !== undefined ? [first] : [])].join("; ")}.`,
        next: "Look at the pods of the provider and at cert-manager, which issues the certificates of webhooks.",
      },
    ];
  }
  return answers.every((answer) => answer === true)
    ? [{ title, state: "ok", message: "Webhooks answer." }]
    : [];
}

/** True where everything answered, false where it may not be tried, else the server's words. */
async function probe(
  management: ManagementCluster,
  { apiVersion, kind, namespaced }: ServedKind,
  namespace: string,
  options: CallOptions,
): Promise<boolean | string> {
  const metadata = namespaced ? { name: PROBE, namespace } : { name: PROBE };
  try {
    await management.create({ apiVersion, kind, metadata, spec: {} }, { ...options, dryRun: true });
    return true;
  } catch (error) {
    if (!isPaletteError(error) || error.code === "Unreachable" || error.code === "Cancelled") {
      throw error;
    }
    if (error.engine !== undefined && NO_ANSWER.test(error.engine)) {
      return error.engine;
    }
    return error.code !== "Forbidden" && error.code !== "NotFound";
  }
}

/** What is wrong with the webhooks of these kinds by their own configuration; nothing where it may not be read. */
async function findTrouble(
  management: ManagementCluster,
  kinds: readonly ServedKind[],
  options: CallOptions,
): Promise<string[]> {
  try {
    const lists = await Promise.all(CONFIGURATIONS.map((kind) => management.list(kind, options)));
    const webhooks = lists
      .flat()
      .flatMap((configuration) => (configuration.webhooks ?? []) as readonly Webhook[])
      .filter((webhook) => kinds.some((kind) => isFor(webhook, kind)));
    const withoutAuthority = webhooks.filter(
      ({ clientConfig: { caBundle, service } }) => service !== undefined && (caBundle ?? "") === "",
    );
    const services = new Map(
      webhooks.flatMap(({ clientConfig: { service } }) =>
        service === undefined ? [] : [[`${service.namespace}/${service.name}`, service] as const],
      ),
    );
    const dead = await Promise.all(
      [...services.values()].map(async (service) =>
        (await hasEndpoints(management, service, options)) ? [] : service,
      ),
    );
    return [
      ...dead.flat().map(({ namespace, name }) => `no pod is ready behind Service ${name} in ${namespace}`),
      ...(withoutAuthority[0] === undefined ? [] : [`webhook ${withoutAuthority[0].name} has no caBundle`]),
    ];
  } catch (error) {
    if (isPaletteError(error, "Forbidden")) {
      return [];
    }
    throw error;
  }
}

function isFor({ rules = [] }: Webhook, { group, resource }: ServedKind): boolean {
  return rules.some(
    ({ apiGroups = [], resources = [] }) => apiGroups.includes(group) && resources.includes(resource),
  );
}

async function hasEndpoints(
  management: ManagementCluster,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  options: CallOptions,
): Promise<boolean> {
  const slices = await management.list(
    { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" },
    { ...options, namespace, labelSelector: `kubernetes.io/service-name=${name}` },
  );
  return slices.some((slice: KubeObject) =>
    ((slice.endpoints ?? []) as { conditions?: { ready?: boolean } }[]).some(
      ({ conditions }) => conditions?.ready !== false,
    ),
  );
}
