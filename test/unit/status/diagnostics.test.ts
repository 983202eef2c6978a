import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnosticsText, progressOf } from "../../../src/status/index.ts";
import { DETAILS } from "./examples.ts";
import { object } from "./support.ts";

const { blocked } = DETAILS;
assert.ok(blocked !== undefined);

describe("diagnostics", () => {
  const text = diagnosticsText(blocked, { "VS Code": "1.139.0" });

  it("say what somebody asks who is to help", () => {
    for (const line of [
      /^Cluster team\/prod on mgmt-eu, 2026-11-24T10:20:00\.000Z$/m,
      /^VS Code: 1\.139\.0$/m,
      /^Health: bad\. AWS does not start 2 worker machines.* \(since 2026-11-24T10:13:17Z\)$/m,
      /^Known cause: quota$/m,
      /^ {2}Workers: problem, from 2026-11-24T10:11:17Z\. 0 of 2 machines ready$/m,
      /^ {2}Layer Cilium \(network\): ready$/m,
      /^ {2}AWSMachine workers-1 \(infrastructure\.cluster\.x-k8s\.io\/v1beta2\), created /m,
      /^ {4}InstanceReady=False Error InstanceProvisionFailed 2026-11-24T10:13:17Z: failed to create /m,
      /^ {2}2026-11-24T10:19:40Z Warning AWSMachine\/workers-1 FailedCreate x9: Failed to create instance/m,
    ]) {
      assert.match(text, line);
    }
  });

  it("hold no specification, Secret, bootstrap data or token, wherever it stands", () => {
    const secret = "s3cr3t-V4lue";
    const hidden = diagnosticsText(
      {
        ...blocked,
        objects: [
          ...blocked.objects,
          object("v1", "Secret", { name: "prod-kubeconfig", status: { value: secret } }),
          object("bootstrap.cluster.x-k8s.io/v1beta2", "KThreesConfig", {
            name: "cp-1",
            spec: { files: [{ content: secret }], joinToken: secret },
            status: {
              bootstrapData: secret,
              inner: { userData: [secret], adminPassword: secret },
              ready: true,
            },
            conditions: [
              {
                type: "Ready",
                status: "False",
                message: `sign-in with token=${secret} failed, Authorization: Bearer ${secret}`,
              },
            ],
          }),
        ],
        events: [
          {
            time: "2026-11-24T10:00:00Z",
            isWarning: true,
            reason: "Failed",
            message: `password: ${secret}`,
            count: 1,
            kind: "Machine",
            name: "cp-1",
          },
        ],
      },
      {},
    );
    assert.ok(!hidden.includes(secret), hidden.slice(Math.max(0, hidden.indexOf(secret) - 100)));
    assert.match(hidden, /KThreesConfig cp-1/);
    assert.match(hidden, /"ready":true/);
    assert.doesNotMatch(hidden, /Secret prod-kubeconfig/);
  });
});

describe("the provider's message", () => {
  it("comes from an event where its condition has none", () => {
    const { cause } = blocked.status;
    assert.ok(cause?.source !== undefined);
    const silent = {
      ...blocked,
      status: { ...blocked.status, cause: { ...cause, source: { ...cause.source, message: "" } } },
    };
    assert.match(
      progressOf(silent).notice?.source?.text ?? "",
      /: Failed to create instance: VcpuLimitExceeded$/,
    );
    assert.equal(progressOf({ ...silent, events: [] }).notice?.source, null);
  });
});
