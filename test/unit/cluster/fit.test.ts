import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAgainstProfile, cloudsFor, kubernetesVersion, notesFor } from "../../../src/cluster/index.ts";
import type { CloudConfig } from "../../../src/cluster/model.ts";
import { newProfile } from "../../../src/profile/index.ts";
import { PROFILE_TEXT, profileIn, request } from "./support.ts";

const profile = profileIn(PROFILE_TEXT);
const layer = (changes: object) => ({
  ...profile,
  layers: profile.layers.map((each) => (each.layer === "k8s" ? { ...each, ...changes } : each)),
});

describe("a request and its profile", () => {
  it("go together", () => {
    assert.deepEqual(checkAgainstProfile(request(), profile), []);
  });

  it("go together on in-memory whatever the profile's cloud", () => {
    const aws = { ...profile, cloudType: "aws" };
    assert.deepEqual(checkAgainstProfile(request({ cloudType: "in-memory" }), aws), []);
    assert.match(notesFor(request({ cloudType: "in-memory" }), aws).join(" "), /nothing of aws is created/);
    assert.match(notesFor(request({ cloudType: "in-memory" }), aws).join(" "), /Machines are fake/);
  });

  it("differ in the cloud", () => {
    const [problem] = checkAgainstProfile(request(), { ...profile, cloudType: "aws" });
    assert.equal(problem?.path.join("."), "spec.cloudType");
    assert.match(problem?.message ?? "", /is for aws, and the cluster is to be made on docker/);
  });

  it("need a full or infrastructure profile", () => {
    const addOn = profileIn(newProfile({ name: "more", type: "add-on", cloudType: "all" }));
    const [problem] = checkAgainstProfile(request(), addOn);
    assert.match(
      problem?.message ?? "",
      /is an add-on profile, and a cluster needs a full or infrastructure/,
    );
    const infra = profileIn(
      newProfile({ name: "base", type: "infra", cloudType: "docker", kubernetesVersion: "1.36.4" }),
    );
    assert.deepEqual(checkAgainstProfile(request(), infra), []);
  });

  const versions: readonly (readonly [
    tag: string | undefined,
    version: string | undefined,
    expected: string | undefined,
  ])[] = [
    ["1.36.4", "1.35.0", "1.36.4"],
    ["v1.36.4", undefined, "1.36.4"],
    ["1.36.x", "1.36.4", "1.36.4"],
    ["1.36.x", undefined, undefined],
    [undefined, "1.36", undefined],
    [undefined, undefined, undefined],
    ["1.36.4-hotfix", undefined, undefined],
  ];
  for (const [tag, version, expected] of versions) {
    it(`with tag ${tag} and version ${version} make Kubernetes ${expected ?? "of no version"}`, () => {
      const pinned = layer({ tag, version });
      assert.equal(kubernetesVersion(pinned), expected);
      assert.equal(checkAgainstProfile(request(), pinned).length, expected === undefined ? 1 : 0);
    });
  }

  it("name what is not pinned", () => {
    const [problem] = checkAgainstProfile(request(), layer({ tag: "1.36.x", version: undefined }));
    assert.equal(problem?.message, "Kubernetes 1.36.x of profile team-base is not pinned");
  });

  it("say which macros are not resolved", () => {
    const notes = notesFor(request(), layer({ values: 'pack:\n  podCIDR: "{{.spectro.var.pods}}"\n' }));
    assert.match(
      notes.join(" "),
      /pack\.podCIDR of the Kubernetes layer is a macro.*192\.168\.0\.0\/16 is used/,
    );
  });
});

describe("networks of a cloud and a profile's ranges, 192.168.0.0/16 for pods and 10.96.0.0/12 for services,", () => {
  const cases: readonly (readonly [title: string, cloudType: string, config: CloudConfig, ...string[]])[] = [
    ["go together where they are apart", "aws", { vpcCidrBlock: "10.0.0.0/16" }],
    ["do not where machines live among pods", "aws", { vpcCidrBlock: "192.168.128.0/20" }, "vpcCidrBlock"],
    ["do not where machines live among services", "aws", { vpcCidrBlock: "10.0.0.0/8" }, "vpcCidrBlock"],
    ["go together where a range only calls from outside", "aws", { bastionCidrs: ["192.168.1.0/24"] }],
    [
      "are judged in lists",
      "gcp",
      {
        subnets: [
          { name: "a", cidrBlock: "10.0.0.0/20" },
          { name: "b", cidrBlock: "10.100.0.0/20" },
        ],
      },
      "subnets.1.cidrBlock",
    ],
    [
      "go together where the service has ranges of its own",
      "gke",
      { subnets: [{ name: "a", cidrBlock: "192.168.0.0/20" }] },
    ],
    [
      "are judged however deep",
      "apache-cloudstack",
      { zones: [{ name: "a", network: { name: "n", vpc: { name: "v", cidr: "192.168.0.0/16" } } }] },
      "zones.0.network.vpc.cidr",
    ],
  ];
  for (const [title, cloudType, cloudConfig, ...fields] of cases) {
    it(title, () => {
      const problems = checkAgainstProfile(
        request({ cloudType, cloudConfig }),
        { ...profile, cloudType },
        false,
      );
      assert.deepEqual(
        problems.filter(({ message }) => message.includes("overlaps")).map(({ path }) => path.join(".")),
        fields.map((field) => `spec.cloudConfig.${field}`),
      );
    });
  }
});

describe("the clouds of a profile", () => {
  const ids = (cloudType: string, sandbox: boolean) =>
    cloudsFor({ cloudType }, { sandbox }).map(({ id }) => id);
  const cases: readonly (readonly [string, boolean, string[]])[] = [
    ["docker", false, ["docker", "cluster-class", "custom"]],
    ["docker", true, ["docker", "in-memory", "cluster-class", "custom"]],
    ["aws", true, ["aws", "in-memory", "cluster-class", "custom"]],
    ["mainframe", false, ["cluster-class", "custom"]],
    ["in-memory", false, ["cluster-class", "custom"]],
  ];
  for (const [cloudType, sandbox, expected] of cases) {
    it(`${cloudType} ${sandbox ? "on the local management cluster" : "elsewhere"} are ${expected.join(", ") || "none"}`, () => {
      assert.deepEqual(ids(cloudType, sandbox), expected);
    });
  }
});
