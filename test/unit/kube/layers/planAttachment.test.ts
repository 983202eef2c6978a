import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CLUSTER, CLUSTER_SUMMARY, LAYER_PROFILE, SVELTOS_CLUSTER } from "../../../../src/kube/kinds.ts";
import { planAttachment } from "../../../../src/kube/layers/planAttachment.ts";
import { addOnText, chartPack, configMapPack, textVariable } from "../../../support/addOn.ts";
import { StubManagement } from "../stub.ts";

const REF = { namespace: "team", name: "store" };
const PROFILE = addOnText({
  name: "pool",
  packs: [
    chartPack("names", "1.0.0", 'pack: { namespace: names }\nowner: "{{.spectro.var.owner}}"\n'),
    configMapPack("pool", {
      from: "{{.spectro.var.from}}",
      action: "{{.spectro.var.action}}",
      domain: "{{.spectro.var.domain}}",
    }),
  ],
  variables: [
    textVariable("from", { format: "ipv4", regex: "^10\\." }),
    textVariable("action", {
      inputType: "dropdown",
      options: [{ value: "Audit" }, { value: "Deny" }],
      defaultValue: "Audit",
    }),
    textVariable("owner", { defaultValue: "nobody" }),
    textVariable("domain", { immutable: true, defaultValue: "example.com" }),
  ],
});

describe("values of a profile's variables on a cluster", () => {
  const management = new StubManagement();
  for (const { apiVersion, kind } of [CLUSTER, SVELTOS_CLUSTER, LAYER_PROFILE, CLUSTER_SUMMARY]) {
    management.served.push([apiVersion, kind, `${kind.toLowerCase()}s`]);
  }
  management.objects = [{ ...SVELTOS_CLUSTER, metadata: REF }];
  const plan = (variables: Record<string, string>) =>
    planAttachment(
      management,
      REF,
      {
        profileText: PROFILE,
        variables,
        sources: { registries: [{ name: "local", kind: "helm", url: "https://charts.example.com" }] },
      },
      {},
    );

  it("are what the cluster has of its own", async () => {
    const { own } = await plan({ from: "10.0.0.1", action: "Deny" });
    const [object] = own?.objects ?? [];
    assert.match(JSON.stringify(object?.data), /10\.0\.0\.1.*Deny.*example\.com/);
  });

  const refused: readonly (readonly [title: string, Record<string, string>, RegExp])[] = [
    ["nothing for one that needs a value", {}, /^Variable from of profile pool has no value/],
    ["another format", { from: "here" }, /^Variable from must be an IPv4 address/],
    ["what the pattern does not take", { from: "192.168.0.1" }, /^Variable from must match \^10/],
    ["no option", { from: "10.0.0.1", action: "Warn" }, /^Variable action must be one of Audit, Deny/],
    ["a read-only one", { from: "10.0.0.1", domain: "example.org" }, /^Variable domain is read-only/],
    ["one that breaks a layer's values", { from: "10.0.0.1", owner: 'CORP\\prod "x"' }, /names/],
    ["one that is not there", { from: "10.0.0.1", too: "much" }, /^Profile pool has no variable too/],
  ];
  for (const [title, variables, message] of refused) {
    it(`are refused: ${title}`, () => assert.rejects(plan(variables), { code: "InvalidDocument", message }));
  }
});
