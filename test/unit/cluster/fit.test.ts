import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  checkAgainstProfile,
  cloudsFor,
  effectiveProfile,
  kubernetesSettings,
  kubernetesVersion,
  notesFor,
} from "../../../src/cluster/index.ts";
import { parseValues } from "../../../src/cluster/layerValues.ts";
import type { CloudConfig, ProfileRef } from "../../../src/cluster/model.ts";
import { newProfile } from "../../../src/profile/index.ts";
import type { Profile } from "../../../src/profile/model.ts";
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

/** The problems of a request that has something of its own, each as `path: message`. */
const problemsOf = (own: Partial<ProfileRef>, of: Profile): string[] =>
  checkAgainstProfile(request({ profiles: [{ file: "team-base.profile.yaml", ...own }] }), of).map(
    ({ path, message }) => `${path.slice(1).join(".")}: ${message}`,
  );
const variable = (name: string, defaultValue: string, isSensitive = false) => ({
  name,
  displayName: name,
  defaultValue: isSensitive ? undefined : defaultValue,
  isSensitive,
  format: "string",
  inputType: "text",
  required: false,
  immutable: false,
  options: [],
});
/** The profile with these values of its Kubernetes layer, and these variables. */
const kubernetes = (values: string, ...variables: readonly object[]): Profile =>
  ({ ...layer({ values }), variables }) as Profile;

describe("layers as one cluster has them", () => {
  const named = kubernetes(
    'pack:\n  of: "{{.spectro.var.team}}, {{.spectro.var.name}}"\n',
    variable("team", "red"),
    variable("name", "shop"),
  );

  it("are no YAML by the cluster's own values, however much could still be read of them", () => {
    const values = "charts:\n  cilium:\n    hubble\n    kubeProxyReplacement: true\n";
    assert.deepEqual(problemsOf({ packValues: [{ name: "cni-cilium-oss", values }] }, profile), [
      "profiles.0.packValues.0.values: The values of layer cni-cilium-oss are no YAML: Implicit keys need to be on a single line at line 3, column 5",
    ]);
    const effective = effectiveProfile(
      profile,
      request({ profiles: [{ file: "a", packValues: [{ name: "cni-cilium-oss", values }] }] }),
    );
    assert.equal(kubernetesSettings(effective)?.replacesKubeProxy, false);
  });

  it("are no YAML by the value of a variable, which is named among others", () => {
    const variables = [
      { name: "team", value: "blue" },
      { name: "name", value: "CORP\\prod" },
    ];
    assert.match(
      problemsOf({ variables }, named).join("\n"),
      /^profiles\.0\.variables\.1\.value: With this .*$/,
    );
    assert.deepEqual(problemsOf({ variables: variables.slice(0, 1) }, named), []);
  });

  it("are no YAML by a default of the profile", () => {
    const broken = kubernetes('pack: { of: "{{.spectro.var.name}}" }\n', variable("name", "CORP\\prod"));
    assert.match(
      problemsOf({}, broken).join("\n"),
      /^profiles\.0: The values of layer kubernetes are no YAML.*$/,
    );
  });

  it("may hold macros without quotes, and lines of macros", () => {
    const values =
      "{{- if .spectro.macro.X }}\npack:\n  podCIDR: 10.0.0.0/16\n  {{.a}}: {{.spectro.macro.A}}-{{.b}}\n{{ end }}\n";
    const held = kubernetes(values);
    assert.deepEqual(problemsOf({}, held), []);
    assert.deepEqual(kubernetesSettings(held)?.podCidrs, ["10.0.0.0/16"]);
    assert.deepEqual(parseValues(values), {
      pack: { podCIDR: "10.0.0.0/16", "{{.a}}": "{{.spectro.macro.A}}-{{.b}}" },
    });
  });

  const onMachines = `kubeadmconfig:
  kubeletExtraArgs: { registry-qps: "{{.spectro.macro.QPS}}" }
  files:
    - path: /etc/kubernetes/enc.yaml
      content: |
        secret: {{.spectro.var.key}}
        others: {{ .Values.notOurs }}
`;
  const secret = [{ name: "key", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }];
  const found = (values: string) => [
    `${values}: Layer kubernetes writes {{.spectro.macro.QPS}} onto machines, and it has no value here`,
    "profiles.0.variables.0.valueFrom: Layer kubernetes writes {{.spectro.var.key}} onto machines, and the value of masked variable key lies in a Secret",
  ];

  it("write no macro onto machines that nothing resolves there", () => {
    const masked = kubernetes(onMachines, variable("key", "", true));
    assert.deepEqual(problemsOf({ variables: secret }, masked), found("profiles.0"));
    const own = { variables: secret, packValues: [{ name: "kubernetes", values: onMachines }] };
    assert.deepEqual(
      problemsOf(own, kubernetes("", variable("key", "", true))),
      found("profiles.0.packValues.0.values"),
    );
    const known = kubernetes(onMachines.replace("macro.QPS", "system.cluster.name"), variable("key", "a"));
    assert.deepEqual(problemsOf({}, known), []);
  });
});

describe("ranges of pods and services of one cluster", () => {
  const ranges = kubernetes(
    'pack:\n  podCIDR: "{{.spectro.var.pods}}"\n  serviceClusterIpRange: "{{.spectro.var.services}}"\n',
    variable("pods", "10.100.0.0/16"),
    variable("services", "10.200.0.0/16"),
  );
  const cases: readonly (readonly [title: string, own: Partial<ProfileRef>, ...expected: string[]])[] = [
    ["are right by default", {}],
    [
      "are ranges",
      { variables: [{ name: "pods", value: "banana" }] },
      "profiles.0.variables.0.value: banana in pack.podCIDR of the Kubernetes layer is no address range",
    ],
    [
      "are there",
      { variables: [{ name: "services", value: "," }] },
      "profiles.0.variables.0.value: pack.serviceClusterIpRange of the Kubernetes layer has no address range",
    ],
    [
      "do not overlap",
      { variables: [{ name: "services", value: "10.100.128.0/20" }] },
      "profiles.0.variables.0.value: The pod range 10.100.0.0/16 and the service range 10.100.128.0/20 overlap",
    ],
    [
      "are judged in the cluster's own values",
      { packValues: [{ name: "kubernetes", values: "pack: { podCIDR: 10.96.0.0/16 }" }] },
      "profiles.0.packValues.0.values: The pod range 10.96.0.0/16 and the service range 10.96.0.0/12 overlap",
    ],
  ];
  for (const [title, own, ...expected] of cases) {
    it(title, () => {
      assert.deepEqual(problemsOf(own, ranges), expected);
    });
  }

  it("have no empty one behind a last comma", () => {
    assert.deepEqual(kubernetesSettings(kubernetes('pack: { podCIDR: "10.0.0.0/16," }'))?.podCidrs, [
      "10.0.0.0/16",
    ]);
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
