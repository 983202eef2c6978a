import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { helmCharts } from "../../../src/registries/helm.ts";
import { get } from "../../../src/registries/http.ts";
import { BASIC, basic, never, problem, serve, settings } from "./support.ts";

const INDEX = "apiVersion: v1\nentries:\n  shop:\n  - version: 1.2.3\n";
const SHOP = [{ name: "shop", versions: [{ version: "1.2.3" }] }];

describe("a Helm repository", () => {
  it("is read, and asked only whether something has changed", async () => {
    const server = await serve((request, response) => {
      const known =
        request.headers["if-none-match"] === '"1"' && request.headers["if-modified-since"] === "then";
      response.writeHead(known ? 304 : 200, { etag: '"1"', "last-modified": "then" }).end(known ? "" : INDEX);
    });
    const first = await helmCharts(settings(`${server.url}/charts/`), undefined, {}, never);
    assert.deepEqual(first, { charts: SHOP, etag: '"1"', lastModified: "then" });
    const { charts, ...validators } = first;
    assert.deepEqual(charts, SHOP);
    assert.deepEqual(await helmCharts(settings(`${server.url}/charts`), undefined, validators, never), {
      charts: undefined,
      ...validators,
    });
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["/charts/index.yaml", "/charts/index.yaml"],
    );
  });

  it("gets its password, or its token", async () => {
    const server = await serve((_, response) => void response.end(INDEX));
    await helmCharts(settings(server.url), basic, {}, never);
    await helmCharts(settings(server.url), { kind: "token", token: "t" }, {}, never);
    assert.deepEqual(
      server.requests.map(({ authorization }) => authorization),
      [BASIC, "Bearer t"],
    );
  });

  it("does not pass its password on to where it redirects", async () => {
    const other = await serve((_, response) => void response.end(INDEX));
    const server = await serve((request, response, url) => {
      const elsewhere = request.url === "/moved/index.yaml";
      response.writeHead(302, { location: elsewhere ? `${other.url}/i` : `${url}/moved/index.yaml` }).end();
    });
    assert.deepEqual((await helmCharts(settings(server.url), basic, {}, never)).charts, SHOP);
    assert.deepEqual(
      server.requests.map(({ authorization }) => authorization),
      [BASIC, BASIC],
    );
    assert.deepEqual(other.requests, [{ path: "/i", authorization: undefined }]);
  });

  const refused: readonly (readonly [string, number, Record<string, string>, string, string, RegExp])[] = [
    ["a missing sign-in", 401, {}, "", "Forbidden", /ours does not let Palette read index.yaml/],
    ["a wrong address", 404, {}, "", "NotFound", /ours has no index.yaml/],
    ["an error of the server", 503, {}, "", "Unreachable", /ours answers with error 503/],
    ["too many questions", 429, {}, "", "Unreachable", /asked too often/],
    ["a web page", 200, {}, "<html></html>", "Refused", /index.yaml of registry ours cannot be read/],
    ["a way out of https", 302, { location: "http://example.com/" }, "", "Refused", /not https/],
    ["a file", 302, { location: "file:///etc/passwd" }, "", "Refused", /not https/],
    ["a circle", 302, { location: "/index.yaml" }, "", "Refused", /without end/],
  ];
  for (const [title, status, headers, body, code, message] of refused) {
    it(`is refused for ${title}`, async () => {
      const server = await serve((_, response) => void response.writeHead(status, headers).end(body));
      await assert.rejects(helmCharts(settings(server.url), undefined, {}, never), problem(code, message));
    });
  }

  it("is refused where nobody listens", async () => {
    const server = await serve((_, response) => void response.end());
    await server.stop();
    await assert.rejects(
      helmCharts(settings(server.url), undefined, {}, never),
      problem("Unreachable", /^Registry ours cannot be reached: .*ECONNREFUSED/),
    );
  });
});

describe("an answer", () => {
  const asked = (url: string, more: { signal?: AbortSignal; timeoutMs?: number } = {}) =>
    get({ url: new URL(url), limit: 1_000_000, signal: never, registry: "ours", ...more });

  it("is cut off when it is too large, however small it was packed", async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000));
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    await assert.rejects(asked(server.url), problem("Refused", /more than 1 MB/));
  });

  it("is not waited for without end", async () => {
    const server = await serve((_, response) => void response.writeHead(200).write("a"));
    await assert.rejects(
      asked(server.url, { timeoutMs: 50 }),
      problem("Unreachable", /did not answer within 0.05 s/),
    );
  });

  it("is not waited for once nobody wants it", async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    await assert.rejects(asked(server.url, { signal: stop.signal }), problem("Cancelled", /./));
  });
});
