import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkRequest, formatRequest, parseRequest, requestOf } from "../../../src/cluster/index.ts";
import { anyRequest, request } from "./support.ts";

describe("a request as text", () => {
  it("is read as the same request", () => {
    fc.assert(
      fc.property(anyRequest("in-memory"), (any) => {
        const document = parseRequest(formatRequest(any));
        assert.deepEqual(checkRequest(document), []);
        assert.deepEqual(requestOf(document), any);
      }),
    );
  });

  it("says nothing that goes without saying", () => {
    assert.equal(
      formatRequest(request()),
      `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo
  namespace: default
spec:
  cloudType: docker
  profiles:
    - file: team-base.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
    - poolConfig:
        name: workers
        size: 2
`,
    );
  });
});
