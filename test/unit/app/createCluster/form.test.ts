import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  addItemEdits,
  addPoolEdits,
  clonePoolEdits,
  cloudEdits,
  editsFor,
  fillingOf,
  layerEdits,
  profileEdits,
  variableEdits,
} from "../../../../src/app/panels/createCluster/edits.ts";
import { formOf } from "../../../../src/app/panels/createCluster/form.ts";
import type { ChosenProfile, FormModel } from "../../../../src/app/panels/createCluster/model.ts";
import type { UsualTimes } from "../../../../src/cluster/clouds/cloud.ts";
import type { RequestEdit } from "../../../../src/cluster/index.ts";
import * as room from "../../../../src/cluster/index.ts";
import { checkProfile, newProfile, parseProfile, profileOf, stackOf } from "../../../../src/profile/index.ts";
import type { Profile } from "../../../../src/profile/model.ts";
import type { CreateClusterForm } from "../../../../src/shared/createCluster.ts";
import { type FieldPath, type FormField, type FormItem, fieldId } from "../../../../src/shared/form.ts";

const folder = fileURLToPath(new URL("../../../../catalog/profiles/", import.meta.url));
const shipped = readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, "utf8"));

/** A form of a text with a shipped profile. */
function modelOf(text: string, profileText: string, rest: Partial<FormModel> = {}): FormModel {
  const document = parseProfile(profileText);
  const profile = profileOf(document);
  const view = room.parseRequest(text).view;
  assert.ok(profile && view);
  const request = room.readRequest(view);
  return {
    room,
    text,
    broken: undefined,
    file: "new.cluster.yaml",
    request,
    cloud: room.cloudOf(request.cloudType),
    profile: {
      kind: "usable",
      choice: `ready:${profile.name}@${profile.version}`,
      profile,
      text: profileText,
      stack: stackOf(document, checkProfile(document), { today: "2026-11-24", last: undefined }),
      isFile: false,
    },
    profileChoices: [],
    addOns: [],
    addOnChoices: [],
    management: { name: "mgmt-eu", isSandbox: false },
    unconnected: "",
    connecting: false,
    namespaces: ["default"],
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
    showAll: false,
    summaryId: 0,
    ...rest,
  };
}

function profileFor(cloudType: string, name?: string): string {
  const found = shipped.find((text) => {
    const profile = profileOf(parseProfile(text));
    return (
      profile?.cloudType === cloudType &&
      profile.type === "cluster" &&
      (name === undefined || profile.name === name)
    );
  });
  assert.ok(found, `no profile for ${cloudType}`);
  return found;
}

function newText(cloudType: string, profileText: string, name = ""): string {
  const profile = profileOf(parseProfile(profileText));
  assert.ok(profile);
  return room.formatRequest(
    room.newRequest({
      name,
      namespace: "default",
      cloudType,
      profile: { name: profile.name, version: profile.version },
    }),
  );
}

function* fieldsIn(items: readonly FormItem[]): Iterable<FormField> {
  for (const item of items) {
    if (item.kind === "field") {
      yield item;
    } else if (item.kind === "group") {
      yield* fieldsIn(item.items);
    } else if (item.kind === "list") {
      for (const row of item.rows) {
        yield* fieldsIn(row);
      }
    }
  }
}

function fieldsOf(form: CreateClusterForm): FormField[] {
  return [
    ...form.sections.flatMap(({ items }) => [...fieldsIn(items)]),
    ...(form.pools?.rows ?? []).flatMap(({ name, size, autoscaling, cells, more }) => [
      name,
      size,
      ...(typeof autoscaling === "string" ? [] : [autoscaling.min, autoscaling.max]),
      ...cells.filter((cell) => cell !== null),
      ...fieldsIn(more),
    ]),
    ...form.sectionsAfter.flatMap(({ items }) => [...fieldsIn(items)]),
  ];
}

function fieldAt(form: CreateClusterForm, ...path: FieldPath): FormField {
  const found = fieldsOf(form).find((field) => fieldId(field.path) === fieldId(path));
  assert.ok(found, `no field ${path.join(".")}`);
  return found;
}

const apply = (text: string, edits: readonly RequestEdit[]): string => room.editRequest(text, edits);
const read = (text: string) => {
  const view = room.parseRequest(text).view;
  assert.ok(view);
  return room.readRequest(view);
};

const clouds = room.CLOUDS.filter(({ id }) =>
  shipped.some((text) => profileOf(parseProfile(text))?.cloudType === id),
);

describe("the create form of a new request", () => {
  for (const cloud of clouds) {
    const profileText = profileFor(cloud.id);
    const text = newText(cloud.id, profileText);

    it(`for ${cloud.title} has one control for each path, and says every error at one of them`, () => {
      const form = formOf(modelOf(text, profileText, { showAll: true }));
      const ids = fieldsOf(form).map(({ path }) => fieldId(path));
      assert.deepEqual(ids, [...new Set(ids)]);
      assert.equal(form.canCreate, false);
      assert.ok(form.summary?.items.some(({ label }) => label === "Name"));
      assert.equal(
        form.sections.some(({ id }) => id === "other"),
        false,
        "errors that no field shows",
      );
    });

    it(`for ${cloud.title} writes what is typed where its rules look for it`, () => {
      let now = text;
      for (const field of fieldsOf(formOf(modelOf(now, profileText)))) {
        const [first] = field.control.type === "text" ? field.control.suggestions : [];
        if (first !== undefined && field.path[1] !== "namespace") {
          now = apply(now, editsFor(field.path, first.value, read(now), cloud, room));
          const again = fieldAt(formOf(modelOf(now, profileText)), ...field.path);
          assert.equal(again.control.type === "text" && again.control.value, first.value, field.label);
        }
      }
    });
  }

  it("is complete for in-memory with a name", () => {
    const profileText = profileFor("in-memory");
    const form = formOf(modelOf(newText("in-memory", profileText, "shop-1"), profileText));
    assert.equal(form.canCreate, true, form.status.text);
    assert.equal(form.summary, null);
    assert.equal(fieldAt(form, "metadata", "name").help, "Free on mgmt-eu.");
  });

  it("knows names that are taken", () => {
    const profileText = profileFor("in-memory");
    const taken = [{ name: "shop-1", namespace: "team" }];
    const form = formOf(modelOf(newText("in-memory", profileText, "shop-1"), profileText, { taken }));
    assert.deepEqual(
      fieldAt(form, "metadata", "name").messages.map(({ text }) => text),
      ["Cluster shop-1 exists in team. Choose another name."],
    );
    assert.equal(form.canCreate, false);
  });

  it("is for nothing but the profile until one is chosen", () => {
    const profileText = profileFor("in-memory");
    const form = formOf(
      modelOf(newText("in-memory", profileText), profileText, { profile: { kind: "none" } }),
    );
    assert.deepEqual(
      form.sections.map(({ id }) => id),
      ["profile"],
    );
    assert.equal(form.pools, null);
    assert.equal(form.status.text, "Choose a profile to begin.");
  });

  it("asks to connect where no management cluster is, and still takes the request", () => {
    const profileText = profileFor("aws");
    const form = formOf(
      modelOf(newText("aws", profileText), profileText, {
        management: undefined,
        unconnected: "Connect one.",
      }),
    );
    assert.equal(form.notice?.title, "No management cluster is connected");
    assert.ok(form.sections.some(({ id }) => id === "cloud"));
  });

  it("offers add-on profiles, those of the request checked and judged", () => {
    const profileText = profileFor("docker");
    const usable = (choice: string, text: string): ChosenProfile => {
      const profile = profileOf(parseProfile(text));
      assert.ok(profile);
      return { kind: "usable", choice, profile, text, stack: undefined, isFile: true };
    };
    const boxes = (rest: Partial<FormModel>, cloudType = "docker") => {
      const form = formOf(
        modelOf(newText(cloudType, profileText, "shop"), profileText, {
          addOnChoices: [
            { value: "ready:a@1.0.0", label: "a 1.0.0" },
            { value: "ready:more@1.0.0", label: "more 1.0.0" },
          ],
          ...rest,
        }),
      );
      const group = form.sections[0]?.items.find((item) => item.kind === "group" && item.id === "add-ons");
      return group === undefined || group.kind !== "group"
        ? []
        : [...fieldsIn(group.items)].map(({ label, control, messages }) => [
            label,
            control.type === "checkbox" && control.value,
            ...messages.map(({ text }) => text),
          ]);
    };
    assert.deepEqual(boxes({}), [
      ["a 1.0.0", false],
      ["more 1.0.0", false],
    ]);
    const more = newProfile({ name: "more", type: "add-on", cloudType: "all" });
    const problem = { path: ["spec", "profiles", 1], severity: "error", text: "No.", quote: null } as const;
    const chosen = { addOns: [usable("ready:more@1.0.0", more)], problems: [problem] };
    assert.deepEqual(boxes(chosen), [
      ["a 1.0.0", false],
      ["more 1.0.0", true, "No."],
    ]);
    // Fake machines take no layers: what is chosen can be taken back, and no more is offered.
    assert.deepEqual(boxes({}, "in-memory"), []);
    assert.deepEqual(boxes({ addOns: chosen.addOns }, "in-memory"), [["more 1.0.0", true]]);
  });

  it("leads to what makes backups: the layer's values, or the profile that lacks it", () => {
    const profileText = profileFor("docker");
    const buttons = (change: (profile: Profile) => Profile) => {
      const model = modelOf(newText("docker", profileText, "shop"), profileText);
      assert.ok(model.profile.kind === "usable");
      const profile = { ...model.profile, profile: change(model.profile.profile) };
      const group = formOf({ ...model, profile }).policies?.items[0];
      assert.ok(group?.kind === "group");
      return [group.title, ...group.items.flatMap((item) => (item.kind === "note" ? item.buttons : []))];
    };
    assert.deepEqual(
      buttons((profile) => profile),
      [
        "Backups: not possible with this profile",
        { label: "Open Profile", action: "openProfile", argument: null },
      ],
    );
    const velero = (profile: Profile): Profile => {
      const [first] = profile.layers;
      assert.ok(first);
      return { ...profile, layers: [...profile.layers, { ...first, name: "velero", layer: "addon" }] };
    };
    assert.deepEqual(buttons(velero), [
      "Backups: by Velero",
      { label: "Edit Values", action: "editLayer", argument: "velero" },
    ]);
  });

  it("says what is written, and what becomes of it once the user stops", () => {
    const profileText = profileFor("docker");
    const names = ["profile-a-1-0-0", "shop", "shop-control-plane"];
    const shown = (phase: FormModel["phase"]) =>
      formOf(
        modelOf(newText("docker", profileText, "shop"), profileText, {
          objects: names.map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } })),
          shared: 1,
          phase,
        }),
      );
    const creating = { kind: "creating", step: "Writing Cluster shop", done: 2, total: 4 } as const;
    const going = shown({ ...creating, stopping: undefined });
    assert.equal(going.phase, "creating");
    assert.deepEqual(
      going.preview.objects.map(({ note, state }) => [note, state]),
      [
        ["shared by all clusters of this version", "Created"],
        ["", "Created"],
        ["", "Not asked"],
      ],
    );
    const words = (stopping: "undo" | "leave") => {
      const { phase, notice, status } = shown({ ...creating, stopping });
      return [phase, notice?.title, status.text];
    };
    assert.deepEqual(words("undo"), ["stopping", "Undoing cluster shop", "Stopping and undoing."]);
    assert.deepEqual(words("leave"), ["stopping", "Stopping cluster shop", "Stopping."]);
  });

  it("says when a cluster is usually usable where that was measured, and what the layers decide", () => {
    const shown = (cloudType: string, usual?: UsualTimes) => {
      const profileText = profileFor(cloudType);
      const cloud = room.cloudOf(cloudType);
      assert.ok(cloud);
      const { usual: _, ...unmeasured } = cloud;
      return formOf(
        modelOf(newText(cloudType, profileText, "shop"), profileText, {
          cloud: { ...unmeasured, ...(usual === undefined ? {} : { usual }) },
          validation: { at: "2:04 PM", count: 9, refused: [], outdated: false },
        }),
      );
    };
    assert.equal(
      shown("docker", { usable: [700, 1110], steps: {} }).status.text,
      "Accepted by mgmt-eu at 2:04 PM: 9 objects. Usually usable after 12 to 19 minutes.",
    );
    assert.equal(shown("docker").status.text, "Accepted by mgmt-eu at 2:04 PM: 9 objects.");
    const terms = (cloudType: string) =>
      shown(cloudType)
        .sections.flatMap(({ items }) => items)
        .flatMap((item) => (item.kind === "facts" ? item.facts.map(({ term }) => term) : []));
    assert.ok(terms("aws").includes("Firewall"));
    assert.ok(!terms("docker").includes("Firewall"), "its objects say nothing of it");
  });

  it("offers what to do where the provider is missing, and blocks nothing but creating", () => {
    const profileText = profileFor("in-memory");
    const form = formOf(
      modelOf(newText("in-memory", profileText, "shop-1"), profileText, {
        environment: {
          kind: "known",
          value: [
            { title: "Cluster API", state: "ok", message: "Version 1.14.2." },
            {
              title: "Provider aws",
              state: "missing",
              message: "mgmt-eu does not have it.",
              command: "clusterctl init",
            },
          ],
        },
      }),
    );
    assert.equal(form.notice?.title, "mgmt-eu cannot create In-memory clusters yet");
    assert.deepEqual(
      form.notice?.buttons.map(({ action }) => action),
      ["copyText", "checkEnvironment"],
    );
    assert.equal(form.canCreate, false);
    assert.match(form.environment?.text ?? "", /Provider aws is missing, 1 other check passed/);
  });

  it("shows a refusal at its field, and in the summary what no field can solve", () => {
    const profileText = profileFor("aws");
    const path = ["spec", "cloudConfig", "region"];
    const form = formOf(
      modelOf(newText("aws", profileText, "shop-1"), profileText, {
        validation: {
          at: "2:02 PM",
          count: 9,
          outdated: false,
          refused: [
            {
              kind: "AWSCluster",
              name: "shop-1",
              reasons: [
                { path, message: "region-allowlist denied request", next: undefined },
                { path: undefined, message: "exceeded quota: team", next: "Ask whoever runs mgmt-eu." },
              ],
            },
          ],
        },
      }),
    );
    assert.equal(form.summary?.title, "mgmt-eu would refuse 1 of 9 objects");
    assert.deepEqual(
      form.summary?.items.map((item) => [item.path, item.label]),
      [
        [path, "Region"],
        [null, "AWSCluster shop-1"],
      ],
    );
    assert.match(form.summary?.items[1]?.text ?? "", /No field can solve this\. Ask whoever runs mgmt-eu\./);
  });
});

describe("edits of the create form", () => {
  const profileText = profileFor("aws", "aws-production");
  const profile = profileOf(parseProfile(profileText));
  const text = newText("aws", profileText, "shop-1");
  const aws = room.cloudOf("aws");
  assert.ok(profile && aws);

  it("write nothing for paths that are no field", () => {
    for (const path of [
      ["kind"],
      ["spec", "profiles", 0, "name"],
      ["spec", "machinePools", 7, "poolConfig", "size"],
      ["metadata", "uid"],
      ["spec", "cloudConfig", "nothing"],
    ]) {
      assert.deepEqual(editsFor(path, "x", read(text), aws, room), [], path.join("."));
    }
  });

  it("never write a masked value, and let its Secret follow the name of the cluster", () => {
    const masked = profile.variables.find(({ isSensitive }) => isSensitive);
    assert.ok(masked);
    const once = apply(text, variableEdits(masked.name, "correct-horse", read(text), profile, room));
    assert.doesNotMatch(once, /correct-horse/);
    assert.match(once, /secretKeyRef:\s+name: shop-1-variables/);
    const renamed = apply(once, editsFor(["metadata", "name"], "shop-2", read(once), aws, room));
    assert.match(renamed, /secretKeyRef:\s+name: shop-2-variables/);
    const gone = apply(renamed, variableEdits(masked.name, "", read(renamed), profile, room));
    assert.doesNotMatch(gone, /variables/);
  });

  it("ask again for a masked value that only the last window knew", () => {
    const masked = profile.variables.find(({ isSensitive }) => isSensitive);
    assert.ok(masked);
    const once = apply(text, variableEdits(masked.name, "x", read(text), profile, room));
    const of = (secrets: ReadonlySet<string>) =>
      fieldAt(formOf(modelOf(once, profileText, { secrets })), "@variable", masked.name);
    assert.deepEqual(of(new Set([masked.name])).messages, []);
    assert.match(of(new Set()).messages[0]?.text ?? "", /is not kept\. Type it again\./);
  });

  it("add, clone and remove pools under names that are free", () => {
    const added = apply(text, addPoolEdits(read(text), room, aws));
    const changed = apply(
      added,
      editsFor(["spec", "machinePools", 2, "poolConfig", "taints"], "gpu:NoExecute", read(added), aws, room),
    );
    const cloned = apply(changed, clonePoolEdits(read(changed), 2));
    assert.deepEqual(
      read(cloned).machinePools.map(({ name }) => name),
      ["control-plane", "workers", "workers-2", "workers-3"],
    );
    assert.deepEqual(read(cloned).machinePools[3]?.taints, [{ key: "gpu", value: "", effect: "NoExecute" }]);
    assert.deepEqual(clonePoolEdits(read(cloned), 0), [], "the control plane is one");
  });

  it("keep comments and everything that they do not change", () => {
    const commented = text.replace("spec:", "# Shop of the north.\nspec:");
    const edited = apply(
      commented,
      editsFor(["spec", "cloudConfig", "region"], "eu-north-1", read(commented), aws, room),
    );
    assert.match(edited, /# Shop of the north\.\nspec:/);
    assert.equal(
      apply(edited, editsFor(["spec", "cloudConfig", "region"], "", read(edited), aws, room)),
      commented,
    );
  });

  it("keep what was filled in for a cloud while another is looked at", () => {
    const filled = apply(
      text,
      editsFor(["spec", "cloudConfig", "region"], "eu-north-1", read(text), aws, room),
    );
    const eks = room.cloudOf("eks");
    assert.ok(eks);
    const other = apply(filled, cloudEdits(eks, read(filled), room, undefined));
    assert.equal(read(other).cloudType, "eks");
    assert.deepEqual(read(other).cloudConfig, {});
    assert.deepEqual(
      read(other).machinePools.map(({ name }) => name),
      ["workers"],
    );
    const back = apply(other, cloudEdits(aws, read(other), room, fillingOf(read(filled))));
    assert.deepEqual(read(back).cloudConfig, { region: "eu-north-1" });
    assert.equal(read(back).machinePools.filter(({ isControlPlane }) => isControlPlane).length, 1);
  });

  it("keep values of layers and variables that another profile has too", () => {
    const layer = profile.layers[0]?.name ?? "";
    const own = apply(text, layerEdits(layer, "pack: {}\n", read(text)));
    const other = { ...profile, layers: profile.layers.slice(1) };
    assert.deepEqual(
      read(apply(own, profileEdits({ name: "b", version: "1.0.0" }, profile, read(own)))).profiles[0]
        ?.packValues,
      [{ name: layer, values: "pack: {}\n" }],
    );
    assert.equal(
      read(apply(own, profileEdits({ name: "b", version: "1.0.0" }, other, read(own)))).profiles[0]
        ?.packValues,
      undefined,
    );
    assert.equal(apply(own, layerEdits(layer, undefined, read(own))), text);
  });

  it("begin one more of a list with nothing in it", () => {
    const path = ["spec", "cloudConfig", "subnets"];
    const once = apply(text, addItemEdits(path, read(text)));
    assert.deepEqual(addItemEdits(path, read(once))[0]?.path, [...path, 1]);
  });
});
