import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Component,
  managementComponents,
  managementNames,
  portNames,
  workloadComponents,
  workloadNames,
} from "../../../sandbox/plane/components.ts";
import { layoutOf } from "../../../sandbox/plane/layout.ts";

const layout = layoutOf("/home/u/sandbox");
const names = portNames({ workload: true });
const ports: Record<string, number> = {
  ...Object.fromEntries(names.map((name, i) => [name, 11_000 + i])),
  cluster: 20_500,
};
const management = managementComponents(layout, ports);
const programs = {
  "kube-apiserver": "/cache/kube-apiserver",
  "kube-controller-manager": "/cache/kube-controller-manager",
  "kube-scheduler": "/cache/kube-scheduler",
  kwok: "/cache/kwok",
};
const second = workloadComponents(layout, ports, "/cache/stages.yaml", programs);
const all = [...management, ...second];
const find = (name: string): Component => {
  const found = all.find((component) => component.name === name);
  assert.ok(found, name);
  return found;
};

describe("the components", () => {
  test("are the ones whose names are known, in that order", () => {
    assert.deepEqual(
      management.map(({ name }) => name),
      managementNames,
    );
    assert.deepEqual(
      second.map(({ name }) => name),
      workloadNames,
    );
  });

  test("use every port once, in arguments or environment", () => {
    const used = all.flatMap(({ args, env }) =>
      [
        ...args.filter((arg) => !/^--(etcd-servers|advertise-client|server=)/.test(arg)),
        ...Object.values(env),
      ].flatMap((text) => [...text.matchAll(/(?:=|:|^)(\d{5})\b/g)].map((match) => Number(match[1]))),
    );
    assert.deepEqual(used.toSorted(), Object.values(ports).toSorted());
  });

  test("are told to listen on this machine wherever they can be", () => {
    for (const { name, args } of all) {
      for (const arg of args.filter((arg) => /address|urls=|servers/.test(arg))) {
        assert.match(arg, /127\.0\.0\.1|diagnostics-address=0$/, `${name} ${arg}`);
      }
    }
  });

  test("carry no secret in their arguments", () => {
    for (const { args } of all) {
      assert.ok(args.every((arg) => !/token=|password/i.test(arg)));
    }
  });

  test("keep the two clusters apart in one etcd", () => {
    const prefix = (name: string) => find(name).args.find((arg) => arg.startsWith("--etcd-prefix="));
    assert.equal(prefix("kube-apiserver"), "--etcd-prefix=/mgmt");
    assert.equal(prefix("workload-kube-apiserver"), "--etcd-prefix=/workload");
  });

  test("know the API server they work for", () => {
    assert.deepEqual(
      Object.fromEntries(all.map(({ name, server }) => [name, server])),
      Object.fromEntries(
        all.map(({ name }) => [
          name,
          name === "etcd" || name.endsWith("apiserver")
            ? undefined
            : `https://127.0.0.1:${ports[name.startsWith("workload-") ? "workload-kube-apiserver" : "kube-apiserver"]}`,
        ]),
      ),
    );
  });

  test("let no manager write for more than a few objects at once", () => {
    for (const { name, args } of management.filter(({ name }) => name.startsWith("capi-"))) {
      const limits = args.flatMap((arg) => /^--\w+-concurrency=(\d+)$/.exec(arg)?.[1] ?? []);
      assert.ok(limits.length > 0, name);
      assert.ok(
        limits.every((limit) => Number(limit) <= 10),
        `${name} ${limits}`,
      );
    }
  });

  test("give the Dev provider its own ports", () => {
    assert.deepEqual(find("capi-dev").env, {
      KUBECONFIG: layout.kubeconfig,
      POD_IP: "127.0.0.1",
      SANDBOX_DEBUG_PORT: String(ports["capi-dev/debug"]),
      SANDBOX_FIRST_PORT: "20500",
    });
  });

  test("cannot be made without a port", () => {
    assert.throws(() => managementComponents(layout, {}), /no port/);
  });
});
