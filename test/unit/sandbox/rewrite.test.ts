import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keepNeeded, pointTo } from "../../../sandbox/manifests/rewrite.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

const object = (kind: string, more: Record<string, unknown> = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: kind.toLowerCase() },
  ...more,
});

describe("keepNeeded", () => {
  test("drops what only pods need", () => {
    const kinds = [
      "Namespace",
      "CustomResourceDefinition",
      "ServiceAccount",
      "ClusterRole",
      "Service",
      "Deployment",
      "Certificate",
      "MutatingWebhookConfiguration",
      "ValidatingWebhookConfiguration",
    ];
    assert.deepEqual(
      keepNeeded(kinds.map((kind) => object(kind))).map(({ kind }) => kind),
      [
        "Namespace",
        "CustomResourceDefinition",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
      ],
    );
  });
  test("drops cert-manager's annotation and keeps the others", () => {
    const [kept] = keepNeeded([
      object("Namespace", {
        metadata: {
          name: "n",
          labels: { l: "1" },
          annotations: { "cert-manager.io/inject-ca-from": "x", a: "b" },
        },
      }),
    ]);
    assert.deepEqual(kept?.metadata, { name: "n", labels: { l: "1" }, annotations: { a: "b" } });
  });
});

describe("pointTo", () => {
  const service = { name: "webhook-service", namespace: "system", path: "/validate" };
  const at = (path: string) => ({ url: `https://127.0.0.1:7000${path}`, caBundle: "Q0E=" });

  test("replaces the service of each webhook", () => {
    const input = object("ValidatingWebhookConfiguration", {
      webhooks: [
        { name: "a", clientConfig: { service } },
        { name: "b", clientConfig: { service: { ...service, path: "/other" }, caBundle: "Cg==" } },
      ],
    });
    assert.deepEqual(pointTo(input, 7000, "Q0E=").webhooks, [
      { name: "a", clientConfig: at("/validate") },
      { name: "b", clientConfig: at("/other") },
    ]);
  });
  test("replaces the service of a conversion", () => {
    const input = object("CustomResourceDefinition", {
      spec: {
        group: "g",
        conversion: {
          strategy: "Webhook",
          webhook: { clientConfig: { service: { ...service, path: "/convert" } } },
        },
      },
    });
    assert.deepEqual(pointTo(input, 7000, "Q0E=").spec, {
      group: "g",
      conversion: { strategy: "Webhook", webhook: { clientConfig: at("/convert") } },
    });
  });
  test("leaves the input and objects without a service as they are", () => {
    const input = object("CustomResourceDefinition", { spec: { group: "g" } });
    assert.deepEqual(pointTo(input, 7000, "Q0E="), input);
    const webhook = object("MutatingWebhookConfiguration", { webhooks: [{ clientConfig: { service } }] });
    const copy = structuredClone(webhook);
    pointTo(webhook, 7000, "Q0E=");
    assert.deepEqual(webhook, copy);
  });
});
