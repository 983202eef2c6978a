import type { VirtualProblem, VirtualResources } from "../../virtual/index.ts";
import { ask, BACK, type Step } from "../quickFlow.ts";

/** Resources in one line. */
export function resourcesText({ cpu, memoryMiB, storageGiB }: VirtualResources): string {
  return `${cpu} CPU, ${memoryMiB} MiB of memory, ${storageGiB} GiB of storage`;
}

const QUESTIONS = [
  ["cpu", "CPU, in cores"],
  ["memoryMiB", "Memory, in MiB"],
  ["storageGiB", "Storage of its volumes, in GiB"],
] as const satisfies readonly (readonly [keyof VirtualResources, string])[];

/** What questions about resources work on. */
export interface ResourceQuestions {
  readonly get: () => VirtualResources;
  readonly set: (resources: VirtualResources) => void;
  /** What is wrong with resources, by field: `<field>.cpu`. */
  readonly problems: (resources: VirtualResources) => readonly VirtualProblem[];
  readonly field: string;
  readonly about: string;
  readonly skip?: () => boolean;
}

/** One question for each resource. */
export function resourceSteps({ get, set, problems, field, about, skip }: ResourceQuestions): Step[] {
  return QUESTIONS.map(([key, prompt]) => ({
    skip: () => skip?.() ?? false,
    async ask(place) {
      const answer = await ask(place, {
        prompt: `${prompt}, ${about}`,
        value: String(get()[key]),
        validate: (text) => firstOf(problems({ ...get(), [key]: numberOf(text) }), `${field}.${key}`),
      });
      if (answer === BACK) {
        return BACK;
      }
      set({ ...get(), [key]: numberOf(answer) });
      return undefined;
    },
  }));
}

/** A whole number as it is typed; whatever else it is, rules refuse. */
function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The first error about a field, in the words of an input box. */
export function firstOf(problems: readonly VirtualProblem[], field: string): string | undefined {
  const problem = problems.find((each) => each.severity === "error" && each.field === field);
  return problem === undefined ? undefined : `${problem.message}. ${problem.next}`;
}
