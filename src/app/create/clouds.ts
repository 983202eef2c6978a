import type { Cloud } from "../../cluster/clouds/cloud.ts";
import { loadClusterRoom } from "../chunks.ts";
import { BACK, type Back, type Choice, pick, type StepPlace } from "../quickFlow.ts";

/** Lets the user choose one of all clouds. */
export async function pickCloud(
  place: StepPlace,
  options: { readonly placeholder: string; readonly suits: (cloud: Cloud) => boolean },
): Promise<Cloud | Back> {
  const { CLOUDS } = await loadClusterRoom();
  return pick<Cloud>(place, {
    placeholder: options.placeholder,
    choices: CLOUDS.filter(options.suits).map(
      (cloud): Choice<Cloud> => ({
        label: cloud.title,
        ...(cloud.notes[0] === undefined ? {} : { detail: cloud.notes[0] }),
        value: cloud,
      }),
    ),
  });
}

/** The cloud that a command was invoked for: `{ cloudType }` of a panel. */
export async function cloudOfTarget(target: unknown): Promise<Cloud | undefined> {
  const { cloudOf } = await loadClusterRoom();
  const { cloudType } = (typeof target === "object" && target !== null ? target : {}) as {
    cloudType?: unknown;
  };
  return typeof cloudType === "string" ? cloudOf(cloudType) : undefined;
}

/** The namespace that a command was invoked for: `{ namespace }` of a panel. */
export function namespaceOfTarget(target: unknown): string | undefined {
  const { namespace } = (typeof target === "object" && target !== null ? target : {}) as {
    namespace?: unknown;
  };
  return typeof namespace === "string" && namespace !== "" ? namespace : undefined;
}

/** Whether the answer of a step is to go back; for callers with one step only. */
export function isBack(answer: unknown): answer is Back {
  return answer === BACK;
}
