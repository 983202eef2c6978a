import type { ProfileRef } from "../../cluster/model.ts";
import type { Fleet, ManagementCluster } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { isLabelName } from "../../shared/names.ts";
import { loadClusterRoom } from "../chunks.ts";
import type { ProfileFile } from "../profiles/profileIndex.ts";
import { ask, BACK, type Choice, pick, type Step } from "../quickFlow.ts";
import {
  CONTROL_PLANE_SIZES,
  type Draft,
  formatPools,
  freeName,
  nameProblem,
  parsePools,
  type WorkerPool,
} from "./draft.ts";
import { assertInfrastructure, type ProfileSource, pickSource } from "./source.ts";

/** Where the questions take their suggestions from. */
export interface Facts {
  readonly management: ManagementCluster;
  readonly fleet: Fleet | undefined;
  readonly files: readonly ProfileFile[];
  readonly namespaces: readonly string[];
}

/** The answers as they come in, kept while the user goes back and forth. */
export class Answers {
  source: ProfileSource | undefined;
  cloudType = "";
  name = "";
  namespace = "default";
  controlPlane: number = 1;
  workers: readonly WorkerPool[] = [{ name: "workers", size: 2 }];
  /** The user asked for a new profile instead. */
  wantsNewProfile = false;

  /** The draft, once all is answered. */
  draft(
    reference: (source: ProfileSource) => ProfileRef,
  ): { source: ProfileSource; draft: Draft } | undefined {
    const { source, cloudType, name, namespace, controlPlane, workers } = this;
    return source === undefined
      ? undefined
      : { source, draft: { profile: reference(source), cloudType, name, namespace, controlPlane, workers } };
  }
}

/** The questions of *Create Cluster* up to its review; those that are already answered are skipped. */
export function questions(answers: Answers, facts: Facts): Step[] {
  const given = answers.source !== undefined;
  const done = () => answers.wantsNewProfile;
  return [
    {
      skip: () => given,
      async ask(place) {
        const source = await pickSource(place, facts.files, facts.fleet?.published ?? []);
        if (source === BACK) {
          return BACK;
        }
        answers.wantsNewProfile = source === "new";
        if (source !== "new") {
          assertInfrastructure(source.profile);
          answers.source = source;
        }
        return undefined;
      },
    },
    {
      skip: async () => {
        if (done()) {
          return true;
        }
        if (answers.source === undefined) {
          return false;
        }
        const clouds = await cloudChoices(answers.source, facts.management);
        if (clouds.length === 1 && clouds[0] !== undefined) {
          answers.cloudType = clouds[0].value;
          // One way only, and it is the profile's own: nothing to ask.
          return answers.cloudType === answers.source.profile.cloudType;
        }
        return false;
      },
      async ask(place) {
        if (answers.source === undefined) {
          return BACK;
        }
        const answer = await pick<string>(place, {
          placeholder: `Where to create the cluster (the profile is for ${answers.source.profile.cloudType})`,
          choices: await cloudChoices(answers.source, facts.management),
          active: (value) => value === answers.cloudType,
        });
        if (answer === BACK) {
          return BACK;
        }
        answers.cloudType = answer;
        return undefined;
      },
    },
    {
      skip: done,
      async ask(place) {
        const taken = facts.fleet?.clusters ?? [];
        const answer = await ask(place, {
          prompt: `Name of the cluster, unique on ${facts.management.name}`,
          value: answers.name === "" ? freeName(answers.source?.profile.name ?? "", taken) : answers.name,
          validate: (value) => nameProblem(value, taken),
        });
        if (answer === BACK) {
          return BACK;
        }
        answers.name = answer;
        return undefined;
      },
    },
    {
      skip: done,
      async ask(place) {
        const answer = await ask(place, {
          prompt: `Namespace on ${facts.management.name}${facts.namespaces.length === 0 ? "" : `, for example ${facts.namespaces.slice(0, 5).join(", ")}`}`,
          value: answers.namespace,
          validate: (value) =>
            isLabelName(value) ? undefined : "Use lower case letters, digits and hyphens.",
        });
        if (answer === BACK) {
          return BACK;
        }
        answers.namespace = answer;
        return undefined;
      },
    },
    {
      skip: done,
      async ask(place) {
        const answer = await pick<number>(place, {
          placeholder: "Machines of the control plane",
          choices: CONTROL_PLANE_SIZES.map(
            (value): Choice<number> => ({
              label: String(value),
              description: value === 1 ? "for trying" : `goes on when ${(value - 1) / 2} of them fail`,
              value,
            }),
          ),
          active: (value) => value === answers.controlPlane,
        });
        if (answer === BACK) {
          return BACK;
        }
        answers.controlPlane = answer;
        return undefined;
      },
    },
    {
      skip: done,
      async ask(place) {
        const answer = await ask(place, {
          prompt: "Worker machines: a number, or several pools as NAME=NUMBER, NAME=NUMBER",
          value: formatPools(answers.workers),
          validate: (value) => {
            const pools = parsePools(value);
            return "problem" in pools ? pools.problem : undefined;
          },
        });
        if (answer === BACK) {
          return BACK;
        }
        const pools = parsePools(answer);
        answers.workers = "problem" in pools ? [] : pools;
        return undefined;
      },
    },
  ];
}

async function cloudChoices(source: ProfileSource, management: ManagementCluster): Promise<Choice<string>[]> {
  const room = await loadClusterRoom();
  const clouds = room.cloudsFor(source.profile, { sandbox: management.isSandbox });
  if (clouds.length === 0) {
    throw new PaletteError(
      "Prerequisite",
      `Clusters for ${source.profile.cloudType} cannot be created on ${management.name} yet`,
      { next: "Use a Docker profile, or try this one on the local management cluster." },
    );
  }
  return clouds.map(({ id, title, note }) => ({
    label: title,
    ...(note === undefined ? {} : { detail: note }),
    value: id,
  }));
}
