import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatRequest, newRequest, requestProblems } from "../../../src/cluster/index.ts";
import type { Profile, Variable } from "../../../src/profile/model.ts";
import { PROFILE_TEXT, profileIn } from "./support.ts";

const variable = (changes: Partial<Variable>): Variable => ({
  name: "replicas",
  displayName: "Replicas",
  description: undefined,
  format: "number",
  inputType: "text",
  options: [],
  defaultValue: undefined,
  regex: undefined,
  required: false,
  immutable: false,
  isSensitive: false,
  hidden: false,
  ...changes,
});
const profile = (...variables: Variable[]): Profile => ({ ...profileIn(PROFILE_TEXT), variables });
const text = (changes: object = {}): string =>
  formatRequest({
    ...newRequest({
      name: "demo",
      namespace: "default",
      cloudType: "docker",
      profile: { file: "a.profile.yaml" },
    }),
    ...changes,
  });
const problems = (written: string, given?: Profile): string[] =>
  requestProblems(written, { profile: given }).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("problems as a form sees them", () => {
  it("are none for a new request and its profile", () => {
    assert.deepEqual(problems(text(), profile()), []);
  });

  it("stand at their fields", () => {
    assert.deepEqual(problems(text({ name: "Demo" })), [
      "metadata.name: Cluster name Demo needs lower-case letters, digits and hyphens, with a letter or digit at both ends.",
    ]);
    assert.deepEqual(problems(text().replace("size: 1", "size: 2")), [
      "spec.machinePools.0.poolConfig.size: The control plane has 1, 3 or 5 machines, not 2.",
    ]);
    assert.deepEqual(problems(text().replace("        size: 2\n", "")), [
      "spec.machinePools.1.poolConfig: Pool workers has no size.",
    ]);
  });

  it("of broken YAML are said once", () => {
    assert.equal(problems("a: [").length, 1);
  });

  const withVariables = (variables: object[]): string =>
    text({ profiles: [{ file: "a.profile.yaml", variables }] });
  const cases: readonly (readonly [title: string, Variable, object[], ...string[]])[] = [
    ["a value that fits", variable({}), [{ name: "replicas", value: "3" }]],
    [
      "a value of another format",
      variable({}),
      [{ name: "replicas", value: "many" }],
      "spec.profiles.0.variables.0.value: Variable replicas must be a number. Correct the value.",
    ],
    [
      "a variable that the profile lacks",
      variable({}),
      [{ name: "replcas", value: "3" }],
      "spec.profiles.0.variables.0.name: Profile team-base has no variable replcas. Did you mean replicas?",
    ],
    [
      "a required variable without a value",
      variable({ required: true }),
      [],
      "spec.profiles.0: Variable replicas needs a value: Replicas. Add it to the variables of the profile.",
    ],
    [
      "a read-only variable",
      variable({ immutable: true, defaultValue: "1" }),
      [{ name: "replicas", value: "3" }],
      "spec.profiles.0.variables.0.value: Variable replicas is read-only. Remove it: the value of the profile holds.",
    ],
    [
      "a masked variable as text",
      variable({ isSensitive: true }),
      [{ name: "replicas", value: "3" }],
      "spec.profiles.0.variables.0.value: Variable replicas is masked, so its value is not written into a request. Take it from a Secret with valueFrom.",
    ],
    [
      "a masked variable from a Secret",
      variable({ isSensitive: true, required: true }),
      [{ name: "replicas", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
    ],
    [
      "a value that the pattern refuses",
      variable({ regex: "^[1-3]$" }),
      [{ name: "replicas", value: "4" }],
      "spec.profiles.0.variables.0.value: Variable replicas must match ^[1-3]$. Correct the value.",
    ],
    [
      "a value that is none of the options",
      variable({ format: "string", inputType: "dropdown", options: [{ value: "a", label: "A" }] }),
      [{ name: "replicas", value: "b" }],
      "spec.profiles.0.variables.0.value: Variable replicas must be one of a. Correct the value.",
    ],
  ];
  for (const [title, definition, given, ...expected] of cases) {
    it(`${title}: ${expected.length === 0 ? "is right" : "is said at its field"}`, () => {
      assert.deepEqual(problems(withVariables(given), profile(definition)), expected);
    });
  }

  it("name values of layers that are no YAML once", () => {
    const written = text({
      profiles: [{ file: "a.profile.yaml", packValues: [{ name: "kubernetes", values: "pack: [" }] }],
    });
    assert.deepEqual(
      problems(written, profile()).map((problem) => problem.split(": ", 1)[0]),
      ["spec.profiles.0.packValues.0.values"],
    );
  });

  it("name layers that the profile lacks", () => {
    const written = text({
      profiles: [{ file: "a.profile.yaml", packValues: [{ name: "mars", values: "a: 1" }] }],
    });
    assert.deepEqual(problems(written, profile()), [
      "spec.profiles.0.packValues.0.name: Profile team-base has no layer mars. Name a layer of the profile, or remove these values.",
    ]);
  });
});
