import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { deleteRange, framed } from "../../../sandbox/standins/virtual/etcd.ts";
import { kubeconfigSecret, volumeFor, wantedOf } from "../../../sandbox/standins/virtual/objects.ts";
import { PortBook } from "../../../sandbox/standins/virtual/portBook.ts";

const META = { uid: "u-1", namespace: "vcluster-tenant", name: "tenant" };

describe("what a StatefulSet of vCluster asks for", () => {
  for (const [what, set, runs] of [
    ["one replica", { metadata: META, spec: { replicas: 1 } }, true],
    ["three replicas", { metadata: META, spec: { replicas: 3 } }, true],
    ["no number, which is one", { metadata: META, spec: {} }, true],
    ["no replica", { metadata: META, spec: { replicas: 0 } }, false],
    [
      "its deletion",
      { metadata: { ...META, deletionTimestamp: "2026-11-24T00:00:00Z" }, spec: { replicas: 1 } },
      false,
    ],
  ] as const) {
    test(what, () => assert.deepEqual(wantedOf(set), { ...META, runs }));
  }
});

test("the kubeconfig is where and as vCluster leaves it", () => {
  const secret = kubeconfigSecret(
    { ...META, runs: true },
    { server: "https://127.0.0.1:12345", ca: "CA", certificate: "CERT", key: "KEY" },
  );
  assert.equal(secret.metadata.name, "vc-tenant");
  assert.equal(secret.metadata.namespace, "vcluster-tenant");
  const decoded = Object.fromEntries(
    Object.entries(secret.data as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, "base64").toString("utf8"),
    ]),
  );
  const { config = "", ...rest } = decoded;
  assert.deepEqual(rest, {
    "certificate-authority": "CA",
    "client-certificate": "CERT",
    "client-key": "KEY",
  });
  const { clusters, users } = parse(config) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: Record<string, string> }[];
  };
  assert.deepEqual(clusters[0]?.cluster, {
    "certificate-authority-data": Buffer.from("CA").toString("base64"),
    server: "https://127.0.0.1:12345",
  });
  assert.deepEqual(users[0]?.user, {
    "client-certificate-data": Buffer.from("CERT").toString("base64"),
    "client-key-data": Buffer.from("KEY").toString("base64"),
  });
});

test("a volume is for its claim alone, as large and of the class that it asks for", () => {
  const { spec } = volumeFor({
    metadata: { uid: "u-2", namespace: "vcluster-tenant", name: "data-tenant-0" },
    spec: {
      storageClassName: "fast",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "10Gi" } },
    },
  });
  assert.deepEqual(spec, {
    capacity: { storage: "10Gi" },
    accessModes: ["ReadWriteOnce"],
    storageClassName: "fast",
    persistentVolumeReclaimPolicy: "Retain",
    claimRef: {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      namespace: "vcluster-tenant",
      name: "data-tenant-0",
      uid: "u-2",
    },
    hostPath: { path: "/var/lib/palette-sandbox/u-2" },
  });
});

describe("what etcd is asked to delete", () => {
  test("is in protobuf's encoding: two fields of bytes, from the prefix to the next one", () => {
    assert.equal(deleteRange("/a/").toString("latin1"), "\x0a\x03/a/\x12\x03/a0");
  });

  test("is all that begins with the prefix, and nothing else", () => {
    const segment = fc.stringMatching(/^[0-9a-f-]{1,40}$/);
    fc.assert(
      fc.property(segment, segment, fc.string(), (own, other, rest) => {
        const prefix = `/virtual/${own}/`;
        const [first, end] = fieldsOf(deleteRange(prefix));
        const isIn = (key: string) =>
          Buffer.compare(Buffer.from(key), first) >= 0 && Buffer.compare(Buffer.from(key), end) < 0;
        assert.ok(isIn(prefix + rest));
        assert.equal(isIn(`/virtual/${other}/${rest}`), own === other);
        assert.ok(!isIn(`/mgmt/${rest}`) && !isIn(`/workload/${rest}`));
      }),
    );
  });

  test("keeps its length where that takes two bytes", () => {
    const prefix = `/${"x".repeat(300)}/`;
    assert.deepEqual(
      fieldsOf(deleteRange(prefix)).map(({ length }) => length),
      [302, 302],
    );
  });

  test("is framed as gRPC frames a message", () => {
    assert.deepEqual([...framed(Buffer.from("abc"))], [0, 0, 0, 0, 3, 97, 98, 99]);
  });
});

describe("ports of virtual clusters", () => {
  test("go to one of two that choose at once", async () => {
    const book = new PortBook(async () => true);
    assert.deepEqual(await Promise.all([book.take("a", 1, false), book.take("b", 1, false)]), [true, false]);
  });

  test("stay with a cluster that had them, also when its own process listens", async () => {
    const book = new PortBook(async () => false);
    book.keep("a", { server: 1 });
    assert.equal(await book.take("b", 1, false), false);
    assert.equal(await book.take("a", 1, true), true);
  });

  test("are given back by one that is gone, or where something else listens", async () => {
    let isFree = false;
    const book = new PortBook(async () => isFree);
    assert.equal(await book.take("a", 1, false), false);
    isFree = true;
    assert.equal(await book.take("b", 1, false), true);
    book.forget("b");
    assert.equal(await book.take("a", 1, false), true);
  });
});

/** Decodes two fields of bytes with lengths as protobuf has them. */
function fieldsOf(message: Buffer): [Buffer, Buffer] {
  const found: Buffer[] = [];
  for (let at = 0; at < message.length; ) {
    at++;
    let length = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = message[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    found.push(message.subarray(at, at + length));
    at += length;
  }
  const [first = Buffer.alloc(0), end = Buffer.alloc(0)] = found;
  return [first, end];
}
