import assert from "node:assert/strict";
import { test } from "node:test";
import { addressProblem, reachOf } from "../../../src/imports/index.ts";

test("tells who reaches an address", () => {
  const cases: readonly [string, readonly string[], string][] = [
    ["https://127.0.0.1:6443", [], "loopback"],
    ["https://127.8.9.1", [], "loopback"],
    ["https://[::1]:6443", [], "loopback"],
    ["https://0.0.0.0:6443", [], "loopback"],
    ["https://localhost:6443", [], "loopback"],
    ["https://LOCALHOST:6443", [], "loopback"],
    ["https://[::ffff:127.0.0.1]:6443", [], "loopback"],
    ["https://api.shop.example", ["127.0.0.1"], "loopback"],
    ["https://10.20.4.11", [], "private"],
    ["https://172.16.0.1", [], "private"],
    ["https://192.168.1.10:6443", [], "private"],
    ["https://100.64.0.1", [], "private"],
    ["https://169.254.1.1", [], "private"],
    ["https://[fd00::1]:6443", [], "private"],
    ["https://kind-control-plane:6443", [], "private"],
    ["https://api.cluster.local", [], "private"],
    ["https://api.shop.example", ["10.0.0.4"], "private"],
    ["https://api.shop.example", ["52.1.2.3", "10.0.0.4"], "private"],
    ["https://api.shop.example", ["52.1.2.3"], "public"],
    ["https://api.shop.example", [], "public"],
    ["https://203.0.114.9:6443", [], "public"],
    ["https://[2a01:4f8::1]:6443", [], "public"],
  ];
  for (const [server, resolved, reach] of cases) {
    assert.equal(reachOf(server, resolved), reach, `${server} ${resolved}`);
  }
});

test("takes https addresses of hosts only", () => {
  for (const good of [
    "https://203.0.113.40:6443",
    "https://api.example/k8s/clusters/c-1",
    "https://[::1]:1",
  ]) {
    assert.equal(addressProblem(good), undefined, good);
  }
  for (const bad of ["", "api.example:6443", "http://api.example", "https://", "https:///x", "https://a b"]) {
    assert.match(addressProblem(bad) ?? "", /starts with https/, bad);
  }
  for (const bad of ["https://user:pw@api.example", "https://api.example?x=1", "https://api.example#a"]) {
    assert.match(addressProblem(bad) ?? "", /no user, query or fragment/, bad);
  }
});
