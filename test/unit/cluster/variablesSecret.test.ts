import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { VariableValue } from "../../../src/cluster/model.ts";
import { maskedVariables, variablesSecret } from "../../../src/cluster/variablesSecret.ts";
import { request } from "./support.ts";

const withVariables = (...variables: VariableValue[]) =>
  request({ name: "web", namespace: "team-a", profiles: [{ name: "base", version: "1.0.0", variables }] });

describe("masked variables", () => {
  it("are told with the Secret that has their value, plain ones are not", () => {
    assert.deepEqual(
      maskedVariables(
        withVariables(
          { name: "size", value: "3" },
          { name: "token", valueFrom: { secretKeyRef: { name: "shared", key: "t" } } },
          { name: "password", valueFrom: { env: "PASSWORD" } },
        ),
      ),
      [
        { name: "token", secret: { name: "shared", key: "t" } },
        { name: "password", secret: { name: "web-variables", key: "password" }, env: "PASSWORD" },
      ],
    );
  });

  it("go to the Secret of the cluster where a value is given, by their keys", () => {
    const secret = variablesSecret(
      withVariables(
        { name: "token", valueFrom: { secretKeyRef: { name: "web-variables", key: "t" } } },
        { name: "password", valueFrom: { env: "PASSWORD" } },
        { name: "other", valueFrom: { secretKeyRef: { name: "shared", key: "t" } } },
      ),
      { token: "a", password: "b", other: "c", unknown: "d" },
    );
    assert.deepEqual(secret?.stringData, { t: "a", password: "b" });
    assert.deepEqual(secret?.metadata, {
      name: "web-variables",
      namespace: "team-a",
      labels: {
        "cluster.x-k8s.io/cluster-name": "web",
        "clusterctl.cluster.x-k8s.io/move": "true",
      },
    });
  });

  it("make no Secret where no value is given", () => {
    assert.equal(variablesSecret(withVariables({ name: "a", valueFrom: { env: "A" } }), {}), undefined);
    assert.equal(variablesSecret(request(), { a: "b" }), undefined);
  });
});
