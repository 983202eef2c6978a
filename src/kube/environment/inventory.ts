import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CallOptions, KindRef, ManagementCluster } from "../management.ts";
import type { Need, ProviderKey } from "./needs.ts";

/** What clusterctl writes down about each provider that it installs (engines.md 1.4). */
const INVENTORY: KindRef = { apiVersion: "clusterctl.cluster.x-k8s.io/v1alpha3", kind: "Provider" };
const OPERATOR_API = "operator.cluster.x-k8s.io/v1alpha2";

/** Kinds of the Cluster API operator. */
const OPERATOR_KINDS: Readonly<Record<ProviderKey["type"], string>> = {
  core: "CoreProvider",
  bootstrap: "BootstrapProvider",
  "control-plane": "ControlPlaneProvider",
  infrastructure: "InfrastructureProvider",
};

interface InstalledProvider extends ProviderKey {
  /** Without a leading v. */
  readonly version: string | undefined;
  /** Where it runs. */
  readonly namespace: string | undefined;
  /** Why it does not work, in the operator's words. */
  readonly trouble?: string;
}

export interface Inventory {
  readonly providers: readonly InstalledProvider[];
  /** Whether the Cluster API operator is there, so that providers are installed by objects. */
  readonly hasOperator: boolean;
}

/** Reads what clusterctl and the Cluster API operator say is installed; what may not be read counts as not said. */
export async function readInventory(management: ManagementCluster, options: CallOptions): Promise<Inventory> {
  const types = Object.keys(OPERATOR_KINDS) as ProviderKey["type"][];
  const [noted, ...operated] = await Promise.all([
    listOrNothing(management, INVENTORY, options),
    ...types.map((type) =>
      listOrNothing(management, { apiVersion: OPERATOR_API, kind: OPERATOR_KINDS[type] }, options),
    ),
  ]);
  return {
    hasOperator: operated.some((list) => list !== undefined),
    providers: [
      ...types.flatMap((type, i) => (operated[i] ?? []).map((object) => operatedProvider(type, object))),
      ...(noted ?? []).flatMap(notedProvider),
    ],
  };
}

/** The operator's objects that install a provider: a namespace of its own and the provider in it. */
export function operatorObjects({
  type,
  name,
  version,
  namespace = `${name}-${type}-system`,
}: Need): KubeObject[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    {
      apiVersion: OPERATOR_API,
      kind: OPERATOR_KINDS[type],
      metadata: { name, namespace },
      spec: version === undefined ? {} : { version: `v${version}` },
    },
  ];
}

/** Nothing where the kind is not installed or may not be read. */
async function listOrNothing(
  management: ManagementCluster,
  kind: KindRef,
  options: CallOptions,
): Promise<KubeObject[] | undefined> {
  try {
    return await management.list(kind, options);
  } catch (error) {
    if (isPaletteError(error, "Prerequisite") || isPaletteError(error, "Forbidden")) {
      return undefined;
    }
    throw error;
  }
}

function notedProvider({
  providerName,
  type,
  version,
  metadata: { namespace },
}: KubeObject): InstalledProvider[] {
  const found = (Object.keys(OPERATOR_KINDS) as ProviderKey["type"][]).find(
    (each) => OPERATOR_KINDS[each] === type,
  );
  return found === undefined || typeof providerName !== "string"
    ? []
    : [{ type: found, name: providerName, version: plain(version), namespace }];
}

function operatedProvider(type: ProviderKey["type"], object: KubeObject): InstalledProvider {
  const status = (object.status ?? {}) as {
    installedVersion?: string;
    conditions?: { type: string; status: string; message?: string }[];
  };
  const failed = status.conditions?.find((condition) => condition.status === "False");
  return {
    type,
    name: object.metadata.name,
    version: plain(status.installedVersion),
    namespace: object.metadata.namespace,
    ...(failed === undefined ? {} : { trouble: failed.message ?? failed.type }),
  };
}

function plain(version: unknown): string | undefined {
  return typeof version === "string" && version !== "" ? version.replace(/^v/, "") : undefined;
}
