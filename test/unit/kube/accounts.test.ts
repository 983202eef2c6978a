import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { Cloud, Identity } from "../../../src/cluster/clouds/cloud.ts";
import { listAccounts } from "../../../src/kube/accounts/list.ts";
import { maskSecrets } from "../../../src/kube/accounts/mask.ts";
import { accountObjects, createAccount, deleteAccount } from "../../../src/kube/accounts/write.ts";
import { isPaletteError, PaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { StubManagement } from "./stub.ts";

const API = "infrastructure.cluster.x-k8s.io/v1beta2";
const KEY: Identity = {
  apiVersion: API,
  kind: "AWSClusterStaticIdentity",
  namespaced: false,
  title: "Access key",
  fields: { type: "object" },
  render: ({ name, values }) => [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace: "capa-system" },
      stringData: { SecretAccessKey: values.secretAccessKey ?? "" },
    },
    {
      apiVersion: API,
      kind: "AWSClusterStaticIdentity",
      metadata: { name },
      spec: { secretRef: name, allowedNamespaces: { list: ["team-a"] } },
    },
  ],
};
const TOKEN: Identity = {
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  labels: { "skies.example.com/account": "true" },
  title: "Token",
  fields: { type: "object" },
  render: ({ name, namespace, values }) => [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace, labels: { "skies.example.com/account": "true" } },
      stringData: { token: values.token ?? "" },
    },
  ],
};
const CLOUD: Cloud = {
  id: "skies",
  title: "Skies",
  fields: { cluster: { type: "object" }, pool: { type: "object" } },
  provider: { name: "skies", title: "", version: "1.0.0", kinds: [{ apiVersion: API, kind: "SkyCluster" }] },
  identities: [KEY, TOKEN],
  distributions: ["kubeadm"],
  notes: [],
  render: () => [],
};

describe("cloud accounts", () => {
  let management: StubManagement;
  beforeEach(() => {
    management = new StubManagement();
    management.served.push(
      [API, "AWSClusterStaticIdentity", "awsclusterstaticidentities", "cluster"],
      [API, "SkyCluster", "skyclusters"],
    );
  });
  const list = () => listAccounts(management, CLOUD, "team-a");
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => assert.fail("it was not refused"),
      (reason: unknown) => reason,
    );
    assert.ok(isPaletteError(error), String(error));
    return error;
  };
  const key = (name: string, extra: Partial<KubeObject> = {}): KubeObject => ({
    apiVersion: API,
    kind: "AWSClusterStaticIdentity",
    metadata: { name },
    spec: { secretRef: name, allowedNamespaces: { list: ["team-a"] } },
    ...extra,
  });
  const secret = (name: string, namespace: string, labels: Record<string, string> = {}): KubeObject => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels },
    data: { token: "c2VjcmV0" },
  });

  it("lists those of each kind as a request names them", async () => {
    management.objects = [
      key("prod"),
      secret("prod", "capa-system"),
      secret("lab", "team-a", { "skies.example.com/account": "true" }),
      secret("other", "team-a"),
      secret("elsewhere", "team-b", { "skies.example.com/account": "true" }),
    ];
    const { accounts, unknown } = await list();
    assert.deepEqual(unknown, []);
    assert.deepEqual(
      accounts.map(({ reference, title, problem }) => [reference, title, problem]),
      [
        ["prod", "Access key", undefined],
        ["Secret/lab", "Token", undefined],
      ],
    );
  });

  it("reads no secret: names and labels only", async () => {
    management.objects = [secret("lab", "team-a", { "skies.example.com/account": "true" })];
    const asked: unknown[] = [];
    const original = management.list.bind(management);
    management.list = async (kind, options) => {
      asked.push([kind.kind, options?.metadataOnly]);
      return original(kind, options);
    };
    await list();
    assert.deepEqual(asked, [
      ["AWSClusterStaticIdentity", false],
      ["Secret", true],
    ]);
  });

  const problems: readonly (readonly [string, Partial<KubeObject>, RegExp])[] = [
    [
      "a condition",
      { status: { conditions: [{ type: "Ready", status: "False", message: "the secret has expired" }] } },
      /^Ready is False: the secret has expired$/,
    ],
    [
      "namespaces it is for",
      { spec: { secretRef: "prod", allowedNamespaces: { list: ["team-b"] } } },
      /^It is not for clusters of namespace team-a\.$/,
    ],
    [
      "labels of namespaces it is for",
      { spec: { secretRef: "prod", allowedNamespaces: { selector: { matchLabels: { tier: "gold" } } } } },
      /^It is not for clusters/,
    ],
    ["none, which is no namespace", { spec: { secretRef: "prod" } }, /^It is not for clusters/],
    [
      "a secret that is gone",
      { spec: { secretRef: "gone", allowedNamespaces: {} } },
      /^Its Secret gone in capa-system does not exist\.$/,
    ],
    [
      "that it is being deleted",
      { metadata: { name: "prod", deletionTimestamp: "2026-11-24T00:00:00Z" } },
      /being deleted/,
    ],
  ];
  for (const [title, extra, expected] of problems) {
    it(`tells ${title}`, async () => {
      management.objects = [
        key("prod", extra),
        secret("prod", "capa-system"),
        { apiVersion: "v1", kind: "Namespace", metadata: { name: "team-a", labels: { tier: "silver" } } },
      ];
      assert.match((await list()).accounts[0]?.problem ?? "", expected);
    });
  }

  it("takes a namespace whose labels fit", async () => {
    management.objects = [
      key("prod", { spec: { allowedNamespaces: { selector: { matchLabels: { tier: "gold" } } } } }),
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "team-a", labels: { tier: "gold" } } },
    ];
    assert.equal((await list()).accounts[0]?.problem, undefined);
  });

  it("says which kinds it could not look at", async () => {
    management.denied.add("list secrets");
    management.served.splice(
      management.served.findIndex(([, kind]) => kind === "AWSClusterStaticIdentity"),
      1,
    );
    const { accounts, unknown } = await list();
    assert.deepEqual(accounts, []);
    assert.equal(unknown.length, 2);
    assert.match(
      unknown.join("\n"),
      /Provider skies is not on mgmt, or is too old, so there are no accounts of Skies/,
    );
    assert.match(
      unknown.join("\n"),
      /User ada may not list secrets .*so accounts of kind Secret are not listed/,
    );
  });

  const NEW = { name: "prod", namespace: "team-a", values: { secretAccessKey: "wJalr" } };

  it("labels secrets for clusterctl move, and masks them for the eye", () => {
    const objects = accountObjects(KEY, NEW);
    assert.equal(objects[0]?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
    assert.equal(JSON.stringify(objects).includes("wJalr"), true);
    const masked = maskSecrets(objects);
    assert.equal(JSON.stringify(masked).includes("wJalr"), false);
    assert.deepEqual(masked[0]?.stringData, { SecretAccessKey: "********" });
    assert.deepEqual(masked[1], objects[1]);
  });

  it("judges all before it writes, the secret first", async () => {
    const order: string[] = [];
    management.onWrite = ({ kind }, { dryRun }) =>
      void order.push(`${dryRun === true ? "try" : "write"} ${kind}`);
    await createAccount(management, accountObjects(KEY, NEW));
    assert.deepEqual(order, [
      "try Secret",
      "try AWSClusterStaticIdentity",
      "write Secret",
      "write AWSClusterStaticIdentity",
    ]);
  });

  it("leaves no secret behind where the identity is refused", async () => {
    management.onWrite = ({ kind }, { dryRun }) => {
      if (kind === "AWSClusterStaticIdentity" && dryRun !== true) {
        throw new PaletteError("Refused", "no");
      }
    };
    await refusal(createAccount(management, accountObjects(KEY, NEW)));
    assert.deepEqual(management.objects, []);
  });

  it("deletes an account with its own secret, and leaves a secret of others", async () => {
    await createAccount(management, accountObjects(KEY, NEW));
    management.objects.push(key("shared"), secret("shared", "capa-system"));
    for (const account of (await list()).accounts) {
      await deleteAccount(management, CLOUD, account);
    }
    assert.deepEqual(
      management.objects.map(({ kind, metadata }) => [kind, metadata.name]),
      [["Secret", "shared"]],
    );
  });

  it("keeps an account that a cluster uses", async () => {
    management.objects = [
      key("prod"),
      secret("prod", "capa-system"),
      {
        apiVersion: API,
        kind: "SkyCluster",
        metadata: {
          name: "web-infra",
          namespace: "team-a",
          labels: { "cluster.x-k8s.io/cluster-name": "web" },
        },
        spec: { identityRef: { kind: "AWSClusterStaticIdentity", name: "prod" } },
      },
    ];
    const [account] = (await list()).accounts;
    assert.ok(account);
    const error = await refusal(deleteAccount(management, CLOUD, account));
    assert.equal(error.message, "Account prod is used by cluster team-a/web");
    assert.equal(management.objects.length, 3);
  });
});
