import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  formatPools,
  freeName,
  machinesText,
  nameProblem,
  parsePools,
  requestOf,
} from "../../../src/app/create/draft.ts";
import { checkRequest, formatRequest, parseRequest } from "../../../src/cluster/index.ts";
import { isLabelName } from "../../../src/shared/names.ts";

describe("parsePools", () => {
  for (const [text, pools] of [
    ["2", [{ name: "workers", size: 2 }]],
    [" 2 ", [{ name: "workers", size: 2 }]],
    ["0", []],
    [
      "large=2, small=5",
      [
        { name: "large", size: 2 },
        { name: "small", size: 5 },
      ],
    ],
    ["large=0", [{ name: "large", size: 0 }]],
    [
      "3,gpu=1",
      [
        { name: "workers", size: 3 },
        { name: "gpu", size: 1 },
      ],
    ],
  ] as const) {
    it(`reads "${text}"`, () => assert.deepEqual(parsePools(text), pools));
  }

  for (const [text, problem] of [
    ["", /number of machines/],
    ["two", /"two" is neither/],
    ["-1", /"-1" is neither/],
    ["1.5", /neither/],
    ["Large=1", /Pool name "Large"/],
    ["=1", /Pool name ""/],
    ["a=1,a=2", /Two pools are called a/],
    ["1,2", /Two pools are called workers/],
    ["control-plane=1", /name of the control plane/],
    ["a=5000", /5000 machines/],
  ] as const) {
    it(`says what is wrong with "${text}"`, () => {
      const result = parsePools(text);
      assert.ok("problem" in result);
      assert.match(result.problem, problem);
    });
  }

  it("reads back what formatPools writes", () => {
    const pool = fc.record(
      { name: fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), size: fc.nat(1000) },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(pool, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }),
        (pools) => {
          fc.pre(!(pools.length === 1 && pools[0]?.name === "workers" && pools[0].size === 0));
          assert.deepEqual(parsePools(formatPools(pools)), pools);
        },
      ),
    );
    assert.deepEqual(parsePools(formatPools([])), []);
  });
});

describe("nameProblem", () => {
  const taken = [
    { name: "web-1", namespace: "team-a", unfinished: false },
    { name: "web-2", namespace: "team-a", unfinished: true },
  ];
  for (const [name, problem] of [
    ["web-3", undefined],
    ["web-2", undefined],
    ["web-1", /Cluster web-1 exists in team-a/],
    ["", /A name is needed/],
    ["Web", /lower case/],
    ["-a", /lower case/],
    ["a".repeat(64), /63 at most/],
    ["a".repeat(40), undefined],
    ["a".repeat(41), /41 characters. 40 is the most/],
    ["1-web", /must begin with a letter/],
  ] as const) {
    it(`judges "${name}"`, () => {
      const result = nameProblem(name, taken);
      if (problem === undefined) {
        assert.equal(result, undefined);
      } else {
        assert.match(result ?? "", problem);
      }
    });
  }
});

describe("freeName", () => {
  it("gives a name that can be used, whatever the profile is called and whoever has which", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.stringMatching(/^cluster-[1-9]$/)), (profile, names) => {
        const taken = names.map((name) => ({ name, namespace: "default", unfinished: false }));
        const name = freeName(profile, taken);
        assert.ok(isLabelName(name), name);
        assert.equal(nameProblem(name, taken), undefined);
      }),
    );
  });

  it("counts on from the profile's name", () => {
    assert.equal(freeName("ML Ops Herbs", [{ name: "ml-ops-herbs-1" }]), "ml-ops-herbs-2");
  });
});

it("takes no answer that the same request as a file would not be", () => {
  const taken: never[] = [];
  const name = fc.oneof(
    fc.stringMatching(/^[a-z0-9-]{1,50}$/),
    fc.string().map((profile) => freeName(profile, taken)),
  );
  const workers = fc.oneof(
    fc.nat(1200).map(String),
    fc.stringMatching(/^[a-z0-9-]{1,25}=\d{1,4}(, [a-z0-9-]{1,25}=\d{1,4})?$/),
  );
  fc.assert(
    fc.property(name, workers, (name, text) => {
      const pools = parsePools(text);
      fc.pre(nameProblem(name, taken) === undefined && !("problem" in pools));
      const request = requestOf({
        profile: { file: "web.profile.yaml" },
        cloudType: "docker",
        name,
        namespace: "default",
        controlPlane: 1,
        workers: "problem" in pools ? [] : pools,
      });
      assert.deepEqual(checkRequest(parseRequest(formatRequest(request))), []);
    }),
  );
});

it("requestOf puts the control plane first and every worker pool behind it", () => {
  const request = requestOf({
    profile: { file: "web.profile.yaml" },
    cloudType: "in-memory",
    name: "web-1",
    namespace: "default",
    controlPlane: 3,
    workers: [{ name: "large", size: 2 }],
  });
  assert.deepEqual(
    request.machinePools.map(({ name, isControlPlane, size }) => [name, isControlPlane, size]),
    [
      ["control-plane", true, 3],
      ["large", false, 2],
    ],
  );
  assert.equal(machinesText(request), "3 control plane machines, 2 workers");
});
