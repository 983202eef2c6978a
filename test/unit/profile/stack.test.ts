import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkProfile, newProfile, parseProfile } from "../../../src/profile/index.ts";
import { stackOf } from "../../../src/profile/stack.ts";
import type { ProfileStack } from "../../../src/shared/profileStack.ts";

const today = "2026-11-24";

function stack(text: string, last?: ProfileStack): ProfileStack | undefined {
  const document = parseProfile(text);
  return stackOf(document, checkProfile(document), { today, last });
}

function drawn(text: string): ProfileStack {
  const found = stack(text);
  assert.ok(found);
  return found;
}

/** The stack as lines of text, top first. */
function lines({ sections }: ProfileStack): string[] {
  return sections.flatMap(({ title, note, rows }) => [
    `${title} (${note})`,
    ...rows.map(
      (row) => `${row.order ?? "?"} ${row.title}${row.kind === "layer" ? ` ${row.version}`.trimEnd() : ""}`,
    ),
  ]);
}

const full = newProfile({ name: "shop", type: "cluster", cloudType: "aws" });
const addOn = (name: string, priority: string) => `      - name: ${name}
        type: spectro
        layer: addon
        tag: 1.0.0
        registry: {metadata: {name: Public Repo, kind: pack}}
        values: |
          pack:
            namespace: ${name}
            spectrocloud.com/install-priority: ${priority}
`;
const without = (text: string, layer: string) =>
  text.replace(
    new RegExp(
      `      #[^\\n]*\\n      - name: \\S+\\n(?:        [^\\n]*\\n)*?        layer: ${layer}\\n(?:        [^\\n]*\\n)*`,
    ),
    "",
  );

describe("the stack of a profile", () => {
  it("has the operating system at the bottom and says that all is well", () => {
    const found = drawn(full);
    assert.deepEqual(lines(found), [
      "Add-on layers (optional)",
      "Infrastructure layers (4 of 4, mandatory)",
      "3 Amazon EBS CSI 1.64.0",
      "2 Calico 3.32.1",
      "1 Kubernetes (kubeadm) 1.36.4",
      "1 Ubuntu for AWS 22.04",
    ]);
    assert.deepEqual(found.facts, ["Full profile", "AWS", "Version 1.0.0"]);
    assert.deepEqual(found.status, {
      icon: "pass",
      text: "Valid. All four mandatory layers are set.",
      canStep: false,
    });
    assert.equal(found.cluster, "ready");
    assert.equal(found.stale, null);
  });

  it("keeps its order when the file has another", () => {
    const packs = full.split(/(?=^ {6}# )/m).slice(1);
    const head = full.split(/(?=^ {6}# )/m)[0];
    assert.equal(packs.length, 4);
    const turned = `${head}${[...packs].reverse().join("")}`;
    assert.deepEqual(lines(drawn(turned)), lines(drawn(full)));
    const [, infrastructure] = drawn(turned).sections;
    assert.deepEqual(
      infrastructure?.rows.map((row) => row.kind === "layer" && row.index),
      [0, 1, 2, 3],
    );
  });

  it("counts add-ons by priority, the last installed on top, equal ones under one number", () => {
    const text =
      full + addOn("late", '"20"') + addOn("first", "-10") + addOn("plain", '"0"') + addOn("twin", "20");
    assert.deepEqual(lines(drawn(text)).slice(0, 5), [
      "Add-on layers (4, optional)",
      "6 twin 1.0.0",
      "6 late 1.0.0",
      "5 plain 1.0.0",
      "4 first 1.0.0",
    ]);
  });

  it("takes a priority that is not an integer, or a macro, as 0", () => {
    const text = full + addOn("a", "'{{.spectro.var.p}}'") + addOn("b", '"1"') + addOn("c", "soon");
    const orders = drawn(text).sections[0]?.rows.map((row) => `${row.title} ${row.order}`);
    assert.deepEqual(orders, ["b 5", "c 4", "a 4"]);
  });

  it("counts from 1 in an add-on profile, which makes no cluster", () => {
    const found = drawn(newProfile({ name: "extras", type: "add-on", cloudType: "all" }));
    assert.deepEqual(lines(found), ["Add-on layers (1)", "1 Prometheus stack 88.5.3"]);
    assert.equal(found.cluster, "never");
    assert.deepEqual(found.facts, ["Add-on profile", "All clouds", "Version 1.0.0"]);
    assert.match(found.help, /no infrastructure layers/);
  });

  it("says how long Kubernetes is supported, as of today", () => {
    const document = parseProfile(full);
    const details = (day: string) => {
      const rows = stackOf(document, [], { today: day })?.sections[1]?.rows ?? [];
      return rows.flatMap((row) =>
        row.kind === "layer" && row.icon === "server-process" ? [row.details] : [],
      );
    };
    assert.deepEqual(details(today), ["kubernetes, supported until June 28, 2027"]);
    assert.deepEqual(details("2027-06-28"), ["kubernetes, not supported since June 28, 2027"]);
  });

  it("shows a missing layer as a gap with the fix of the rule", () => {
    const found = drawn(without(full, "csi"));
    const [gap] = found.sections[1]?.rows ?? [];
    assert.deepEqual(gap, {
      kind: "gap",
      order: 3,
      icon: "database",
      title: "Storage is missing",
      reason: "Keeps the data of workloads. A full profile needs exactly one.",
      add: { code: "P02", fix: "Add Storage Layer" },
    });
    assert.equal(found.sections[1]?.note, "3 of 4, mandatory");
    assert.deepEqual(found.problems, [], "the gap says it already");
    assert.equal(found.status.text, "1 mandatory layer is missing.");
    assert.equal(found.cluster, "blocked");
  });

  it("has four gaps in a profile without packs", () => {
    const found = drawn(
      "metadata: {name: n}\nspec:\n  template:\n    type: infra\n    cloudType: aws\n    packs: []\n",
    );
    assert.deepEqual(lines(found), [
      "Infrastructure layers (0 of 4, mandatory)",
      "3 Storage is missing",
      "2 Network is missing",
      "1 Kubernetes is missing",
      "1 Operating system is missing",
    ]);
    assert.equal(found.status.text, "4 mandatory layers are missing.");
  });

  it("puts each problem to its layer, errors first, and the others to the profile", () => {
    const text = `${full.replace("name: shop", 'name: ""')}      - name: logs
        type: helm
        layer: addon
        tag: 1.x
        registry: {metadata: {name: Charts, kind: helm}}
        values: |
          charts: {}
`;
    const found = drawn(text);
    const [row] = found.sections[0]?.rows ?? [];
    assert.ok(row?.kind === "layer");
    assert.deepEqual(
      row.problems.map(({ code, severity }) => [code, severity]),
      [
        ["P12", "error"],
        ["P10", "warning"],
      ],
    );
    assert.deepEqual(
      found.problems.map(({ code }) => code),
      ["P07"],
    );
    assert.equal(found.name, "Profile without a name");
    assert.deepEqual(found.status, {
      icon: "error",
      text: "2 errors, 1 warning. Fix the errors to create a cluster.",
      canStep: true,
    });
  });

  it("shows a layer of unknown kind on top", () => {
    const text = full + addOn("odd", "0").replace("layer: addon", "layer: kernel");
    const [row] = drawn(text).sections[0]?.rows ?? [];
    assert.ok(row?.kind === "layer");
    assert.equal(row.order, null);
    assert.equal(row.details, "unknown layer kernel");
  });

  it("keeps the last stack while the text cannot be read, and says where it breaks", () => {
    const last = drawn(full);
    const broken = full.replace("  version: 1.0.0\n", '  version: "1.0.0\n');
    const found = stack(broken, last);
    assert.deepEqual(found?.sections, last.sections);
    assert.equal(found?.stale?.line, broken.split("\n").findIndex((line) => line.includes("version:")) + 1);
    assert.equal(found?.cluster, "blocked");
    assert.equal(found?.status.icon, "history");
  });

  it("says that a text cannot be read when nothing was known before", () => {
    const found = stack("metadata: {name: x\n");
    assert.equal(found?.status.text, "The text cannot be read yet.");
    assert.deepEqual(found?.sections, []);
    assert.equal(stack("")?.stale?.line, 1);
  });

  it("leaves objects of other APIs alone", () => {
    assert.equal(stack("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"), undefined);
  });
});
