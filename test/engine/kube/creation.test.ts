import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { parse } from "yaml";
import { cloudOf } from "../../../src/cluster/index.ts";
import { explainRefusal } from "../../../src/cluster/refusals.ts";
import {
  createCluster,
  deleteCluster,
  dryRun,
  listClusters,
  type ManagementCluster,
  planCreation,
  publishProfile,
} from "../../../src/kube/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { type Cut, type CuttableWay, openWay } from "./proxy.ts";
import { connectTo, everythingOf, PROFILE_TEXT, requestFor } from "./support.ts";

/** Its own: other tests use the same management cluster. */
const NAMESPACE = "engine-kube";
const CLUSTER = { apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster" };
const POLICY = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy" };
const BINDING = { ...POLICY, kind: "ValidatingAdmissionPolicyBinding" };

describe("creating a cluster", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  let folder: string;
  let management: ManagementCluster;
  let way: CuttableWay;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-engine-"));
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    way = await openWay(engines.status.kubeconfig, join(folder, "way.yaml"));
  });
  after(async () => {
    await way?.close();
    management?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    way.restore();
    for (const { name, namespace } of await listClusters(management)) {
      if (namespace === NAMESPACE) {
        await deleteCluster(management, { name, namespace });
      }
    }
  });

  const create = async (
    through: ManagementCluster,
    request = requestFor(NAMESPACE, "create-a"),
    signal?: AbortSignal,
  ) =>
    createCluster(through, await planCreation(through, { request, profileText: PROFILE_TEXT }), { signal });
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => assert.fail("it was not refused"),
      (reason: unknown) => reason,
    );
    assert.ok(isPaletteError(error), String(error));
    return error;
  };

  it("judges every object before, and stores nothing", async () => {
    const request = requestFor(NAMESPACE, "create-dry");
    const plan = await planCreation(management, { request, profileText: PROFILE_TEXT });
    assert.deepEqual(await dryRun(management, plan), []);
    assert.deepEqual(await everythingOf(management, "create-dry"), []);
  });

  it("refuses a name that is taken, in whatever namespace", async () => {
    await create(management);
    const same = await refusal(create(management, requestFor(NAMESPACE, "create-a", { workers: 2 })));
    assert.equal(same.code, "AlreadyExists");
    assert.match(same.message, /Cluster create-a exists in engine-kube/);

    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: `${NAMESPACE}-other` } });
    const elsewhere = await refusal(
      create(management, { ...requestFor(NAMESPACE, "create-a"), namespace: `${NAMESPACE}-other` }),
    );
    assert.equal(elsewhere.code, "AlreadyExists");
    assert.match(elsewhere.message, /exists in engine-kube/);
  });

  it("does nothing where the same request was written before", async () => {
    await create(management);
    const first = await management.get({ ...CLUSTER, namespace: NAMESPACE, name: "create-a" });
    await create(management);
    const second = await management.get({ ...CLUSTER, namespace: NAMESPACE, name: "create-a" });
    assert.equal(second?.metadata.uid, first?.metadata.uid);
  });

  it("lets one of two creators win and mixes nothing", async () => {
    const requests = [
      requestFor(NAMESPACE, "create-a", { controlPlane: 1, workers: 1 }),
      requestFor(NAMESPACE, "create-a", { controlPlane: 3, workers: 3 }),
    ];
    const plans = await Promise.all(
      requests.map((request) => planCreation(management, { request, profileText: PROFILE_TEXT })),
    );
    const results = await Promise.allSettled(plans.map((plan) => createCluster(management, plan)));
    const winners = results.flatMap(({ status }, i) => (status === "fulfilled" ? [i] : []));
    assert.equal(winners.length, 1, JSON.stringify(results));
    const loser = results.find((result) => result.status === "rejected");
    assert.ok(isPaletteError(loser?.reason, "AlreadyExists"), String(loser?.reason));

    const size = requests[winners[0] ?? 0]?.machinePools[0]?.size;
    const [status] = await listClusters(management, { namespace: NAMESPACE });
    assert.equal(status?.unfinished, false);
    assert.deepEqual(
      status?.pools.map(({ desired }) => desired),
      [size, size],
    );
  });

  it("names the missing permission and leaves nothing", async () => {
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" };
    const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({
      apiGroups,
      resources,
      verbs,
    });
    await management.apply({
      ...role,
      metadata: { name: "create-narrow" },
      rules: [
        rule([""], ["configmaps"], ["get", "list", "create", "patch"]),
        rule(
          [
            "cluster.x-k8s.io",
            "controlplane.cluster.x-k8s.io",
            "infrastructure.cluster.x-k8s.io",
            "bootstrap.cluster.x-k8s.io",
          ],
          ["*"],
          ["get", "list", "watch"],
        ),
        rule(["cluster.x-k8s.io"], ["clusters"], ["create", "patch", "delete"]),
      ],
    });
    await management.apply({
      ...role,
      kind: "ClusterRoleBinding",
      metadata: { name: "create-narrow" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "create-narrow" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "narrow" }],
    });
    const config = parse(await readFile(engines.status.kubeconfig, "utf8")) as {
      users: { user: Record<string, string> }[];
    };
    for (const { user } of config.users) {
      user.as = "narrow";
    }
    const file = join(folder, "narrow.yaml");
    await writeFile(file, JSON.stringify(config));
    const narrow = await connectTo(file, engines.status.context);
    try {
      const error = await refusal(create(narrow));
      assert.equal(error.code, "Forbidden");
      assert.match(
        error.message,
        /User narrow may not \w+ \w+\.\S+cluster\.x-k8s\.io in namespace engine-kube/,
      );
      assert.deepEqual(await everythingOf(management, "create-a"), []);
    } finally {
      narrow.close();
    }
  });

  it("undoes everything where an object is refused half-way", async () => {
    await management.apply({
      ...POLICY,
      metadata: { name: "create-refuse" },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ["cluster.x-k8s.io"],
              apiVersions: ["*"],
              operations: ["CREATE"],
              resources: ["machinedeployments"],
            },
          ],
        },
        validations: [
          {
            // Passes the dry run, as policies that count or look elsewhere do.
            expression: "request.dryRun || !object.metadata.name.startsWith('create-')",
            message: "no machines on Tuesdays",
          },
        ],
      },
    });
    await management.apply({
      ...BINDING,
      metadata: { name: "create-refuse" },
      spec: { policyName: "create-refuse", validationActions: ["Deny"] },
    });
    try {
      await untilPolicy(management, true);
      const error = await refusal(create(management));
      assert.equal(error.code, "Refused");
      assert.match(error.engine ?? "", /no machines on Tuesdays/);
      assert.match(error.next ?? "", /Nothing of cluster create-a is left/);
      assert.deepEqual(await everythingOf(management, "create-a"), []);
    } finally {
      await management.delete({ ...BINDING, name: "create-refuse" });
      await management.delete({ ...POLICY, name: "create-refuse" });
      await untilPolicy(management, false);
    }
  });

  it("leaves nothing when cancelled, at whatever step", async () => {
    const plan = await planCreation(management, {
      request: requestFor(NAMESPACE, "create-a"),
      profileText: PROFILE_TEXT,
    });
    for (const step of ["Publishing", "Claiming", "Writing Cluster", "Writing Kubeadm", "Handing over"]) {
      const abort = new AbortController();
      const error = await refusal(
        createCluster(management, plan, {
          signal: abort.signal,
          onProgress: (progress) => {
            if (progress.step.startsWith(step)) {
              abort.abort();
            }
          },
        }),
      );
      assert.equal(error.code, "Cancelled", step);
      assert.deepEqual(await everythingOf(management, "create-a"), [], step);
    }
  });

  it("leaves what was written where that is chosen, and goes on there", async () => {
    const plan = await planCreation(management, {
      request: requestFor(NAMESPACE, "create-a"),
      profileText: PROFILE_TEXT,
    });
    for (const step of ["Writing Cluster", "Writing Kubeadm", "Writing MachineDeployment", "Handing over"]) {
      const abort = new AbortController();
      const error = await refusal(
        createCluster(management, plan, {
          signal: abort.signal,
          shouldUndo: () => false,
          onProgress: (progress) => {
            if (progress.step.startsWith(step)) {
              abort.abort();
            }
          },
        }),
      );
      assert.equal(error.code, "Cancelled", step);
      assert.match(error.next ?? "", /is left, marked unfinished, and runs nothing/, step);
      const left = await management.get({ ...CLUSTER, namespace: NAMESPACE, name: "create-a" });
      assert.equal((left?.spec as { paused?: boolean } | undefined)?.paused, true, step);
    }
    await createCluster(management, plan);
    const [status] = await listClusters(management, { namespace: NAMESPACE });
    assert.equal(status?.unfinished, false);
  });

  it("lets another request take the place of one that was left, without waiting", async () => {
    const plan = await planCreation(management, {
      request: requestFor(NAMESPACE, "create-a", { workers: 3 }),
      profileText: PROFILE_TEXT,
    });
    const abort = new AbortController();
    await refusal(
      createCluster(management, plan, {
        signal: abort.signal,
        shouldUndo: () => false,
        onProgress: ({ step }) => {
          if (step.startsWith("Writing Kubeadm")) {
            abort.abort();
          }
        },
      }),
    );
    await create(management);
    const [status] = await listClusters(management, { namespace: NAMESPACE });
    assert.deepEqual(
      status?.pools.map(({ desired }) => desired),
      [1, 1],
    );
  });

  describe("with a masked variable", () => {
    const masked = (name: string) => ({
      ...requestFor(NAMESPACE, name),
      profiles: [
        {
          name: "engine-masked",
          version: "1.0.0",
          variables: [
            { name: "token", valueFrom: { secretKeyRef: { name: `${name}-variables`, key: "token" } } },
          ],
        },
      ],
    });
    const profileText = `${PROFILE_TEXT.replace("name: engine-test", "name: engine-masked")}  variables:
    - name: token
      displayName: Token
      format: string
      required: true
      isSensitive: true
`;

    it("says before writing that its value is missing, at the variable", async () => {
      const request = masked("create-masked");
      const plan = await planCreation(management, { request, profileText });
      const [refused, ...others] = await dryRun(management, plan);
      assert.ok(refused);
      assert.deepEqual(others, []);
      const cloud = cloudOf(request.cloudType);
      assert.ok(cloud);
      assert.deepEqual(explainRefusal(refused, request, cloud, "mgmt")[0]?.path, [
        "spec",
        "profiles",
        0,
        "variables",
        0,
      ]);
      const error = await refusal(createCluster(management, plan));
      assert.match(error.message, /^Variable token has no value/);
    });

    it("writes the value to a Secret that goes with the cluster", async () => {
      const secrets = { token: "s3cret" };
      const request = masked("create-masked");
      const plan = await planCreation(management, { request, profileText, secrets });
      await createCluster(management, plan);
      const key = { apiVersion: "v1", kind: "Secret", namespace: NAMESPACE, name: "create-masked-variables" };
      const secret = await management.get(key);
      assert.deepEqual(secret?.data, { token: Buffer.from("s3cret").toString("base64") });
      assert.equal(secret?.metadata.labels?.["clusterctl.cluster.x-k8s.io/move"], "true");
      assert.equal(secret?.metadata.ownerReferences?.[0]?.kind, "Cluster");
      const named = await management.get(key, { metadataOnly: true });
      assert.deepEqual(
        [named?.kind, named?.metadata.name, named?.data],
        ["Secret", "create-masked-variables", undefined],
      );
    });
  });

  it("goes on after a connection that was cut at any write", async () => {
    const probe = await planCreation(management, {
      request: requestFor(NAMESPACE, "cut"),
      profileText: PROFILE_TEXT,
    });
    // The profile, the claim, every object, the end of the pause.
    const all = probe.objects.length + 3;
    const writes = Array.from({ length: all }, (_, i) => i);
    // Whether a write is lost before it arrives or was the last to be answered is the same to the server: those that
    // matter are the first, the claim and the last.
    const cases = [
      ...writes.map((count) => ({ writes: count, how: "after" as Cut })),
      ...[0, 1, all - 1].map((count) => ({ writes: count, how: "before" as Cut })),
    ].map((each) => ({ ...each, name: `cut-${each.writes}-${each.how}` }));
    // A few at a time: controllers of many clusters at once are slow.
    const queue = cases.values();
    const worker = async (): Promise<void> => {
      for (const each of queue) {
        await cutAndGoOn(each, all);
      }
    };
    await Promise.all(Array.from({ length: 5 }, worker));
  });

  async function cutAndGoOn(
    { writes, how, name }: { writes: number; how: Cut; name: string },
    all: number,
  ): Promise<void> {
    const own = await openWay(engines.status.kubeconfig, join(folder, `${name}.yaml`));
    const through = await connectTo(own.kubeconfig, own.context);
    try {
      const plan = await planCreation(through, {
        request: requestFor(NAMESPACE, name),
        profileText: PROFILE_TEXT,
      });
      own.cutAfter(writes, how);
      const error = await refusal(createCluster(through, plan));
      assert.equal(error.code, "Unreachable", `${name}: ${error.message}`);
      own.restore();
      const left = await management.get({ ...CLUSTER, namespace: NAMESPACE, name });
      const isWhole = writes === all - 1 && how === "after";
      if (left !== undefined) {
        // What is not whole runs nothing.
        assert.equal((left.spec as { paused?: boolean }).paused === true, !isWhole, name);
      }

      await createCluster(through, plan);
      const status = (await listClusters(management, { namespace: NAMESPACE })).find(
        (each) => each.name === name,
      );
      assert.equal(status?.unfinished, false, name);
      assert.deepEqual(
        status?.pools.map(({ desired }) => desired),
        [1, 1],
        name,
      );
      await deleteCluster(management, { namespace: NAMESPACE, name });
      assert.deepEqual(await everythingOf(management, name), []);
    } finally {
      through.close();
      await own.close();
    }
  }

  it("removes what an older, other request left unfinished", async () => {
    const plan = await planCreation(management, {
      request: requestFor(NAMESPACE, "create-a", { workers: 3 }),
      profileText: PROFILE_TEXT,
    });
    const through = await connectTo(way.kubeconfig, way.context);
    try {
      way.cutAfter(6, "after");
      await refusal(createCluster(through, plan));
      way.restore();
    } finally {
      through.close();
    }
    // Its writer may still be at work: not before its time is over.
    const early = await refusal(create(management));
    assert.equal(early.code, "AlreadyExists");
    await management.patch(
      { ...CLUSTER, namespace: NAMESPACE, name: "create-a" },
      { metadata: { annotations: { "palette-onboarding/claimed": "2026-01-01T00:00:00Z" } } },
    );
    await create(management);
    const [status] = await listClusters(management, { namespace: NAMESPACE });
    assert.deepEqual(
      status?.pools.map(({ desired }) => desired),
      [1, 1],
    );
  });

  it("deletes an unfinished cluster", async () => {
    const through = await connectTo(way.kubeconfig, way.context);
    try {
      const plan = await planCreation(through, {
        request: requestFor(NAMESPACE, "create-a"),
        profileText: PROFILE_TEXT,
      });
      way.cutAfter(4, "before");
      await refusal(createCluster(through, plan));
      way.restore();
    } finally {
      through.close();
    }
    await deleteCluster(management, { namespace: NAMESPACE, name: "create-a" });
    assert.deepEqual(await everythingOf(management, "create-a"), []);
  });

  it("refuses other content under a published version", async () => {
    const first = await publishProfile(management, { text: PROFILE_TEXT, namespace: NAMESPACE });
    const again = await publishProfile(management, { text: PROFILE_TEXT, namespace: NAMESPACE });
    assert.deepEqual([again.added, again.hash], [false, first.hash]);
    const changed = `${PROFILE_TEXT}\n# changed\n`;
    const error = await refusal(publishProfile(management, { text: changed, namespace: NAMESPACE }));
    assert.equal(error.code, "AlreadyExists");
    assert.match(error.next ?? "", /Raise the version/);
    const planned = await refusal(
      planCreation(management, { request: requestFor(NAMESPACE, "create-b"), profileText: changed }),
    );
    assert.equal(planned.code, "AlreadyExists");
  });
});

/** Policies take a moment to be in force, and to be so no more. */
async function untilPolicy(management: ManagementCluster, inForce: boolean): Promise<void> {
  const probe = {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "MachineDeployment",
    metadata: { name: "create-probe", namespace: NAMESPACE },
    spec: {
      clusterName: "create-probe",
      replicas: 0,
      selector: {},
      template: {
        spec: {
          clusterName: "create-probe",
          bootstrap: { dataSecretName: "none" },
          infrastructureRef: {
            apiGroup: "infrastructure.cluster.x-k8s.io",
            kind: "DevMachineTemplate",
            name: "none",
          },
        },
      },
    },
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const refused = await management.create(probe).then(
      () => management.delete({ ...probe, ...probe.metadata }).then(() => false),
      (error: unknown) => {
        assert.ok(isPaletteError(error, "Refused"), String(error));
        return true;
      },
    );
    if (refused === inForce) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`The policy was never ${inForce ? "in force" : "gone"}`);
}
