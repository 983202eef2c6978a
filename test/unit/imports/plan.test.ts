import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { importObjects, policyObjects } from "../../../src/imports/index.ts";
import { withToken } from "../../../src/imports/token.ts";
import { CHOICE } from "./facts.ts";

const names = (mode: "read-only" | "full") =>
  importObjects({ ...CHOICE, mode }).map(
    ({ side, object, shared }) =>
      `${side} ${object.kind} ${object.metadata.name}${shared === true ? " shared" : ""}`,
  );

describe("objects of an import", () => {
  test("read-only: in the order of their use, the policy before what it judges", () => {
    assert.deepEqual(names("read-only"), [
      "imported Namespace palette-system",
      "imported ServiceAccount palette-agent",
      "imported ClusterRole palette-read-only",
      "imported ClusterRoleBinding palette-read-only",
      "imported ClusterRoleBinding palette-read-only-view",
      "imported Role palette-agent-token",
      "imported RoleBinding palette-agent-token",
      "management ValidatingAdmissionPolicy palette-onboarding-read-only shared",
      "management ValidatingAdmissionPolicyBinding palette-onboarding-read-only shared",
      "management Secret shop-eu-sveltos-kubeconfig",
      "management SveltosCluster shop-eu",
    ]);
  });

  test("full: its own role, and no policy", () => {
    assert.deepEqual(names("full"), [
      "imported Namespace palette-system",
      "imported ServiceAccount palette-agent",
      "imported ClusterRole palette-full",
      "imported ClusterRoleBinding palette-full",
      "imported Role palette-agent-token",
      "imported RoleBinding palette-agent-token",
      "management Secret shop-eu-sveltos-kubeconfig",
      "management SveltosCluster shop-eu",
    ]);
  });

  test("read-only gives no right on Secrets, and no verb but reading", () => {
    const role = importObjects(CHOICE).find(({ object }) => object.kind === "ClusterRole")?.object;
    const rules = role?.rules as { resources?: string[]; verbs: string[] }[];
    assert.ok(rules.length > 0);
    for (const { resources = [], verbs } of rules) {
      assert.ok(!resources.includes("secrets") && !resources.includes("*"));
      assert.ok(
        verbs.every((verb) => ["get", "list", "watch"].includes(verb)),
        verbs.join(),
      );
    }
  });

  test("the preview holds no token, the Secret holds it and nothing of the user's", () => {
    assert.match(secretOf(undefined).user.token, /^\(a token of palette-agent/);
    const { cluster, user } = secretOf("t0ken");
    assert.deepEqual(user, { token: "t0ken" });
    assert.equal(cluster.server, CHOICE.server);
    assert.equal(
      Buffer.from(cluster["certificate-authority-data"] ?? "", "base64").toString("utf8"),
      CHOICE.certificateAuthority,
    );
  });

  test("the end of the token is on the SveltosCluster", () => {
    const token = { token: "t", until: "2026-11-25T12:00:00Z" };
    const cluster = importObjects(CHOICE, token).at(-1)?.object;
    assert.equal(cluster?.metadata.annotations?.["palette-onboarding/token-until"], token.until);
    assert.equal(
      importObjects(CHOICE).at(-1)?.object.metadata.annotations?.["palette-onboarding/token-until"],
      undefined,
    );
  });

  test("renews much earlier than a token ends", () => {
    const spec = importObjects(CHOICE).at(-1)?.object.spec as Record<string, unknown> | undefined;
    assert.deepEqual(spec?.tokenRequestRenewalOption, {
      renewTokenRequestInterval: "1h0m0s",
      tokenDuration: "24h0m0s",
      saNamespace: "palette-system",
      saName: "palette-agent",
      kubeconfigKeyName: "kubeconfig",
    });
  });

  test("the policy is the same for all imports", () => {
    assert.deepEqual(policyObjects(), policyObjects());
    assert.ok(!JSON.stringify(policyObjects()).includes(CHOICE.name));
  });
});

test("puts another token into a kubeconfig and leaves the rest", () => {
  const text = `# kept
clusters: [{name: a, cluster: {server: https://x, tls-server-name: y}}]
users:
  - name: palette-agent
    user:
      token: old
`;
  const changed = withToken(text, "new");
  assert.ok(!changed.includes("old"));
  assert.match(changed, /# kept/);
  const { clusters, users } = parse(changed);
  assert.deepEqual(clusters, parse(text).clusters);
  assert.deepEqual(users, [{ name: "palette-agent", user: { token: "new" } }]);
  assert.throws(() => withToken("{}", "new"), TypeError);
});

function secretOf(token: string | undefined) {
  const secret = importObjects(CHOICE, token === undefined ? undefined : { token, until: undefined }).find(
    ({ object }) => object.kind === "Secret",
  )?.object;
  const { clusters, users } = parse(
    (secret?.stringData as { kubeconfig: string } | undefined)?.kubeconfig ?? "",
  );
  return {
    cluster: clusters[0].cluster as Record<string, string>,
    user: users[0].user as { token: string },
  };
}
