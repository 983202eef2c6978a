/** What an attachment leaves on the management cluster, and for how long. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { attachProfile, type ManagementCluster } from "../../../src/kube/index.ts";
import { forgetLogins } from "../../../src/kube/layers/logins.ts";
import { loginName } from "../../../src/layers/index.ts";
import { addOnText, chartPack, textVariable } from "../../support/addOn.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { until } from "./support.ts";

const NAMESPACE = "layers-ownership";
const REF = { namespace: NAMESPACE, name: "owner" };
const CLUSTER = { apiVersion: "lib.projectsveltos.io/v1beta1", kind: "SveltosCluster" };
/** Nothing reads it: the cluster is paused. */
const URL = "https://charts.example.com";

describe("what is written for an attachment", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  let management: ManagementCluster;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    await management.apply({
      ...CLUSTER,
      metadata: REF,
      spec: { paused: true, kubeconfigName: "none", kubeconfigKeyName: "kubeconfig" },
    });
  });
  after(async () => {
    await engines.kubectl("delete", "profiles.config.projectsveltos.io", "--all", `-n${NAMESPACE}`);
    management?.close();
  });

  const secrets = async (): Promise<string[]> =>
    (await management.list({ apiVersion: "v1", kind: "Secret" }, { namespace: NAMESPACE })).map(
      ({ metadata }) => metadata.name,
    );

  it("is there in the end, credentials too, whoever takes profiles off meanwhile", async () => {
    let isWriting = true;
    const others = (async () => {
      while (isWriting) {
        await forgetLogins(management, NAMESPACE, {});
      }
    })();
    await attachProfile(
      management,
      REF,
      {
        profileText: addOnText({
          name: "private",
          packs: [chartPack("dns", "1.0.0", 'pack: { namespace: dns }\ntoken: "{{.spectro.var.token}}"\n')],
          variables: [textVariable("token", { isSensitive: true })],
        }),
        variables: { token: "t0p-s3cret" },
        sources: { registries: [{ name: "local", kind: "helm", url: URL }] },
        logins: [{ registry: "local", url: URL, basic: { username: "ada", password: "s3cret" } }],
      },
      { mayWriteLogin: () => true },
    );
    isWriting = false;
    await others;
    const names = await secrets();
    assert.ok(names.includes(loginName(URL)), names.join(", "));
    assert.equal(names.length, 2, names.join(", "));
  });

  it("goes with the cluster, whoever deletes it, so far as it is the cluster's own", async () => {
    await engines.kubectl("delete", "sveltoscluster", REF.name, `-n${NAMESPACE}`);
    await until(
      async () => (await secrets()).every((name) => name === loginName(URL)),
      async () => (await secrets()).join(", "),
    );
  });
});
