import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type CheckedChoice,
  checkImport,
  type ImportFacts,
  isLeftover,
  problemsOf,
} from "../../../src/imports/index.ts";
import { FACTS } from "./facts.ts";

const CHOICE: CheckedChoice = { name: "shop-eu", namespace: "team-shop", mode: "read-only" };
type Side = "here" | "there";

function judge(id: string, side: Side, facts: Partial<ImportFacts>, choice: Partial<CheckedChoice> = {}) {
  const found = checkImport({ ...FACTS, ...facts }, { ...CHOICE, ...choice }).find((each) => each.id === id);
  return found?.[side];
}

const { management } = FACTS;
const known = (name: string, namespace: string, uid?: string) => ({
  name,
  namespace,
  ...(uid === undefined ? {} : { uid }),
});

describe("checks of an import", () => {
  test("nothing speaks against a cluster with everything", () => {
    const checks = checkImport(FACTS, CHOICE);
    assert.deepEqual(problemsOf(checks), []);
    assert.deepEqual(
      checks.map(({ id, here, there }) => [id, here.state, there.state]),
      [
        ["reachable", "ok", "info"],
        ["certificate", "ok", "ok"],
        ["version", "ok", "ok"],
        ["permissions", "ok", "ok"],
        ["managed", "ok", "ok"],
      ],
    );
  });

  const cases: readonly [
    string,
    string,
    Side,
    Partial<ImportFacts>,
    Partial<CheckedChoice>,
    string,
    RegExp,
  ][] = [
    [
      "a loopback address",
      "reachable",
      "there",
      { server: "https://127.0.0.1:42187" },
      {},
      "problem",
      /127\.0\.0\.1 is this machine only/,
    ],
    [
      "a loopback address and another for the management cluster",
      "reachable",
      "there",
      { server: "https://127.0.0.1:42187" },
      { address: "https://52.1.2.3" },
      "info",
      /Public/,
    ],
    [
      "a loopback address of the sandbox",
      "reachable",
      "there",
      { server: "https://127.0.0.1:1", management: { ...management, isSandbox: true } },
      {},
      "info",
      /this machine too/,
    ],
    [
      "a private address by name",
      "reachable",
      "there",
      { resolved: ["10.20.4.11"] },
      {},
      "warning",
      /is private \(10\.20\.4\.11\)/,
    ],
    ["no verification", "certificate", "here", { insecure: true }, {}, "problem", /does not verify/],
    [
      "another address",
      "certificate",
      "there",
      {},
      { address: "https://52.1.2.3" },
      "info",
      /valid for 52\.1\.2\.3/,
    ],
    ["an old version", "version", "here", { version: "1.34.11" }, {}, "warning", /1\.34 is end of life/],
    ["a version of a vendor", "version", "here", { version: "1.36.3-eks-1234" }, {}, "ok", /1\.36\.3-eks/],
    [
      "no Sveltos",
      "version",
      "there",
      { management: { ...management, sveltos: false } },
      {},
      "problem",
      /has no Sveltos/,
    ],
    [
      "no right to bind",
      "permissions",
      "here",
      {
        missing: {
          "read-only": [{ verb: "create", group: "rbac.authorization.k8s.io", resource: "clusterroles" }],
          full: [],
        },
      },
      {},
      "problem",
      /may not create clusterroles\.rbac/,
    ],
    [
      "no rights of the other mode",
      "permissions",
      "here",
      { missing: { "read-only": [], full: [{ verb: "*", group: "*", resource: "*" }] } },
      {},
      "ok",
      /All 7/,
    ],
    [
      "no cluster-admin for full",
      "permissions",
      "here",
      { missing: { "read-only": [], full: [{ verb: "*", group: "*", resource: "*" }] } },
      { mode: "full" },
      "problem",
      /cluster-admin/,
    ],
    [
      "no Secrets on the management cluster",
      "permissions",
      "there",
      { management: { ...management, missing: ["create secrets"] } },
      {},
      "problem",
      /may not create secrets on mgmt-eu/,
    ],
    [
      "Rancher",
      "managed",
      "here",
      { found: { ...FACTS.found, managedBy: ["Rancher"] } },
      {},
      "warning",
      /Rancher manages it/,
    ],
    [
      "an import of another management cluster",
      "managed",
      "here",
      { mark: { by: "x/y at other", uid: "uid-other" } },
      {},
      "problem",
      /imported as x\/y at other/,
    ],
    [
      "an import of nobody known",
      "managed",
      "here",
      { mark: { by: "x/y at other" } },
      {},
      "problem",
      /Detach|imported as/,
    ],
    [
      "what an earlier import left",
      "managed",
      "here",
      { mark: { by: "x/y at mgmt-eu", uid: "uid-mgmt" } },
      {},
      "warning",
      /taken over/,
    ],
    [
      "the management cluster itself",
      "managed",
      "there",
      { uid: "uid-mgmt" },
      {},
      "problem",
      /management cluster mgmt-eu itself/,
    ],
    [
      "the same under another name",
      "managed",
      "there",
      { management: { ...management, imports: [known("shop", "a", "uid-shop")] } },
      {},
      "problem",
      /imported as shop in a/,
    ],
    [
      "a name that an import has",
      "managed",
      "there",
      { management: { ...management, imports: [known("shop-eu", "team-shop")] } },
      {},
      "problem",
      /shop-eu exists in team-shop/,
    ],
    [
      "a name of another namespace",
      "managed",
      "there",
      { management: { ...management, imports: [known("shop-eu", "other", "u")] } },
      {},
      "ok",
      /Not imported/,
    ],
    [
      "a name that a created cluster has",
      "managed",
      "there",
      { management: { ...management, clusters: [known("shop-eu", "other")] } },
      {},
      "problem",
      /exists in other/,
    ],
  ];
  for (const [what, id, side, facts, choice, state, message] of cases) {
    test(what, () => {
      const judgement = judge(id, side, facts, choice);
      assert.equal(judgement?.state, state);
      assert.match(judgement?.message ?? "", message);
      if (state === "problem") {
        assert.notEqual(judgement?.next, undefined, "a problem says what to do");
      }
    });
  }

  test("takes over only what no import uses", () => {
    const mark = { by: "x/y at mgmt-eu", uid: "uid-mgmt" };
    const used = { ...management, imports: [known("y", "x", "uid-shop")] };
    assert.equal(isLeftover({ ...FACTS, mark }, CHOICE), true);
    assert.equal(isLeftover({ ...FACTS, mark, management: used }, CHOICE), false);
    assert.equal(isLeftover({ ...FACTS, mark: { by: mark.by } }, CHOICE), false);
    assert.equal(isLeftover(FACTS, CHOICE), false);
  });
});
