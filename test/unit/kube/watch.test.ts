import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { Disposable, ManagementCluster } from "../../../src/kube/index.ts";
import type { KindRef } from "../../../src/kube/management.ts";
import { watchUntil } from "../../../src/kube/wait.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { CONFIG_MAP, configMap, FakeServer, json } from "./server.ts";

describe("following objects", () => {
  let server: FakeServer;
  let management: ManagementCluster;
  let watch: Disposable | undefined;
  /** What the follower heard: the names of all objects, `lost`, `live`. */
  let heard: string[];
  let streams: ServerResponse[];
  let wake: () => void = () => {};

  beforeEach(async () => {
    heard = [];
    streams = [];
    server = await FakeServer.start();
    management = await server.connect();
  });
  afterEach(async () => {
    watch?.dispose();
    management.close();
    await server.stop();
  });

  /** Lists give `items`; watches stay open and are kept in `streams`. */
  function serve(items: () => { version: string; names: string[] }): void {
    server.answer = ({ url = "" }, response) => {
      if (url.includes("watch=true")) {
        response.writeHead(200).flushHeaders();
        streams.push(response);
        wake();
        return;
      }
      const { version, names } = items();
      json(response, { metadata: { resourceVersion: version }, items: names.map((name) => configMap(name)) });
    };
  }

  function follow(kind: KindRef = CONFIG_MAP, optional = false): void {
    const note = (what: string): void => {
      heard.push(what);
      wake();
    };
    watch = management.watch(
      kind,
      { optional },
      {
        onObjects: (objects) =>
          note(
            objects
              .map(({ metadata }) => metadata.name)
              .sort()
              .join(","),
          ),
        onLost: () => note("lost"),
        onLive: () => note("live"),
      },
    );
  }

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  const send = (stream: number, type: string, object: object): void =>
    void streams[stream]?.write(`${JSON.stringify({ type, object })}\n`);
  const watches = (): string[] => server.requests.filter((request) => request.includes("watch=true"));
  const versionOf = (request: string | undefined): string | null =>
    new URLSearchParams(request?.split("?")[1]).get("resourceVersion");

  it("finds none of a kind that the server does not have, where it need not have it", async () => {
    server.answer = (_, response) => void response.writeHead(404).end("{}");
    follow({ apiVersion: "controlplane.cluster.x-k8s.io/v1beta2", kind: "KubeadmControlPlane" }, true);
    await until(() => heard.length > 0);
    assert.deepEqual(heard, [""]);
  });

  it("is lost over a kind that the server has to have", async () => {
    server.answer = (_, response) => void response.writeHead(404).end("{}");
    follow({ apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster" });
    await until(() => heard.length > 0);
    assert.deepEqual(heard, ["lost"]);
  });

  it("lists once, then hears of every change", async () => {
    serve(() => ({ version: "10", names: ["a", "b"] }));
    follow();
    await until(() => streams.length === 1);
    send(0, "ADDED", configMap("c", "11"));
    await until(() => heard.length === 2);
    send(0, "DELETED", configMap("a", "12"));
    await until(() => heard.length === 3);
    send(0, "MODIFIED", configMap("b", "13"));
    await until(() => heard.length === 4);
    assert.deepEqual(heard, ["a,b", "a,b,c", "b,c", "b,c"]);
    assert.equal(versionOf(watches()[0]), "10");
    assert.match(watches()[0] ?? "", /allowWatchBookmarks=true/);
  });

  it("tells changes that come together at once", async () => {
    serve(() => ({ version: "10", names: [] }));
    follow();
    await until(() => streams.length === 1);
    const names = Array.from({ length: 50 }, (_, i) => `n${String(i).padStart(2, "0")}`);
    const events = names.map((name, i) => ({ type: "ADDED", object: configMap(name, String(11 + i)) }));
    streams[0]?.write(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    await until(() => heard.at(-1) === names.join(","));
    assert.ok(heard.length < names.length, `told ${heard.length} times`);
  });

  it("goes on after a lost connection where it was, a bookmark included", async () => {
    serve(() => ({ version: "10", names: ["a"] }));
    follow();
    await until(() => streams.length === 1);
    send(0, "BOOKMARK", { ...CONFIG_MAP, metadata: { resourceVersion: "99" } });
    send(0, "ADDED", configMap("b", "98"));
    send(0, "BOOKMARK", { ...CONFIG_MAP, metadata: { resourceVersion: "120" } });
    await until(() => heard.length === 2);
    // The second bookmark may still be on its way: a later event is behind it.
    send(0, "MODIFIED", configMap("b", "121"));
    await until(() => heard.length === 3);
    server.drop();
    await until(() => streams.length === 2 && heard.includes("live"));
    assert.equal(versionOf(watches()[1]), "121");
    assert.deepEqual(heard.slice(3, 5), ["lost", "live"]);
    assert.equal(server.requests.filter((request) => !request.includes("watch=true")).length, 1, "one list");
  });

  it("keeps what it saw while nobody answers, and tries later and later", async () => {
    serve(() => ({ version: "10", names: ["a"] }));
    follow();
    await until(() => streams.length === 1);
    let refused = 0;
    server.answer = (request) => {
      refused++;
      request.socket.destroy();
    };
    server.drop();
    await until(() => heard.filter((what) => what === "lost").length === 2);
    assert.equal(heard[0], "a");
    assert.ok(
      heard.slice(1).every((what) => what === "lost"),
      "objects are not taken back",
    );
    assert.ok(refused > 0);
  });

  for (const [title, expire] of [
    ["as an answer", (response: ServerResponse) => json(response, { reason: "Expired" }, 410)],
    [
      "inside the stream",
      (response: ServerResponse) =>
        void response
          .writeHead(200)
          .end(`${JSON.stringify({ type: "ERROR", object: { code: 410, reason: "Expired" } })}\n`),
    ],
  ] as const) {
    it(`lists anew where the server has forgotten its place, told ${title}`, async () => {
      let lists = 0;
      let expired = false;
      server.answer = ({ url = "" }, response) => {
        if (!url.includes("watch=true")) {
          lists++;
          json(response, {
            metadata: { resourceVersion: String(lists) },
            items: [configMap(lists === 1 ? "a" : "b")],
          });
        } else if (!expired) {
          expired = true;
          expire(response);
        } else {
          response.writeHead(200).flushHeaders();
          streams.push(response);
          wake();
        }
      };
      follow();
      await until(() => streams.length === 1);
      assert.deepEqual(heard, ["a", "b"]);
      assert.equal(versionOf(watches().at(-1)), "2");
    });
  }

  it("begins again quietly where a watch ends by itself", async () => {
    serve(() => ({ version: "10", names: ["a"] }));
    follow();
    await until(() => streams.length === 1);
    streams[0]?.end();
    await until(() => streams.length === 2);
    assert.deepEqual(heard, ["a"]);
  });

  it("is silent once disposed", async () => {
    serve(() => ({ version: "10", names: ["a"] }));
    follow();
    await until(() => streams.length === 1);
    const closed = new Promise((resolve) => streams[0]?.on("close", resolve));
    watch?.dispose();
    await closed;
    assert.deepEqual(heard, ["a"]);
  });

  it("is lost for good once the connection is closed", async (t) => {
    serve(() => ({ version: "10", names: ["a"] }));
    follow();
    await until(() => streams.length === 1);
    t.mock.timers.enable({ apis: ["setTimeout"] });
    management.close();
    await until(() => heard.length === 2);
    // As long as the longest pause before it would try again.
    t.mock.timers.tick(60_000);
    for (let turn = 0; turn < 5; turn++) {
      await new Promise(setImmediate);
    }
    assert.deepEqual(heard, ["a", "lost"]);
  });

  it("until something is so ends with the connection", { timeout: 10_000 }, async () => {
    serve(() => ({ version: "10", names: ["a"] }));
    const waiting = watchUntil(
      management,
      { namespace: "default", name: "a" },
      [CONFIG_MAP],
      undefined,
      () => {
        management.close();
        return undefined;
      },
    );
    await assert.rejects(
      waiting,
      (error) => isPaletteError(error, "Unreachable") && error.message.endsWith("was closed"),
    );
  });
});
