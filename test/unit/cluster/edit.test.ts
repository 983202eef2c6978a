import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { editRequest, formatRequest, parseRequest, requestOf } from "../../../src/cluster/index.ts";
import { anyRequest } from "./support.ts";

const REQUEST = `# What the shop runs on.
apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: demo # short
  namespace: team-a
spec:
  cloudType: docker
  profiles:
    - file: base.profile.yaml
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
    # Two are enough.
    - poolConfig:
        name: workers
        size: 2
        additionalLabels:
          disk: fast
`;

describe("editing a request", () => {
  const cases: readonly (readonly [
    title: string,
    path: (string | number)[],
    value: unknown,
    from: string,
    to: string,
  ])[] = [
    [
      "changes a value and keeps comments",
      ["metadata", "name"],
      "shop",
      "name: demo # short",
      "name: shop # short",
    ],
    ["makes the maps on the way", ["spec", "cloudConfig", "region"], "eu", "    # Two", "    # Two"],
    ["takes a field away", ["metadata", "namespace"], undefined, "  namespace: team-a\n", ""],
    [
      "takes a map away that is left empty",
      ["spec", "machinePools", 1, "poolConfig", "additionalLabels", "disk"],
      undefined,
      "        additionalLabels:\n          disk: fast\n",
      "",
    ],
    [
      "takes an item away with its comment",
      ["spec", "machinePools", 1],
      undefined,
      REQUEST.slice(REQUEST.indexOf("    # Two")),
      "",
    ],
  ];
  for (const [title, path, value, from, to] of cases) {
    it(title, () => {
      const text = editRequest(REQUEST, [{ path, value }]);
      if (from === to) {
        assert.match(text, /cloudConfig:\n {4}region: eu/);
        assert.match(text, /# Two are enough\./);
      } else {
        assert.equal(text, REQUEST.replace(from, to));
      }
    });
  }

  it("refuses a text that is no YAML, so that nothing of it is lost", () => {
    assert.throws(() => editRequest("a: [", [{ path: ["a"], value: 1 }]), SyntaxError);
  });

  it("without a change changes nothing about the request", () => {
    fc.assert(
      fc.property(anyRequest("docker"), (request) => {
        const text = editRequest(formatRequest(request), []);
        assert.deepEqual(requestOf(parseRequest(text)), request);
      }),
    );
  });

  it("of any name gives the request with that name, and nothing else", () => {
    fc.assert(
      fc.property(anyRequest("docker"), fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/), (request, name) => {
        const text = editRequest(formatRequest(request), [{ path: ["metadata", "name"], value: name }]);
        assert.deepEqual(requestOf(parseRequest(text)), { ...request, name });
      }),
    );
  });
});
