import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { readContext } from "../../../src/kube/kubeconfig.ts";
import { SignIn } from "../../../src/kube/signIn.ts";
import { Transport } from "../../../src/kube/transport.ts";
import { isPaletteError, type PaletteError } from "../../../src/shared/errors.ts";
import { CONFIG_MAP, configMap, FakeServer, json } from "./server.ts";

const REF = { ...CONFIG_MAP, namespace: "default", name: "a" };

async function failure(work: Promise<unknown>): Promise<PaletteError> {
  const error = await work.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(isPaletteError(error), String(error));
  return error;
}

describe("a client", () => {
  let server: FakeServer;
  let management: ManagementCluster;

  beforeEach(async () => {
    server = await FakeServer.start();
    management = await server.connect({ token: "secret-token" });
  });
  afterEach(async () => {
    management.close();
    await server.stop();
  });

  it("reuses connections", async () => {
    server.answer = (_, response) => json(response, configMap("a"));
    for (let i = 0; i < 50; i++) {
      await management.get(REF);
    }
    assert.equal(server.requests.length, 50);
    assert.ok(server.connections <= 2, `${server.connections} connections`);
  });

  it("signs every request", async () => {
    server.answer = (_, response) => json(response, configMap("a"));
    await management.get(REF);
    assert.equal(server.headers[0]?.authorization, "Bearer secret-token");
  });

  it("asks page by page", async () => {
    server.answer = ({ url = "" }, response) => {
      const next = new URLSearchParams(url.split("?")[1]).get("continue");
      json(response, {
        metadata: { resourceVersion: "7", ...(next === null ? { continue: "more" } : {}) },
        items: [{ metadata: { name: next ?? "first" } }],
      });
    };
    const all = await management.list(CONFIG_MAP, { labelSelector: "a=b" });
    assert.deepEqual(
      all.map(({ kind, metadata }) => [kind, metadata.name]),
      [
        ["ConfigMap", "first"],
        ["ConfigMap", "more"],
      ],
    );
    assert.deepEqual(server.requests, [
      "GET /api/v1/configmaps?labelSelector=a%3Db&limit=500",
      "GET /api/v1/configmaps?labelSelector=a%3Db&limit=500&continue=more",
    ]);
  });

  it("begins a list anew that expired between two pages", async () => {
    let expired = false;
    server.answer = ({ url = "" }, response) => {
      if (url.includes("continue=") && !expired) {
        expired = true;
        json(response, { message: "expired", reason: "Expired" }, 410);
      } else if (url.includes("continue=")) {
        json(response, { metadata: {}, items: [{ metadata: { name: "b" } }] });
      } else {
        json(response, { metadata: { continue: "x" }, items: [{ metadata: { name: "a" } }] });
      }
    };
    const all = await management.list(CONFIG_MAP);
    assert.deepEqual(
      all.map(({ metadata }) => metadata.name),
      ["a", "b"],
    );
  });

  it("applies on the server, as its own field manager", async () => {
    let contentType: string | undefined;
    server.answer = (request, response) => {
      contentType = request.headers["content-type"];
      json(response, configMap("a"));
    };
    await management.apply(configMap("a"), { dryRun: true });
    assert.equal(contentType, "application/apply-patch+yaml");
    assert.deepEqual(server.requests, [
      "PATCH /api/v1/namespaces/default/configmaps/a?fieldManager=palette-vscode&dryRun=All&force=true",
    ]);
  });

  it("deletes only the object that is meant", async () => {
    let body = "";
    server.answer = (_, response, text) => {
      body = text;
      json(response, {});
    };
    assert.equal(await management.delete(REF, { uid: "u-1" }), true);
    assert.deepEqual((JSON.parse(body) as { preconditions: unknown }).preconditions, { uid: "u-1" });
    server.answer = (_, response) => json(response, { reason: "NotFound" }, 404);
    assert.equal(await management.delete(REF), false);
  });

  it("tells what is not there", async () => {
    server.answer = (_, response) => json(response, { reason: "NotFound" }, 404);
    assert.equal(await management.get(REF), undefined);
    const error = await failure(management.get({ apiVersion: "example.com/v1", kind: "Thing", name: "a" }));
    assert.equal(error.code, "Prerequisite");
    assert.match(error.message, /mgmt has no kind Thing of example\.com\/v1/);
  });

  const refusals: readonly (readonly [
    title: string,
    status: number,
    body: object,
    code: string,
    message: RegExp,
    engine: string | undefined,
  ])[] = [
    [
      "a missing permission",
      403,
      {
        reason: "Forbidden",
        message:
          'clusters.cluster.x-k8s.io "a" is forbidden: User "bob" cannot create resource "clusters" in API group "cluster.x-k8s.io" in the namespace "team-a"',
      },
      "Forbidden",
      /^User bob may not create clusters\.cluster\.x-k8s\.io in namespace team-a on mgmt$/,
      undefined,
    ],
    [
      "a missing permission for all namespaces",
      403,
      {
        reason: "Forbidden",
        message:
          'configmaps is forbidden: User "bob" cannot list resource "configmaps" in API group "" at the cluster scope',
      },
      "Forbidden",
      /^User bob may not list configmaps in all namespaces on mgmt$/,
      undefined,
    ],
    [
      "a webhook's refusal",
      403,
      { reason: "Forbidden", message: 'admission webhook "x" denied the request: only on Mondays' },
      "Refused",
      /^mgmt refused to create ConfigMap a in default$/,
      'admission webhook "x" denied the request: only on Mondays',
    ],
    [
      "an invalid object",
      422,
      { reason: "Invalid", message: "spec.replicas: Invalid value: 2" },
      "Refused",
      /^mgmt refused to create ConfigMap a in default$/,
      "spec.replicas: Invalid value: 2",
    ],
    [
      "a name that is taken",
      409,
      { reason: "AlreadyExists" },
      "AlreadyExists",
      /^ConfigMap a in default exists on mgmt$/,
      undefined,
    ],
    [
      "a conflict",
      409,
      { reason: "Conflict", message: "uid does not match" },
      "Refused",
      /was changed by somebody else/,
      "uid does not match",
    ],
    [
      "a missing namespace",
      404,
      { reason: "NotFound", message: 'namespaces "team-a" not found' },
      "NotFound",
      /^Namespace team-a does not exist on mgmt$/,
      undefined,
    ],
    [
      "wrong credentials",
      401,
      { reason: "Unauthorized" },
      "Forbidden",
      /does not accept the credentials/,
      undefined,
    ],
    ["an overloaded server", 503, {}, "Unreachable", /cannot serve requests now/, undefined],
  ];
  for (const [title, status, body, code, message, engine] of refusals) {
    it(`names ${title}`, async () => {
      server.answer = (_, response) => json(response, body, status);
      const error = await failure(management.create(configMap("a")));
      assert.deepEqual([error.code, error.engine], [code, engine]);
      assert.match(error.message, message);
    });
  }

  it("keeps secrets out of messages", async () => {
    server.answer = (_, response) =>
      json(response, { message: "denied: Authorization: Bearer abc.def-123 token: s3cr3t" }, 422);
    const error = await failure(management.create(configMap("a")));
    assert.doesNotMatch(error.engine ?? "", /abc\.def|s3cr3t/);
  });

  it("says where nobody answers", async () => {
    server.answer = (request) => request.socket.destroy();
    const error = await failure(management.create(configMap("a")));
    assert.equal(error.code, "Unreachable");
    assert.match(error.message, /mgmt does not answer at 127\.0\.0\.1:\d+/);
  });

  it("tries a read again whose kept connection was closed, and no write", async () => {
    let dropped = false;
    server.answer = (request, response) => {
      if (!dropped) {
        dropped = true;
        request.socket.destroy();
      } else {
        json(response, configMap("a"));
      }
    };
    assert.equal((await management.get(REF))?.metadata.name, "a");
    dropped = false;
    assert.equal((await failure(management.create(configMap("a")))).code, "Unreachable");
  });

  it("ends with the caller's signal", async () => {
    const abort = new AbortController();
    server.answer = () => abort.abort();
    const error = await failure(management.get(REF, { signal: abort.signal }));
    assert.equal(error.code, "Cancelled");
  });

  it("ends with the connection", async () => {
    server.answer = () => management.close();
    const closed = await failure(management.get(REF));
    // Nobody cancelled it, so somebody has to be told.
    assert.deepEqual([closed.code, closed.message], ["Unreachable", "The connection to mgmt was closed"]);
    assert.match(closed.next ?? "", /Connect/);
    assert.equal((await failure(management.get(REF))).code, "Unreachable");
    assert.equal((await failure(management.get(REF, { signal: AbortSignal.abort() }))).code, "Cancelled");
  });

  it("keeps nothing open when it is let go", { timeout: 20_000 }, async () => {
    const other = await server.connect({ token: "secret-token" });
    let socket: Socket | undefined;
    server.answer = (request, response) => {
      ({ socket } = request);
      json(response, configMap("a"));
    };
    await other.get(REF);
    assert.ok(socket !== undefined && !socket.destroyed);
    await once(socket, "close");
  });

  it("takes the time from the server", async () => {
    server.answer = (_, response) => {
      response.setHeader("date", "Wed, 01 Jan 2020 00:00:00 GMT");
      json(response, configMap("a"));
    };
    await management.get(REF);
    assert.equal(management.now().getUTCFullYear(), 2020);
  });

  it("says that something else answers", async () => {
    server.answer = (_, response) => void response.end("<html>");
    assert.match((await failure(management.get(REF))).message, /does not answer as a Kubernetes API server/);
  });
});

describe("a request", () => {
  const request = { method: "GET", path: "/some", words: { verb: "read", object: "something" } } as const;
  const plugin = { exec: { command: "/nowhere", apiVersion: "client.authentication.k8s.io/v1" } };
  let server: FakeServer;

  beforeEach(async () => {
    server = await FakeServer.start();
  });
  afterEach(() => server.stop());

  async function transport(timeoutMs: number, user: object, allowExec: () => Promise<boolean>) {
    const settings = await readContext(await server.kubeconfig(user), "mgmt");
    return new Transport(settings, new SignIn(settings, { allowExec }), timeoutMs);
  }

  it("without an answer ends after its time", async () => {
    server.answer = () => {};
    const silent = await transport(50, {}, async () => false);
    const error = await failure(silent.json(request));
    assert.equal(error.code, "Unreachable");
    assert.match(error.message, /did not answer within 0\.05 s/);
    // The head comes, the body does not.
    server.answer = (_, response) => response.writeHead(200).flushHeaders();
    const half = await failure(silent.json(request));
    assert.deepEqual([half.code, half.message], [error.code, error.message]);
    silent.close();
  });

  it("has all its time after somebody took theirs to sign in", async () => {
    const command = server.file("plugin");
    const credential = { kind: "ExecCredential", status: { token: "t" } };
    await writeFile(command, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`, { mode: 0o700 });
    server.answer = (_, response) => json(response, { done: true });
    const limitMs = 500;
    const slow = await transport(limitMs, { exec: { ...plugin.exec, command } }, async () => {
      await once(AbortSignal.timeout(2 * limitMs), "abort");
      return true;
    });
    assert.deepEqual(await slow.json(request), { done: true });
    slow.close();
  });

  it("ends while somebody is asked whether to sign in", { timeout: 10_000 }, async () => {
    const asked = Promise.withResolvers<void>();
    const waiting = await transport(20_000, plugin, () => {
      asked.resolve();
      return new Promise(() => {});
    });
    const abort = new AbortController();
    const cancelled = failure(waiting.json({ ...request, signal: abort.signal }));
    const closed = failure(waiting.json(request));
    await asked.promise;
    abort.abort();
    assert.equal((await cancelled).code, "Cancelled");
    waiting.close();
    assert.equal((await closed).code, "Unreachable");
  });
});

describe("connecting", () => {
  it("to nobody says so", async () => {
    const server = await FakeServer.start();
    const path = await server.kubeconfig();
    const { connect } = await import("../../../src/kube/index.ts");
    const { createServer } = await import("node:net");
    // A port that was free a moment ago.
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const port = (free.address() as { port: number }).port;
    free.close();
    await once(free, "close");
    const { readFile } = await import("node:fs/promises");
    await writeFile(path, (await readFile(path, "utf8")).replace(server.url, `http://127.0.0.1:${port}`));
    try {
      const error = await failure(connect({ path, context: "mgmt" }, { allowExec: async () => false }));
      assert.deepEqual([error.code, error.engine], ["Unreachable", "ECONNREFUSED"]);
    } finally {
      await server.stop();
    }
  });
});
