import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, it } from "mocha";
import type * as vscode from "vscode";
import { type ClusterChoice, Connection } from "../../src/app/connection/connection.ts";
import type { ContextKeys } from "../../src/app/contextKeys.ts";
import { Log } from "../../src/app/log.ts";
import { isPaletteError } from "../../src/shared/errors.ts";
import { FakeServer, json } from "../unit/kube/server.ts";

const never = new AbortController().signal;

/** A management cluster that answers all but some paths, whose requests wait until the test answers them. */
class Management {
  readonly #server: FakeServer;
  readonly choice: ClusterChoice;
  readonly #waiting = new EventTarget();
  readonly held = new Set<string>();

  private constructor(server: FakeServer, path: string) {
    this.#server = server;
    this.choice = { path, context: "mgmt" };
    server.answer = ({ url = "" }, response) => {
      if (this.held.has(url)) {
        this.#waiting.dispatchEvent(new CustomEvent(url, { detail: response }));
      } else {
        answer(url, response);
      }
    };
  }

  static async start(): Promise<Management> {
    const server = await FakeServer.start();
    return new Management(server, await server.kubeconfig());
  }

  /** Holds up the next request of `url`; gives what answers it, once it has come. */
  async hold(url: string): Promise<() => void> {
    this.held.add(url);
    const [event] = (await once(this.#waiting, url)) as [CustomEvent<ServerResponse>];
    this.held.delete(url);
    return () => answer(url, event.detail);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

function answer(url: string, response: ServerResponse): void {
  if (url === "/version") {
    json(response, { gitVersion: "v1.34.0" });
  } else if (url.startsWith("/apis/cluster.x-k8s.io/")) {
    json(response, { resources: [{ name: "clusters", kind: "Cluster", namespaced: true }] });
  } else {
    json(response, { url });
  }
}

/** State as VS Code would keep it. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.get(key) as T | undefined) ?? fallback,
    update: async (key: string, value: unknown) => void values.set(key, value),
  } as vscode.Memento;
}

describe("the connection to a management cluster", () => {
  let one: Management;
  let two: Management;
  let three: Management;
  let context: vscode.ExtensionContext;
  let connection: Connection;

  const open = (): Connection =>
    new Connection(context, { set: () => {} } as unknown as ContextKeys, new Log());

  beforeEach(async () => {
    [one, two, three] = await Promise.all([Management.start(), Management.start(), Management.start()]);
    context = {
      workspaceState: memento(),
      globalState: memento(),
    } as Partial<vscode.ExtensionContext> as vscode.ExtensionContext;
    connection = open();
  });
  afterEach(async () => {
    connection.dispose();
    await Promise.all([one.stop(), two.stop(), three.stop()]);
  });

  const replacements: readonly (readonly [title: string, replace: () => unknown])[] = [
    ["it is refreshed", () => connection.reconnect()],
    ["it is dialed anew or trust is granted", () => connection.reset()],
    ["another one is chosen", () => connection.connect(two.choice, never)],
  ];
  for (const [title, replace] of replacements) {
    it(`lets a command that works with it go on when ${title}`, async () => {
      const cluster = await connection.connect(one.choice, never);
      const arrives = one.hold("/work");
      const work = cluster.raw("/work");
      const finish = await arrives;
      await replace();
      finish();
      assert.deepEqual(await work, { url: "/work" });
      // What follows, or undoes it.
      assert.deepEqual(await cluster.raw("/undo"), { url: "/undo" });
      assert.notEqual(await connection.get(), cluster);
    });
  }

  const ends: readonly (readonly [title: string, end: () => unknown])[] = [
    ["the user disconnects", () => connection.disconnect()],
    ["the extension ends", () => connection.dispose()],
  ];
  for (const [title, end] of ends) {
    it(`says that it was closed when ${title}`, async () => {
      const cluster = await connection.connect(one.choice, never);
      const arrives = one.hold("/work");
      const work = assert.rejects(
        cluster.raw("/work"),
        (error) =>
          isPaletteError(error, "Unreachable") && error.message === "The connection to mgmt was closed",
      );
      await arrives;
      await end();
      await work;
    });
  }

  it("is that of the last choice, whatever becomes of an attempt before it", async () => {
    for (const late of ["cancelled", "answered"] as const) {
      await connection.connect(one.choice, never);
      const abort = new AbortController();
      const arrives = two.hold("/version");
      const given = connection.connect(two.choice, abort.signal).catch((error: unknown) => error);
      const respond = await arrives;
      const chosen = await connection.connect(three.choice, never);
      if (late === "cancelled") {
        abort.abort();
      } else {
        respond();
      }
      assert.ok(isPaletteError(await given, "Cancelled"));
      assert.equal(await connection.get(), chosen, late);
      assert.deepEqual([connection.state.kind, connection.choice], ["connected", three.choice]);
      assert.deepEqual(open().choice, three.choice);
    }
  });

  it("is the one before when the user cancels a choice, or none", async () => {
    async function cancelTwo(): Promise<void> {
      const abort = new AbortController();
      const arrives = two.hold("/version");
      const given = connection.connect(two.choice, abort.signal).catch((error: unknown) => error);
      await arrives;
      abort.abort();
      assert.ok(isPaletteError(await given, "Cancelled"));
    }
    await cancelTwo();
    assert.equal(connection.state.kind, "none");
    await connection.connect(one.choice, never);
    await cancelTwo();
    assert.deepEqual(connection.choice, one.choice);
  });
});
