import fc from "fast-check";
import { checkRequest, newPool, parseRequest } from "../../../src/cluster/index.ts";
import type { ClusterRequest } from "../../../src/cluster/model.ts";
import { newProfile, parseProfile, profileOf } from "../../../src/profile/index.ts";
import type { Profile } from "../../../src/profile/model.ts";

export const PROFILE_TEXT: string = newProfile({
  name: "team-base",
  type: "cluster",
  cloudType: "docker",
  kubernetesVersion: "1.36.4",
});

/** The profile in a text that has no errors. */
export function profileIn(text: string): Profile {
  const profile = profileOf(parseProfile(text));
  if (profile === undefined) {
    throw new Error("The profile has errors");
  }
  return profile;
}

/** Every diagnostic as `code severity |marked text| message`. */
export function diagnostics(text: string): string[] {
  return checkRequest(parseRequest(text)).map(
    ({ code, severity, span, message }) =>
      `${code} ${severity} |${text.slice(span.start, span.end)}| ${message}`,
  );
}

/** A request that is right; the test says what is different. */
export function request(changes: Partial<ClusterRequest> = {}): ClusterRequest {
  return {
    name: "demo",
    namespace: "default",
    labels: {},
    annotations: {},
    cloudConfig: {},
    cloudType: "docker",
    profiles: [{ file: "team-base.profile.yaml" }],
    machinePools: [newPool("control-plane", true, 3), newPool("workers", false, 2)],
    ...changes,
  };
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const inner = fc.constantFrom(...`${letters}0123456789-`);
const label = (max: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...letters),
      fc.array(inner, { maxLength: max - 2 }),
      fc.constantFrom(...`${letters}0123456789`),
    )
    .map(([first, middle, last]) => `${first}${middle.join("")}${last}`);
const labelValue = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,60}[A-Za-z0-9])?$/);
const labels = fc.dictionary(
  fc.oneof(
    fc.stringMatching(/^[A-Za-z]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?$/),
    fc.stringMatching(/^[a-z]{1,10}\.example\.com\/[A-Za-z]{1,20}$/),
  ),
  labelValue,
  { maxKeys: 3, noNullPrototype: true },
);

/** Any request that the rules take, on one cloud. */
export function anyRequest(cloudType: string): fc.Arbitrary<ClusterRequest> {
  const names = fc.uniqueArray(label(20), { minLength: 1, maxLength: 5 });
  return fc
    .record({ name: label(40), labels, names, size: fc.constantFrom(1, 3, 5) })
    .chain(({ name, labels: own, names: pools, size }) =>
      fc
        .tuple(
          ...pools.map(() =>
            fc.record({ size: fc.integer({ min: 0, max: 1000 }), additionalLabels: labels }),
          ),
        )
        .map((workers) => ({
          name,
          namespace: "default",
          labels: own,
          cloudType,
          profiles: [{ name: "team-base", version: "1.0.0" }],
          annotations: {},
          cloudConfig: {},
          machinePools: pools.map((pool, i) => ({
            ...newPool(pool, i === 0, i === 0 ? size : (workers[i]?.size ?? 0)),
            additionalLabels: workers[i]?.additionalLabels ?? {},
          })),
        })),
    );
}
