import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { ClusterRequest } from "../../../cluster/model.ts";
import type {
  CreationPlan,
  ManagementCluster,
  Refusal,
  RegistryLogin,
  TaskProgress,
} from "../../../kube/index.ts";
import type { ChartSources } from "../../../layers/index.ts";
import { loadKube } from "../../chunks.ts";
import { loginConsent } from "../../registries/loginConsent.ts";
import type { RefusedObject, Room, Validation } from "./model.ts";

/** What a session asks for. */
export interface RequestedInput {
  readonly request: ClusterRequest;
  readonly profileText: string;
  /** Of the add-on profiles, in the order of the request. */
  readonly addOnTexts: readonly string[];
  /** Values of masked variables that this window knows, by their names. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What is validated and created. */
export interface WritingInput extends RequestedInput {
  /** Registries and mirrors of the user. */
  readonly sources: ChartSources;
  readonly logins: readonly RegistryLogin[];
}

/** Plans the objects and has the management cluster judge each; writes nothing. */
export async function validate(
  management: ManagementCluster,
  input: WritingInput,
  cloud: Cloud,
  room: Room,
  signal: AbortSignal,
): Promise<{ readonly plan: CreationPlan; readonly validation: Validation }> {
  const kube = await loadKube();
  const plan = await kube.planCreation(management, input, { signal });
  const refusals = await kube.dryRun(management, plan, { signal });
  return {
    plan,
    validation: {
      at: new Date().toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" }),
      count: plan.logins.length + plan.shared.length + plan.objects.length,
      refused: explained(refusals, input.request, cloud, management, room),
      outdated: false,
    },
  };
}

/** Writes the objects of a plan that was validated. */
export async function write(
  management: ManagementCluster,
  plan: CreationPlan,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: TaskProgress) => void;
    readonly shouldUndo: () => boolean;
  },
): Promise<void> {
  const mayWriteLogin = loginConsent(management.name);
  await (await loadKube()).createCluster(management, plan, { ...options, mayWriteLogin });
}

/** Refusals by object, each with the fields that it came from. */
function explained(
  refusals: readonly Refusal[],
  request: ClusterRequest,
  cloud: Cloud,
  management: ManagementCluster,
  room: Room,
): RefusedObject[] {
  const byObject = new Map<string, RefusedObject>();
  for (const refusal of refusals) {
    const { kind, metadata } = refusal.object;
    const key = `${kind} ${metadata.name}`;
    const reasons = room
      .explainRefusal(refusal, request, cloud, management.name)
      .map(({ path, message, next }) => ({ path, message, next }));
    const known = byObject.get(key);
    byObject.set(key, { kind, name: metadata.name, reasons: [...(known?.reasons ?? []), ...reasons] });
  }
  return [...byObject.values()];
}
