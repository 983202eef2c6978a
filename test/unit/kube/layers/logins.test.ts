import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CreationPlan } from "../../../../src/kube/creation/plan.ts";
import { undo } from "../../../../src/kube/creation/undo.ts";
import { CLUSTER, LAYER_PROFILE, SECRET, SVELTOS_CLUSTER } from "../../../../src/kube/kinds.ts";
import {
  askForLogins,
  findLogins,
  forgetLogins,
  type RegistryLogin,
} from "../../../../src/kube/layers/logins.ts";
import { LOGIN_ADDRESS, LOGIN_LABEL, loginName } from "../../../../src/layers/index.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { StubManagement } from "../stub.ts";

const URL = "https://charts.example.com";
const NAME = loginName(URL);
const GIVEN: RegistryLogin = { registry: "ours", url: URL, basic: { username: "ada", password: "s3cret" } };

const secret: KubeObject = {
  ...SECRET,
  metadata: {
    name: NAME,
    namespace: "team",
    labels: { [LOGIN_LABEL]: "true" },
    annotations: { [LOGIN_ADDRESS]: URL },
  },
};
const layer = (spec: object): KubeObject => ({
  ...LAYER_PROFILE,
  metadata: { name: "layer", namespace: "team" },
  spec: { ...spec, helmCharts: [{ registryCredentialsConfig: { credentials: { name: NAME } } }] },
});
const cluster = (labels: Record<string, string>): KubeObject => ({
  ...SVELTOS_CLUSTER,
  metadata: { name: "shop", namespace: "team", labels },
});

function management(...objects: KubeObject[]): StubManagement {
  const stub = new StubManagement();
  for (const { apiVersion, kind } of [CLUSTER, SVELTOS_CLUSTER, LAYER_PROFILE]) {
    stub.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  stub.objects = objects;
  return stub;
}

describe("credentials of registries", () => {
  test("come from the user or from the management cluster", async () => {
    assert.deepEqual((await findLogins(management(), "team", [GIVEN], {})).addresses, [URL]);
    assert.deepEqual((await findLogins(management(secret), "team", [], {})).addresses, [URL]);
    assert.deepEqual((await findLogins(management(secret), "other", [], {})).addresses, []);
  });

  test("go with a creation that is undone", async () => {
    const on = management(secret, layer({ clusterSelector: { matchLabels: { profile: "1.0.0" } } }));
    const plan = { cluster: { name: "shop", namespace: "team" }, hash: "h" } as CreationPlan;
    await undo(on, plan, undefined, new Error("stopped"));
    assert.ok(!on.objects.includes(secret));
  });

  test("are none for who may not see Secrets, and are left alone", async () => {
    const on = management(secret);
    on.denied.add("list secrets");
    assert.deepEqual((await findLogins(on, "team", [], {})).addresses, []);
    await forgetLogins(on, "team", {});
    assert.deepEqual(on.objects, [secret]);
  });

  test("stay where it cannot be seen whether anything uses them, and are no reason to fail", async () => {
    for (const resource of ["profiles", "sveltosclusters"]) {
      const on = management(secret);
      on.denied.add(`list ${resource}`);
      await forgetLogins(on, "team", {});
      assert.deepEqual(on.objects, [secret], resource);
    }
  });

  test("go where nothing is there any more that could use them", async () => {
    const on = new StubManagement();
    on.served.push([CLUSTER.apiVersion, CLUSTER.kind, "clusters"]);
    on.objects = [secret];
    await forgetLogins(on, "team", {});
    assert.deepEqual(on.objects, []);
  });

  test("are written only where a chart needs them, with a label that a move takes along", async () => {
    const { secrets } = await findLogins(management(), "team", [GIVEN], {});
    assert.deepEqual(secrets([]), []);
    const [{ object, exists } = assert.fail()] = secrets([URL]);
    assert.equal(exists, false);
    assert.equal(object.metadata.name, NAME);
    assert.equal(object.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "");
    assert.deepEqual(object.stringData, { username: "ada", password: "s3cret" });
  });

  test("are asked for once, while the management cluster has none", async () => {
    const asked: unknown[] = [];
    const ask = (answer: boolean) => (login: unknown) => {
      asked.push(login);
      return answer;
    };
    const fresh = (await findLogins(management(), "team", [GIVEN], {})).secrets([URL]);
    await assert.rejects(askForLogins(fresh, ask(false)), { code: "Cancelled" });
    await askForLogins(fresh, ask(true));
    assert.deepEqual(asked, Array(2).fill({ registry: "ours", secret: NAME, namespace: "team" }));
    await askForLogins((await findLogins(management(secret), "team", [GIVEN], {})).secrets([URL]), () =>
      assert.fail("It is there"),
    );
  });

  test("that are a token are refused, unless the management cluster has others", async () => {
    const token = [{ registry: "ours", url: URL }];
    const { secrets } = await findLogins(management(), "team", token, {});
    assert.throws(() => secrets([URL]), { code: "Refused" });
    assert.deepEqual((await findLogins(management(secret), "team", token, {})).secrets([URL]), []);
  });

  const states: readonly (readonly [title: string, objects: readonly KubeObject[], isKept: boolean])[] = [
    ["no layer names them", [], false],
    [
      "their layer is on no cluster",
      [layer({ clusterSelector: { matchLabels: { p: "1" } } }), cluster({ p: "2" })],
      false,
    ],
    [
      "their layer is on a cluster",
      [layer({ clusterSelector: { matchLabels: { p: "1" } } }), cluster({ p: "1" })],
      true,
    ],
    ["a removal is under way", [layer({ clusterRefs: [{ name: "shop" }] })], true],
  ];
  for (const [title, objects, isKept] of states) {
    test(`${isKept ? "stay" : "go"} where ${title}`, async () => {
      const on = management(secret, ...objects);
      await forgetLogins(on, "team", {});
      assert.equal(on.objects.includes(secret), isKept);
    });
  }
});
