import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  entriesOf,
  errorIn,
  fieldsOf,
  keyOf,
  nextField,
  poolText,
  shownValue,
} from "../../../../src/app/create/entries.ts";
import { editsFor } from "../../../../src/app/panels/createCluster/edits.ts";
import { formOf } from "../../../../src/app/panels/createCluster/form.ts";
import type { FormModel } from "../../../../src/app/panels/createCluster/model.ts";
import * as room from "../../../../src/cluster/index.ts";
import { newProfile, parseProfile, profileOf } from "../../../../src/profile/index.ts";
import type { CreateClusterForm } from "../../../../src/shared/createCluster.ts";

/** A form of a cloud whose request stands in `text`, without a management cluster. */
function modelOf(cloudType: string, text: string): FormModel {
  const profileText = newProfile({ name: "base", type: "cluster", cloudType, kubernetesVersion: "1.36.4" });
  const profile = profileOf(parseProfile(profileText));
  const { view } = room.parseRequest(text);
  assert.ok(profile && view);
  return {
    room,
    text,
    broken: undefined,
    file: "a.cluster.yaml",
    request: room.readRequest(view),
    cloud: room.cloudOf(cloudType),
    profile: {
      kind: "usable",
      choice: "file:/base.profile.yaml",
      profile,
      text: profileText,
      stack: undefined,
      isFile: true,
    },
    profileChoices: [
      {
        label: "Workspace",
        options: [
          { value: "file:/base.profile.yaml", label: "base" },
          { value: "b", label: "b" },
        ],
      },
    ],
    addOns: [],
    addOnChoices: [],
    management: undefined,
    unconnected: "",
    connecting: false,
    namespaces: [],
    taken: [],
    accounts: { kind: "none" },
    environment: { kind: "none" },
    secrets: new Set(),
    changedValues: new Map(),
    objects: [],
    shared: 0,
    problems: [],
    validation: undefined,
    failure: undefined,
    phase: { kind: "editing" },
    seq: 0,
    showAll: true,
    summaryId: 0,
  };
}

function textFor(cloudType: string): string {
  return room.formatRequest(
    room.newRequest({ name: "", namespace: "default", cloudType, profile: { file: "base.profile.yaml" } }),
  );
}

/** Answers of a user, by the ends of paths; anything else takes a suggestion or a text. */
const ANSWERS: Readonly<Record<string, string>> = { name: "web-1", region: "eu-west-1" };

describe("the form as questions", () => {
  for (const { id } of room.CLOUDS) {
    it(`of ${id}: asks what is needed, each once, and has every other field in its lists`, () => {
      let text = textFor(id);
      const asked = new Set<string>();
      let form: CreateClusterForm = formOf(modelOf(id, text));
      for (let field = nextField(form, asked); field !== undefined; field = nextField(form, asked)) {
        const key = keyOf(field.path);
        assert.ok(!asked.has(key), `${key} is asked twice`);
        asked.add(key);
        assert.ok(asked.size < 100, "it never ends");
        const { control } = field;
        const model = modelOf(id, text);
        const suggestion =
          control.type === "text" && control.suggestions[0] !== undefined
            ? control.suggestions[0].value
            : control.type === "select"
              ? (control.groups.flatMap(({ options }) => options).find(({ value }) => value !== "")?.value ??
                "")
              : "";
        const value = ANSWERS[String(field.path.at(-1))] ?? (suggestion === "" ? "1" : suggestion);
        if (
          control.type !== "checkbox" &&
          String(field.path[0]) !== "@profile" &&
          field.path.at(-1) !== "cloudType"
        ) {
          text = room.editRequest(text, editsFor(field.path, value, model.request, model.cloud, room));
          form = formOf(modelOf(id, text));
        }
      }
      for (const first of ["@profile", "metadata.name", "metadata.namespace"]) {
        assert.ok(asked.has(first), `${first} is not asked`);
      }
      // Nothing of the form is out of reach: each field stands in an entry, or in the list that an entry opens.
      const reach = new Set(
        entriesOf(form).flatMap((entry) => {
          switch (entry.kind) {
            case "field":
              return [keyOf(entry.field.path)];
            case "more":
              return fieldsOf({
                ...form,
                sections: [{ id: "", title: "", note: "", items: entry.items }],
                pools: null,
                sectionsAfter: [],
              }).map(({ path }) => keyOf(path));
            case "pool":
              return fieldsOf({
                ...form,
                sections: [],
                pools: { columns: [], rows: [entry.pool], notes: [], messages: [] },
                sectionsAfter: [],
              }).map(({ path }) => keyOf(path));
            case "list":
              return entry.list.rows
                .flat()
                .flatMap((item) => (item.kind === "field" ? [keyOf(item.path)] : []));
            default:
              return [];
          }
        }),
      );
      for (const { path } of fieldsOf(form)) {
        assert.ok(reach.has(keyOf(path)), `${keyOf(path)} is in no entry`);
      }
    });
  }

  it("tells what is wrong below an entry, and pools in one line", () => {
    const text = room.editRequest(textFor("aws"), [
      { path: ["metadata", "name"], value: "web-1" },
      { path: ["spec", "machinePools", 1, "cloudConfig"], value: { instanceType: "m5.large" } },
      { path: ["spec", "machinePools", 1, "poolConfig", "name"], value: "Not A Name" },
    ]);
    const form = formOf(modelOf("aws", text));
    const pools = entriesOf(form).filter((entry) => entry.kind === "pool");
    assert.deepEqual(
      pools.map((entry) => (errorIn(entry) ?? "").length > 0),
      [true, true],
    );
    assert.match(
      poolText(pools[1]?.kind === "pool" ? pools[1].pool : assert.fail()),
      /^2 machines, m5\.large/,
    );
  });

  for (const [control, text] of [
    [{ type: "checkbox", value: true }, "yes"],
    [{ type: "secret", state: "given" }, "••••••••"],
    [{ type: "secret", state: "none" }, ""],
    [{ type: "text", value: "", suggestions: [], placeholder: "10" }, "10 (default)"],
    [{ type: "lines", value: "a\nb", placeholder: "" }, "a"],
    [{ type: "select", value: "x", groups: [{ label: "", options: [{ value: "x", label: "Ex" }] }] }, "Ex"],
  ] as const) {
    it(`shows ${JSON.stringify(control)} as "${text}"`, () => assert.equal(shownValue(control), text));
  }
});
