import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, it } from "node:test";
import type { Chart } from "../../../src/catalog/userPacks.ts";
import type { Credentials } from "../../../src/registries/credentials.ts";
import { ociCharts } from "../../../src/registries/oci.ts";
import { challengeOf } from "../../../src/registries/ociSession.ts";
import { BASIC, basic, never, problem, serve, settings, type TestServer } from "./support.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const CONFIG = { mediaType: "application/vnd.cncf.helm.config.v1+json", digest: DIGEST };
const CHART = { name: "shop", appVersion: "5.6", description: "A shop", kubeVersion: ">=1.30.0" };
const SHOP: Chart[] = [
  {
    name: "shop",
    description: "A shop",
    versions: [
      { version: "2.0.0+b1", appVersion: "5.6", kubernetes: ">=1.30.0" },
      { version: "1.10.0" },
      { version: "1.9.0" },
    ],
  },
];

function send(
  response: ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): void {
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Answers as a registry with one chart; `guard` may answer first. */
function registry(
  guard: (path: string, authorization: string | undefined, response: ServerResponse, url: string) => boolean,
): Promise<TestServer> {
  return serve((request, response, url) => {
    const path = request.url ?? "";
    if (guard(path, request.headers.authorization, response, url)) {
      return;
    }
    const answers: Readonly<Record<string, unknown>> = {
      "/v2/team/shop/tags/list": { name: "team/shop", tags: ["1.9.0", "2.0.0_b1", "latest", "1.10.0"] },
      "/v2/team/shop/manifests/2.0.0_b1": { config: CONFIG },
      [`/v2/team/shop/blobs/${DIGEST}`]: CHART,
      "/v2/team/image/tags/list": { tags: ["1.0.0"] },
      "/v2/team/image/manifests/1.0.0": { config: { ...CONFIG, mediaType: "application/octet-stream" } },
    };
    send(response, answers[path] ?? {}, {}, path in answers ? 200 : 404);
  });
}

const charts = (
  server: TestServer,
  names: string[] | undefined,
  credentials?: Credentials,
  known: Chart[] = [],
) =>
  ociCharts(
    settings(`${server.url}/team`, { kind: "oci", ...(names === undefined ? {} : { charts: names }) }),
    credentials,
    known,
    never,
  );

describe("an OCI registry", () => {
  it("gives the charts that are named, and what the newest version says of itself", async () => {
    const server = await registry(() => false);
    assert.deepEqual(await charts(server, ["shop"]), { charts: SHOP, refused: undefined });
    assert.ok(server.requests.every(({ authorization }) => authorization === undefined));
  });

  it("is not asked twice what a version says of itself", async () => {
    const server = await registry(() => false);
    assert.deepEqual((await charts(server, ["shop"], undefined, SHOP)).charts, SHOP);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["/v2/team/shop/tags/list"],
    );
  });

  it("says what it has, page by page; images are no charts", async () => {
    const server = await registry((path, _, response) => {
      const pages: Readonly<Record<string, readonly [string[], string?]>> = {
        "/v2/_catalog?n=500": [["other/x", "team/image"], "/v2/_catalog?last=team%2Fimage"],
        "/v2/_catalog?last=team%2Fimage": [["team/shop", "teamwork/y"]],
      };
      const [repositories, next] = pages[path] ?? [];
      if (repositories !== undefined) {
        send(response, { repositories }, next === undefined ? {} : { link: `<${next}>; rel="next"` });
      }
      return repositories !== undefined;
    });
    assert.deepEqual(await charts(server, undefined), { charts: SHOP, refused: undefined });
  });

  it("pages through tags, and follows no page to another server", async () => {
    const other = await serve((_, response) => send(response, { tags: ["9.9.9"] }));
    const server = await registry((path, _, response, url) => {
      if (path === "/v2/team/shop/tags/list") {
        send(response, { tags: ["1.9.0"] }, { link: `<${url}/v2/team/shop/tags/list?last=a>; rel="next"` });
      } else if (path === "/v2/team/shop/tags/list?last=a") {
        send(response, { tags: ["1.10.0", "2.0.0_b1"] }, { link: `<${other.url}/v2/x>; rel="next"` });
      } else {
        return false;
      }
      return true;
    });
    assert.deepEqual((await charts(server, ["shop"], basic)).charts, SHOP);
    assert.deepEqual(other.requests, []);
  });

  it("does not page in circles for ever", async () => {
    const server = await registry((path, _, response) => {
      const isList = path.startsWith("/v2/team/shop/tags/list");
      if (isList) {
        send(response, { tags: ["2.0.0_b1"] }, { link: '</v2/team/shop/tags/list>; rel="next"' });
      }
      return isList;
    });
    assert.equal((await charts(server, ["shop"])).charts.length, 1);
  });

  it("keeps what was known of a chart that it refuses, and reads the rest", async () => {
    const gone: Chart = { name: "gone", versions: [{ version: "1.0.0" }] };
    const server = await registry(() => false);
    const read = await charts(server, ["gone", "shop"], undefined, [gone]);
    assert.deepEqual(read.charts, [gone, ...SHOP]);
    problem("NotFound", /ours has no chart gone/)(read.refused);
  });

  it("wants the charts named where it does not say what it has", async () => {
    const server = await registry(() => false);
    await assert.rejects(charts(server, undefined), (error: Error & { next?: string }) => {
      assert.match(error.message, /ours does not say which charts it has/);
      assert.match(error.next ?? "", /Name them under charts/);
      return true;
    });
  });

  it("is refused where it is something else", async () => {
    const server = await serve((_, response) => void response.end("<html>"));
    const { refused } = await charts(server, ["shop"]);
    problem("Refused", /does not answer as an OCI registry/)(refused);
  });
});

describe("signing in to an OCI registry", () => {
  it("answers a basic challenge, and only then", async () => {
    const server = await registry((_, authorization, response) => {
      if (authorization !== BASIC) {
        send(response, {}, { "www-authenticate": 'Basic realm="x"' }, 401);
      }
      return authorization !== BASIC;
    });
    assert.deepEqual((await charts(server, ["shop"], basic)).charts, SHOP);
    assert.equal(server.requests[0]?.authorization, undefined);
    problem("Forbidden", /does not let Palette read chart shop/)((await charts(server, ["shop"])).refused);
  });

  for (const [title, credentials, expected] of [
    ["without credentials", undefined, undefined],
    ["with a password", basic, BASIC],
  ] as const) {
    it(`exchanges a token ${title}, once for a chart`, async () => {
      const server = await registry((path, authorization, response, url) => {
        if (path.startsWith("/token?")) {
          send(response, { access_token: "t0ken" });
        } else if (authorization !== "Bearer t0ken") {
          const challenge = `Bearer realm="${url}/token",service="reg, istry",scope="repository:team/shop:pull"`;
          send(response, {}, { "www-authenticate": challenge }, 401);
        } else {
          return false;
        }
        return true;
      });
      assert.deepEqual((await charts(server, ["shop"], credentials)).charts, SHOP);
      const tokens = server.requests.filter(({ path }) => path.startsWith("/token"));
      assert.deepEqual(tokens, [
        {
          path: "/token?service=reg%2C+istry&scope=repository%3Ateam%2Fshop%3Apull",
          authorization: expected,
        },
      ]);
    });
  }

  it("sends a token as it is", async () => {
    const server = await registry((_, authorization, response, url) => {
      if (authorization !== "Bearer mine") {
        send(response, {}, { "www-authenticate": `Bearer realm="${url}/token"` }, 401);
      }
      return authorization !== "Bearer mine";
    });
    assert.deepEqual((await charts(server, ["shop"], { kind: "token", token: "mine" })).charts, SHOP);
  });

  it("gives nothing to a place that is not the registry's", async () => {
    const other = await serve((_, response) => send(response, { token: "t" }));
    const server = await registry((_, __, response) => {
      send(response, {}, { "www-authenticate": `Bearer realm="${other.url}/token"` }, 401);
      return true;
    });
    const { refused } = await charts(server, ["shop"], basic);
    problem("Refused", /which is not its own: its credentials were not sent/)(refused);
    assert.deepEqual(other.requests, []);
    // What is public may be read with a token from anywhere.
    await charts(server, ["shop"]);
    assert.deepEqual(
      other.requests.map(({ authorization }) => authorization),
      [undefined],
    );
  });

  it("does not let the target of a redirect ask for the password", async () => {
    const other = await serve((_, response) => {
      send(response, {}, { "www-authenticate": "Basic" }, 401);
    });
    const server = await registry((path, authorization, response) => {
      if (authorization !== BASIC) {
        send(response, {}, { "www-authenticate": "Basic" }, 401);
      } else if (path.includes("/blobs/")) {
        response.writeHead(307, { location: `${other.url}/blob` }).end();
      } else {
        return false;
      }
      return true;
    });
    await charts(server, ["shop"], basic);
    assert.deepEqual(other.requests, [{ path: "/blob", authorization: undefined }]);
  });

  it("reads challenges", () => {
    const cases: readonly (readonly [string, string, Record<string, string>])[] = [
      ["", "", {}],
      ["Basic", "basic", {}],
      ['bearer realm="https://a/b?c=d", service=x', "bearer", { realm: "https://a/b?c=d", service: "x" }],
      ['Bearer realm="a\\"b",scope="x:y:pull,push"', "bearer", { realm: 'a"b', scope: "x:y:pull,push" }],
    ];
    for (const [header, scheme, parameters] of cases) {
      const read = challengeOf(header);
      assert.deepEqual([read.scheme, Object.fromEntries(read.parameters)], [scheme, parameters], header);
    }
  });
});
