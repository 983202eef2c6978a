import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseState } from "../../../sandbox/plane/state.ts";

const record = {
  name: "etcd",
  pid: 4711,
  start: "boot 123",
  since: "2026-01-01T00:00:00.000Z",
  command: "/cache/etcd",
  args: ["--data-dir=x"],
  env: { A: "b" },
  log: "/logs/etcd.log",
  probe: { port: 1234, path: "/readyz", tls: false },
  endpoint: "http://127.0.0.1:1234",
};

describe("parseState", () => {
  test("gives back what was written", () => {
    const state = { components: [record], ports: { etcd: 1234 } };
    assert.deepEqual(parseState(JSON.stringify(state)), state);
  });

  for (const [what, wrong] of [
    ["a group of processes", { pid: -4711 }],
    ["every process", { pid: -1 }],
    ["the own group", { pid: 0 }],
    ["the first process", { pid: 1 }],
    ["half a process", { pid: 47.5 }],
    ["a text for a number", { pid: "4711" }],
    ["no number", { pid: undefined }],
    ["no start", { start: undefined }],
    ["an empty start", { start: "" }],
    ["no name", { name: undefined }],
  ] as const) {
    test(`does not own ${what}`, () => {
      assert.deepEqual(parseState(JSON.stringify({ components: [{ ...record, ...wrong }] })).components, []);
    });
  }

  test("still owns a process of a version that wrote less", () => {
    const { name, pid, start } = record;
    const [known] = parseState(JSON.stringify({ components: [{ name, pid, start }] })).components;
    assert.equal(known?.pid, pid);
    assert.equal(known?.command, "");
  });

  test("takes ports only that are ports", () => {
    const text = JSON.stringify({ ports: { a: 1, b: 0, c: 65536, d: "80", e: 1.5, f: 65535 } });
    assert.deepEqual(parseState(text).ports, { a: 1, f: 65535 });
  });

  test("makes nothing of any other text, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const { pid, start } of parseState(text).components) {
          assert.ok(Number.isInteger(pid) && pid > 1 && start !== "");
        }
      }),
    );
  });
});
