import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { ClusterRequest } from "../../../src/cluster/model.ts";
import {
  createCluster,
  deleteCluster,
  type ManagementCluster,
  planCreation,
} from "../../../src/kube/index.ts";
import { forgetLogins } from "../../../src/kube/layers/logins.ts";
import { loginName } from "../../../src/layers/index.ts";
import { addOnText, chartPack } from "../../support/addOn.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo, PROFILE_TEXT, requestFor } from "./support.ts";

const NAMESPACE = "engine-creation-logins";
const DEV_CLUSTER = { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "DevCluster" };
/** Nothing reads it before the cluster can be reached. */
const URL = "https://charts.example.com";
const NAME = loginName(URL);

describe("creating a cluster with charts of a private registry", {
  skip: await missingEngines(),
  timeout: 600_000,
}, () => {
  const engines = useEngines();
  let management: ManagementCluster;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  });
  after(() => management?.close());

  const whole = requestFor(NAMESPACE, "create-private");
  const request: ClusterRequest = {
    ...whole,
    // In memory there is nothing to put layers on.
    cloudType: "docker",
    profiles: [...whole.profiles, { name: "private", version: "1.0.0" }],
  };
  const plan = () =>
    planCreation(management, {
      request,
      profileText: PROFILE_TEXT,
      addOnTexts: [
        addOnText({ name: "private", packs: [chartPack("dns", "1.0.0", "pack: { namespace: dns }\n")] }),
      ],
      sources: { registries: [{ name: "local", kind: "helm", url: URL }] },
      logins: [{ registry: "local", url: URL, basic: { username: "ada", password: "s3cret" } }],
    });
  const secrets = async (): Promise<string[]> =>
    (await management.list({ apiVersion: "v1", kind: "Secret" }, { namespace: NAMESPACE }))
      .map(({ metadata }) => metadata.name)
      .filter((name) => name === NAME);

  it("needs the user's consent, and leaves nothing without", async () => {
    await assert.rejects(createCluster(management, await plan()), { code: "Cancelled" });
    assert.deepEqual(await secrets(), []);
  });

  it("gives the management cluster the credentials, whoever takes profiles off meanwhile", async () => {
    let isWriting = true;
    const others = (async () => {
      while (isWriting) {
        await forgetLogins(management, NAMESPACE, {});
      }
    })();
    // Stopped before the last step, so that no provider begins: none here could end it.
    const stopped = new AbortController();
    const creation = createCluster(management, await plan(), {
      mayWriteLogin: () => true,
      shouldUndo: () => false,
      signal: stopped.signal,
      onProgress: ({ done, total }) => done === total - 1 && stopped.abort(),
    });
    await assert.rejects(creation, { code: "Cancelled" });
    isWriting = false;
    await others;
    assert.deepEqual(await secrets(), [NAME]);
  });

  it("takes them away with the cluster", async () => {
    let isThere = true;
    const deletion = deleteCluster(management, request).finally(() => {
      isThere = false;
    });
    // Its provider cannot end without a container engine, and goes on trying.
    const provided = { ...DEV_CLUSTER, namespace: NAMESPACE, name: request.name };
    while (isThere) {
      await management.patch(provided, { metadata: { finalizers: null } }).catch(() => undefined);
      await setTimeout(250);
    }
    await deletion;
    assert.deepEqual(await secrets(), []);
  });
});
