import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { parse, stringify } from "yaml";
import {
  checkImport,
  type ImportFacts,
  type ImportMode,
  importObjects,
  problemsOf,
} from "../../../src/imports/index.ts";
import {
  detach,
  importChoice,
  importCluster,
  importFacts,
  listImports,
  type ManagementCluster,
  readImport,
  reauthenticate,
  upgradeToFull,
} from "../../../src/kube/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { openWay } from "../kube/proxy.ts";
import { connectTo } from "../kube/support.ts";

const NAMESPACE = "engine-imports";
const SVELTOS_CLUSTER = { apiVersion: "lib.projectsveltos.io/v1beta1", kind: "SveltosCluster" };
const NAME = "shop";
const REF = { namespace: NAMESPACE, name: NAME };
const PROFILE_LABEL = { "profile.palette-onboarding/shop-add-ons": "1.0.0" };

describe("importing a cluster", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines({ workload: true });
  let folder: string;
  let management: ManagementCluster;
  let imported: ManagementCluster;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-imports-"));
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    const { workload } = engines.status;
    assert.ok(workload !== undefined);
    imported = await connectTo(workload.kubeconfig, workload.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  });
  after(async () => {
    management?.close();
    imported?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const ref of await listImports(management, { namespace: NAMESPACE })) {
      await detach({ management, imported }, await readImport(management, ref));
    }
    assert.deepEqual(await remains(), []);
  });

  /** What an import made that is there, on both sides; shared objects apart. */
  async function remains(): Promise<string[]> {
    const facts = await look();
    const names = (["read-only", "full"] as const).flatMap((mode) =>
      importObjects(chosen(facts, mode)).filter(({ shared }) => shared !== true),
    );
    const found = await Promise.all(
      names.map(async ({ side, object }) => {
        const { apiVersion, kind, metadata } = object;
        const end = side === "management" ? management : imported;
        const there = await end.get({
          apiVersion,
          kind,
          name: metadata.name,
          ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
        });
        return there === undefined ? [] : [`${side} ${kind} ${metadata.name}`];
      }),
    );
    return [...new Set(found.flat())];
  }

  const look = () => importFacts(management, imported, NAMESPACE);
  const chosen = (facts: ImportFacts, mode: ImportMode, server?: string) =>
    importChoice(facts, { ...REF, labels: { env: "test" }, mode, address: server });

  async function run(mode: ImportMode): Promise<ImportFacts> {
    const facts = await look();
    await importCluster({ management, imported }, facts, chosen(facts, mode));
    return facts;
  }

  /** The kubeconfig that the management cluster was given. */
  async function given(): Promise<string> {
    const secret = await management.get({
      apiVersion: "v1",
      kind: "Secret",
      namespace: NAMESPACE,
      name: `${NAME}-sveltos-kubeconfig`,
    });
    return Buffer.from(
      (secret?.data as { kubeconfig: string } | undefined)?.kubeconfig ?? "",
      "base64",
    ).toString("utf8");
  }

  /** A connection with what the management cluster was given, and with nothing else. */
  async function agent(): Promise<ManagementCluster> {
    const path = join(folder, "agent.yaml");
    await writeFile(path, await given(), { mode: 0o600 });
    return connectTo(path, NAME);
  }

  async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const limit = Date.now() + 60_000;
    for (;;) {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
      assert.ok(Date.now() < limit, `${what} did not come`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  const sveltosCluster = () => management.get({ ...SVELTOS_CLUSTER, ...REF });
  const statusOf = (object: KubeObject | undefined) =>
    (object?.status ?? {}) as {
      connectionStatus?: string;
      version?: string;
      lastReconciledTokenRequestAt?: string;
      failureMessage?: string;
    };

  /** What the token of each mode may do: API group, resource, namespace, verb. */
  const VERBS: readonly [
    group: string,
    resource: string,
    namespace: string,
    verb: string,
    readOnly: boolean,
  ][] = [
    ["", "pods", "default", "list", true],
    ["", "pods", "default", "watch", true],
    ["", "pods/log", "default", "get", true],
    ["", "events", "default", "list", true],
    ["", "configmaps", "default", "get", true],
    ["apps", "deployments", "default", "list", true],
    ["", "nodes", "", "list", true],
    ["", "namespaces", "", "get", true],
    ["", "persistentvolumes", "", "list", true],
    ["storage.k8s.io", "storageclasses", "", "list", true],
    ["storage.k8s.io", "csidrivers", "", "list", true],
    ["apiextensions.k8s.io", "customresourcedefinitions", "", "list", true],
    ["apiregistration.k8s.io", "apiservices", "", "list", true],
    ["", "secrets", "default", "get", false],
    ["", "secrets", "default", "list", false],
    ["", "secrets", "kube-system", "watch", false],
    ["", "configmaps", "default", "create", false],
    ["", "pods", "default", "create", false],
    ["", "pods", "default", "delete", false],
    ["", "pods/exec", "default", "create", false],
    ["apps", "deployments", "default", "patch", false],
    ["", "namespaces", "", "create", false],
    ["", "nodes", "", "delete", false],
    ["rbac.authorization.k8s.io", "clusterroles", "", "list", false],
    ["rbac.authorization.k8s.io", "clusterrolebindings", "", "create", false],
    ["rbac.authorization.k8s.io", "clusterroles", "", "escalate", false],
    ["", "serviceaccounts/token", "default", "create", false],
    ["", "serviceaccounts/token", "kube-system", "create", false],
    ["", "users", "", "impersonate", false],
  ];

  async function allowed(who: ManagementCluster): Promise<boolean[]> {
    return Promise.all(
      VERBS.map(async ([group, path, namespace, verb]) => {
        const [resource, subresource] = path.split("/");
        const review = await who.create({
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          metadata: { name: "" },
          spec: { resourceAttributes: { group, resource, subresource, namespace, verb } },
        });
        return (review.status as { allowed: boolean }).allowed;
      }),
    );
  }

  test("looks at both sides, writes nothing and finds nothing against it", async () => {
    const facts = await look();
    assert.deepEqual(problemsOf(checkImport(facts, { ...REF, mode: "full" })), []);
    assert.equal(facts.found.cloud?.id, "aws");
    assert.equal(facts.found.machines, 3);
    assert.match(facts.version, /^1\.\d+\.\d+$/);
    assert.ok(Date.parse(facts.certificateUntil ?? "") > Date.now());
    assert.notEqual(facts.uid, facts.management.uid);
    assert.deepEqual(await remains(), []);
  });

  for (const mode of ["read-only", "full"] as const) {
    test(`${mode}: connects, and the token may what the mode says`, async () => {
      await run(mode);
      const cluster = await sveltosCluster();
      assert.equal(statusOf(cluster).connectionStatus, "Healthy");
      assert.match(statusOf(cluster).version ?? "", /^v1\./);
      assert.equal(cluster?.metadata.labels?.env, "test");
      const through = await agent();
      try {
        const answers = await allowed(through);
        const expected = VERBS.map(([, , , , readOnly]) => mode === "full" || readOnly);
        assert.deepEqual(
          VERBS.map((row, i) => `${row.slice(0, 4).join(" ")}: ${answers[i]}`),
          VERBS.map((row, i) => `${row.slice(0, 4).join(" ")}: ${expected[i]}`),
        );
        // It renews its own token, and really so.
        const account = { namespace: "palette-system", name: "palette-agent" };
        assert.ok(Date.parse((await through.requestToken(account, 600)).until) > Date.now());
      } finally {
        through.close();
      }
    });
  }

  test("the Secret has nothing of the user's own", async () => {
    await run("read-only");
    const { users, clusters } = parse(await given()) as {
      users: { user: object }[];
      clusters: { cluster: object }[];
    };
    assert.deepEqual(Object.keys(users[0]?.user ?? {}), ["token"]);
    assert.deepEqual(Object.keys(clusters[0]?.cluster ?? {}).sort(), [
      "certificate-authority-data",
      "server",
    ]);
  });

  test("a failure at any object leaves nothing on either side", async () => {
    const facts = await look();
    for (const mode of ["read-only", "full"] as const) {
      const objects = importObjects(chosen(facts, mode)).filter(({ shared }) => shared !== true);
      for (const { side, object } of objects) {
        const failing = (end: ManagementCluster, is: boolean): ManagementCluster =>
          is ? refusing(end, object) : end;
        await assert.rejects(
          importCluster(
            {
              management: failing(management, side === "management"),
              imported: failing(imported, side === "imported"),
            },
            facts,
            chosen(facts, mode),
          ),
          (error) =>
            isPaletteError(error, "Refused") &&
            /^shop was not imported: /.test(error.message) &&
            /Everything is undone on both sides/.test(error.next ?? ""),
        );
        assert.deepEqual(await remains(), [], `${mode}, ${object.kind} ${object.metadata.name}`);
      }
    }
  });

  test("a lost answer, and a cancel, leave nothing either", async () => {
    const facts = await look();
    for (const kind of ["Namespace", "ClusterRole", "Secret", "SveltosCluster"]) {
      const lost = (end: ManagementCluster): ManagementCluster => losing(end, kind);
      await assert.rejects(
        importCluster(
          { management: lost(management), imported: lost(imported) },
          facts,
          chosen(facts, "read-only"),
        ),
        (error) => isPaletteError(error, "Unreachable"),
      );
      assert.deepEqual(await remains(), [], kind);
    }
    const cancelling = new AbortController();
    await assert.rejects(
      importCluster({ management, imported }, facts, chosen(facts, "full"), {
        signal: cancelling.signal,
        onProgress: ({ step }) => {
          if (step.startsWith("Creating SveltosCluster")) {
            cancelling.abort();
          }
        },
      }),
      (error) => isPaletteError(error, "Cancelled") && /undone on both sides/.test(error.next ?? ""),
    );
    assert.deepEqual(await remains(), []);
  });

  test("an address that the management cluster does not reach is undone after the limit, with its words", async () => {
    const facts = await look();
    // Nobody listens on port 1 of this machine.
    const choice = chosen(facts, "read-only", "https://127.0.0.1:1");
    await assert.rejects(
      importCluster({ management, imported }, facts, choice, { limitMs: 8_000 }),
      (error) =>
        isPaletteError(error, "Unreachable") &&
        /did not reach the API server of shop at https:\/\/127\.0\.0\.1:1 within 8 s/.test(error.message) &&
        /ECONNREFUSED/.test(error.engine ?? ""),
    );
    assert.deepEqual(await remains(), []);
  });

  test("another object in the way stays what it is", async () => {
    const facts = await look();
    const own: KubeObject = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `${NAME}-sveltos-kubeconfig`, namespace: NAMESPACE },
      stringData: { kubeconfig: "somebody else's" },
    };
    await management.create(own);
    try {
      await assert.rejects(importCluster({ management, imported }, facts, chosen(facts, "full")), (error) =>
        isPaletteError(error, "AlreadyExists"),
      );
      assert.deepEqual(await remains(), [`management Secret ${NAME}-sveltos-kubeconfig`]);
      assert.equal(await given(), "somebody else's");
    } finally {
      await management.delete({ apiVersion: "v1", kind: "Secret", ...own.metadata });
    }
  });

  test("read-only refuses the label of a profile, whoever writes it; full takes it", async () => {
    await run("read-only");
    const attach = () =>
      management.patch({ ...SVELTOS_CLUSTER, ...REF }, { metadata: { labels: PROFILE_LABEL } });
    // A new policy is known to the API server a moment later.
    await until("the policy", () =>
      management
        .patch({ ...SVELTOS_CLUSTER, ...REF }, { metadata: { labels: PROFILE_LABEL } }, { dryRun: true })
        .then(
          () => undefined,
          (error: unknown) => error,
        ),
    );
    await assert.rejects(
      attach(),
      (error) => isPaletteError(error) && /imported read-only\. Upgrade it/.test(error.engine ?? ""),
    );
    await management.patch({ ...SVELTOS_CLUSTER, ...REF }, { metadata: { labels: { team: "shop" } } });
    await upgradeToFull({ management, imported }, await readImport(management, REF));
    const attached = await attach();
    assert.equal(attached.metadata.labels?.["profile.palette-onboarding/shop-add-ons"], "1.0.0");
  });

  test("an upgrade to full gives the token the rights of full, and leaves nothing of read-only", async () => {
    await run("read-only");
    await upgradeToFull({ management, imported }, await readImport(management, REF));
    const through = await agent();
    try {
      assert.ok((await allowed(through)).every((each) => each));
    } finally {
      through.close();
    }
    assert.equal((await readImport(management, REF)).mode, "full");
    assert.deepEqual(
      (await remains()).filter((each) => each.includes("read-only")),
      [],
    );
  });

  test("an upgrade that fails leaves read-only", async () => {
    await run("read-only");
    const existing = await readImport(management, REF);
    const role = { kind: "ClusterRoleBinding", metadata: { name: "palette-full" } };
    await assert.rejects(
      upgradeToFull({ management, imported: refusing(imported, role) }, existing),
      (error) => isPaletteError(error, "Refused") && /stays read-only/.test(error.message),
    );
    assert.deepEqual(
      (await remains()).filter((each) => each.includes("full")),
      [],
    );
    assert.equal((await readImport(management, REF)).mode, "read-only");
  });

  test("the same cluster under another name, and the management cluster itself, are refused", async () => {
    await run("read-only");
    const facts = await look();
    await assert.rejects(
      importCluster({ management, imported }, facts, { ...chosen(facts, "read-only"), name: "other" }),
      /It is imported as engine-imports\/shop/,
    );
    const itself = await importFacts(management, management, NAMESPACE);
    await assert.rejects(
      importCluster({ management, imported: management }, itself, chosen(itself, "read-only")),
      /This is the management cluster/,
    );
  });

  test("the token renews itself, and one that is no good any more is replaced", async () => {
    await run("full");
    const first = await given();
    await management.patch(
      { ...SVELTOS_CLUSTER, ...REF },
      { spec: { tokenRequestRenewalOption: { renewTokenRequestInterval: "1s", tokenDuration: "10m0s" } } },
    );
    await until("another token", async () => ((await given()) === first ? undefined : true));
    const renewed = parse(await given()) as { users: { user: { token: string } }[] };
    assert.notEqual(renewed.users[0]?.user.token, (parse(first) as typeof renewed).users[0]?.user.token);
    await until(
      "the time of the renewal",
      async () => statusOf(await sveltosCluster()).lastReconciledTokenRequestAt,
    );

    // A token ends with its service account, as with its time.
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      name: "palette-agent",
      namespace: "palette-system",
    };
    await imported.delete(account);
    await until("the failure", async () => statusOf(await sveltosCluster()).failureMessage);
    const { name, namespace, ...kind } = account;
    await imported.create({ ...kind, metadata: { name, namespace } });
    const tokenUntil = await reauthenticate({ management, imported }, await readImport(management, REF));
    assert.ok(Date.parse(tokenUntil) > Date.now());
    assert.equal(statusOf(await sveltosCluster()).connectionStatus, "Healthy");
    assert.equal(statusOf(await sveltosCluster()).failureMessage, undefined);
  });

  test("another context is not taken for the cluster", async () => {
    await run("read-only");
    const existing = await readImport(management, REF);
    for (const attempt of [
      () => detach({ management, imported: management }, existing),
      () => reauthenticate({ management, imported: management }, existing),
      () => upgradeToFull({ management, imported: management }, existing),
    ]) {
      await assert.rejects(attempt(), /leads to another cluster than shop/);
    }
  });

  test("detaching what is not reached names the commands, and a new import takes over what is left", async () => {
    await run("read-only");
    const left = await detach({ management }, await readImport(management, REF));
    assert.equal(left.length, 1);
    assert.equal(left[0]?.side, "imported");
    assert.ok(left[0]?.commands.includes("kubectl delete namespace palette-system --ignore-not-found"));
    assert.deepEqual(
      (await remains()).filter((each) => each.startsWith("management")),
      [],
    );
    const facts = await look();
    assert.match(facts.mark?.by ?? "", /^engine-imports\/shop at /);
    await importCluster({ management, imported }, facts, chosen(facts, "read-only"));
    assert.equal(statusOf(await sveltosCluster()).connectionStatus, "Healthy");
  });

  test("a cluster that dies half-way is said with what is left and the commands; the next import takes it over", async () => {
    const { workload } = engines.status;
    const way = await openWay(workload?.kubeconfig ?? "", join(folder, "way.yaml"));
    const through = await connectTo(way.kubeconfig, way.context);
    try {
      const facts = await importFacts(management, through, NAMESPACE);
      // The namespace, the account and the role come through; then nothing does any more.
      way.cutAfter(3, "before");
      await assert.rejects(
        importCluster({ management, imported: through }, facts, chosen(facts, "read-only")),
        (error) =>
          isPaletteError(error, "Unreachable") &&
          /could not be removed/.test(error.next ?? "") &&
          /delete namespace palette-system --ignore-not-found/.test(error.next ?? ""),
      );
      assert.deepEqual(await remains(), [
        "imported Namespace palette-system",
        "imported ServiceAccount palette-agent",
        "imported ClusterRole palette-read-only",
      ]);
    } finally {
      through.close();
      await way.close();
    }
    await run("read-only");
    assert.equal(statusOf(await sveltosCluster()).connectionStatus, "Healthy");
  });

  test("who may not even look is told so", async () => {
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "weak", namespace: "default" },
    };
    await imported.create(account);
    try {
      const { token } = await imported.requestToken({ namespace: "default", name: "weak" }, 600);
      const path = join(folder, "weak.yaml");
      const { workload } = engines.status;
      const kubeconfig = parse(await readFile(workload?.kubeconfig ?? "", "utf8"));
      kubeconfig.users[0].user = { token };
      await writeFile(path, stringify(kubeconfig), { mode: 0o600 });
      const weak = await connectTo(path, workload?.context ?? "");
      await assert.rejects(importFacts(management, weak, NAMESPACE), (error) =>
        isPaletteError(error, "Forbidden"),
      );
      weak.close();
    } finally {
      await imported.delete({ apiVersion: "v1", kind: "ServiceAccount", name: "weak", namespace: "default" });
    }
  });
});

/** A connection whose API server refuses one object. */
function refusing(
  end: ManagementCluster,
  { kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } },
): ManagementCluster {
  return intercept(end, async (object, send) => {
    if (object.kind === kind && object.metadata.name === metadata.name) {
      // A name that no server takes: it is the server itself that refuses.
      return send({ ...object, metadata: { ...object.metadata, name: `${object.metadata.name}%` } });
    }
    return send(object);
  });
}

/** A connection that loses the answer to the creation of a kind. */
function losing(end: ManagementCluster, kind: string): ManagementCluster {
  return intercept(end, async (object, send) => {
    const made = await send(object);
    if (object.kind === kind) {
      throw Object.assign(new Error("lost"), { name: "PaletteError", code: "Unreachable" });
    }
    return made;
  });
}

function intercept(
  end: ManagementCluster,
  handle: (object: KubeObject, send: (object: KubeObject) => Promise<KubeObject>) => Promise<KubeObject>,
): ManagementCluster {
  return new Proxy(end, {
    get(target, key) {
      if (key === "create" || key === "apply") {
        return (object: KubeObject, options: object) =>
          handle(object, (sent) =>
            key === "create" ? target.create(sent, options) : target.apply(sent, options),
          );
      }
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
