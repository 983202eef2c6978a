import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import type { Cloud } from "../../../src/cluster/clouds/cloud.ts";
import {
  cloudOf,
  kubernetesSettings,
  parseRequest,
  renderCluster,
  requestOf,
  requestProblems,
} from "../../../src/cluster/index.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { parseProfile, profileOf } from "../../../src/profile/index.ts";
import type { Profile } from "../../../src/profile/model.ts";
import { fieldValue } from "../../support/fieldValues.ts";
import { anyRequest, textOf, type WrittenRequest } from "../../support/requests.ts";
import { examplesFolder, examplesOf, root } from "./examples.ts";
import { type Judgement, judge } from "./judge.ts";
import { inParallel } from "./server.ts";

/** The same requests each time, so that a run says something of the change and not of luck; others every night. */
const SEED = process.env.PALETTE_FUZZ_RUNS === undefined ? 20_261_124 : Date.now() % 2 ** 31;
/** Drawn at most for one valid request: a cloud's own check may want what fields alone do not say. */
const DRAWS = 20;
/** Drawn at once. */
const BATCH = 20;
const MOST_TOLD = 5;

export interface RandomJudgement {
  readonly seed: number;
  /** Different refusals, with one request that led to each. */
  readonly refusals: readonly string[];
  /** What was drawn and found wrong by our own checks, by how often. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** Draws valid requests for a cloud, and lets a server judge what they render to. */
export async function judgeRandomRequests(
  management: ManagementCluster,
  cloudId: string,
  count: number,
  seed: number = SEED,
): Promise<RandomJudgement> {
  const { texts, rejected } = validRequests(cloudId, count, seed);
  const refusals = new Map<string, string>();
  await inParallel(texts, async ({ text, profile, profileText }) => {
    const request = requestOf(parseRequest(text));
    if (request === undefined) {
      throw new TypeError("A request without problems is one that can be read");
    }
    const judgement = await judge(management, renderCluster(request, profile, profileText));
    for (const refusal of judgement.refusals) {
      // Of one field alike.
      const fields = refusal.match(/\b(?:spec|metadata)\.[\w.]+/g) ?? [refusal];
      const kind = `${refusal.split(" ")[0]} ${fields.join(" ")}`;
      refusals.set(kind, refusals.get(kind) ?? `${refusal}\n${text}`);
    }
  });
  return { seed, refusals: [...refusals.values()].slice(0, MOST_TOLD), rejected };
}

/** Draws accounts of every kind that a cloud has, and lets a server judge their objects. */
export async function judgeRandomAccounts(
  management: ManagementCluster,
  cloud: Cloud,
  count: number,
): Promise<Judgement> {
  const objects = cloud.identities.flatMap((identity) =>
    fc.sample(fieldValue(identity.fields, undefined), { numRuns: count, seed: SEED }).flatMap((values, i) =>
      identity.render({
        name: `account-${i}`,
        namespace: "default",
        values: Object.fromEntries(
          Object.entries(values as object).map(([name, value]) => [name, String(value)]),
        ),
      }),
    ),
  );
  return judge(management, objects);
}

interface Drawn {
  readonly text: string;
  readonly profile: Profile;
  readonly profileText: string;
}

/** As many requests as asked for in which nothing is wrong. Throws where hardly any of those drawn is. */
function validRequests(
  cloudId: string,
  count: number,
  seed: number,
): { readonly texts: readonly Drawn[]; readonly rejected: ReadonlyMap<string, number> } {
  const cloud = cloudOf(cloudId);
  if (cloud === undefined) {
    throw new TypeError(`There is no cloud ${cloudId}`);
  }
  const profiles = profilesOf(cloudId);
  const bases = basesOf(cloudId);
  const rejected = new Map<string, number>();
  const texts: Drawn[] = [];
  for (const [i, { file, text: profileText, profile }] of profiles.entries()) {
    const errorsIn = (text: string) =>
      requestProblems(text, { profile }).filter(({ severity }) => severity === "error");
    const requests = anyRequest(cloud, {
      bases: [withProfile(bases[0], file), ...bases.slice(1).map((base) => withProfile(base, file))],
      isRight: (request) => errorsIn(textOf(request)).length === 0,
      managed: kubernetesSettings(profile)?.distribution === "managed",
    });
    const wanted = Math.ceil((count * (i + 1)) / profiles.length);
    for (let drawn = 0; texts.length < wanted; drawn += BATCH) {
      if (drawn > count * DRAWS) {
        const most = [...rejected].sort(([, a], [, b]) => b - a).slice(0, MOST_TOLD);
        throw new Error(
          `Hardly any request for ${cloudId} with ${file} is valid:\n${most.map(([kind, times]) => `${times} × ${kind}`).join("\n")}`,
        );
      }
      for (const request of fc.sample(requests, { numRuns: BATCH, seed: seed + drawn })) {
        const text = textOf(request);
        const errors = errorsIn(text);
        if (errors.length === 0 && texts.length < wanted) {
          texts.push({ text, profile, profileText });
        }
        for (const { code = "", path, message } of errors) {
          // Of all pools alike.
          const names = request.spec.machinePools.map(({ poolConfig }) => String(poolConfig.name));
          const kind = names.reduce((words, name) => words.replaceAll(` ${name} `, " … "), message);
          const where = `${code} ${path.filter((step) => typeof step === "string").join(".")}: ${kind}`;
          rejected.set(where, (rejected.get(where) ?? 0) + 1);
        }
      }
    }
  }
  return { texts, rejected };
}

/** The examples of a cloud as they are written, the smallest first, also with many machines and with none. */
function basesOf(cloudId: string): [WrittenRequest, ...WrittenRequest[]] {
  const [smallest, ...others] = examplesOf(cloudId)
    .sort((a, b) => Number(b.includes("/smallest.")) - Number(a.includes("/smallest.")))
    .map((file) => parse(readFileSync(join(root, file), "utf8")) as WrittenRequest);
  if (smallest === undefined) {
    throw new Error(`${cloudId} has no example`);
  }
  const { machinePools } = smallest.spec;
  const many = machinePools.map((pool) =>
    pool.poolConfig.isControlPlane === true ? pool : { ...pool, poolConfig: { ...pool.poolConfig, size: 6 } },
  );
  const none = machinePools.filter(({ poolConfig }) => poolConfig.isControlPlane === true);
  const withPools = (pools: typeof machinePools): WrittenRequest => ({
    ...smallest,
    spec: { ...smallest.spec, machinePools: pools },
  });
  return [smallest, ...others, withPools(many), withPools(none)];
}

function withProfile(request: WrittenRequest, file: string): WrittenRequest {
  return { ...request, spec: { ...request.spec, profiles: [{ file }] } };
}

function profilesOf(cloudId: string): { file: string; text: string; profile: Profile }[] {
  const folder = examplesFolder(cloudId);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".profile.yaml"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const profile = profileOf(parseProfile(text));
      if (profile === undefined) {
        throw new Error(`Profile ${file} of ${cloudId} has errors`);
      }
      return { file, text, profile };
    });
}
