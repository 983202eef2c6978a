import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkVersions, newProfile, parseProfile, profileVersion } from "../../../src/profile/index.ts";

const ONE = newProfile({ name: "demo", type: "cluster", cloudType: "docker" });

/** Each text by its key, and what is found: key, place, the key of the other file, message. */
function judge(texts: Readonly<Record<string, string>>): (readonly [string, string, string, string])[] {
  const files = Object.entries(texts).flatMap(([key, text]) => {
    const profile = profileVersion(parseProfile(text));
    return profile === undefined ? [] : [{ key, label: `${key}.yaml`, profile }];
  });
  return checkVersions(files).map(({ key, place, other, message }) => [key, place, other.key, message]);
}

const version = (text: string, to: string): string => text.replace("version: 1.0.0", `version: ${to}`);
const kubernetes = (text: string, to: string): string => text.replaceAll('"1.36.4"', `"${to}"`);

describe("versions of one profile in several files", () => {
  it("may differ when their versions differ", () =>
    assert.deepEqual(judge({ a: ONE, b: version(kubernetes(ONE, "1.37.2"), "1.1.0") }), []));

  it("finds a skipped minor version between neighbors, whatever the order of the files", () => {
    const texts = {
      newest: version(kubernetes(ONE, "1.36.4"), "2.0.0"),
      middle: version(kubernetes(ONE, "1.35.8"), "1.10.0"),
      oldest: version(kubernetes(ONE, "1.33.13"), "1.9.0"),
    };
    const [found, ...others] = judge(texts);
    assert.deepEqual(found?.slice(0, 3), ["middle", "kubernetes", "oldest"]);
    assert.match(found?.[3] ?? "", /from 1\.33\.13 to 1\.35\.8 and skips/);
    assert.deepEqual(others, []);
  });

  it("finds a downgrade, to a train too", () => {
    const found = judge({ a: ONE, b: version(kubernetes(ONE, "1.35.x"), "1.0.1") });
    assert.deepEqual(found[0]?.slice(0, 3), ["b", "kubernetes", "a"]);
  });

  it("finds changed content under an unchanged version in both files", () => {
    const found = judge({ a: ONE, b: kubernetes(ONE, "1.36.6") });
    assert.deepEqual(
      found.map((each) => each.slice(0, 3)),
      [
        ["a", "version", "b"],
        ["b", "version", "a"],
      ],
    );
    assert.match(found[0]?.[3] ?? "", /^demo 1\.0\.0 has other content in b\.yaml\. /);
  });

  it("finds it inside values and in a profile that leaves its version out", () => {
    const other = ONE.replace('serviceDomain: "cluster.local"', 'serviceDomain: "other.local"');
    assert.notEqual(other, ONE);
    const unwritten = other.replace(/^.*version: 1\.0\.0\n/m, "");
    assert.equal(judge({ a: ONE, b: unwritten }).length, 2);
  });

  it("is blind to comments, quotes and the order of keys", () => {
    const same = ONE.replaceAll(/^ *#.*\n/gm, "")
      .replace("type: cluster\n    cloudType: docker", "cloudType: 'docker'\n    type: cluster")
      .replace('serviceDomain: "cluster.local"', "serviceDomain: cluster.local # here");
    assert.notEqual(same, ONE);
    assert.deepEqual(judge({ a: ONE, b: same }), []);
  });

  for (const [what, text] of [
    ["is no profile", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: demo}\n"],
    ["cannot be read", ONE.replace("type: cluster", "type: [cluster")],
    ["has no name", ONE.replace("name: demo", 'name: ""')],
  ] as const) {
    it(`does not judge what ${what}`, () => assert.equal(profileVersion(parseProfile(text)), undefined));
  }
});
