import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { listContexts } from "../../../src/kube/index.ts";
import { contextOfText, readContext } from "../../../src/kube/kubeconfig.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";

const TEXT = `apiVersion: v1
kind: Config
current-context: two
clusters:
  - name: a
    cluster: {server: "https://a.example:6443/", certificate-authority: ca.crt}
  - name: a
    cluster: {server: "https://second.example"}
  - name: plain
    cluster: {server: "http://mgmt.example"}
users:
  - name: token
    user: {token: s3cr3t}
  - name: plugin
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        command: ./bin/login
        args: [--profile, dev]
  - name: legacy
    user: {auth-provider: {name: gcp, config: {cmd-path: /bin/sh}}}
  - name: as
    user: {token: t, as: bob, as-groups: [dev, ops], tokenFile: tokens/one}
contexts:
  - name: one
    context: {cluster: a, user: token}
  - name: two
    context: {cluster: a, user: plugin}
  - name: legacy
    context: {cluster: a, user: legacy}
  - name: as
    context: {cluster: a, user: as}
  - name: broken
    context: {cluster: missing, user: token}
  - name: plain
    context: {cluster: plain, user: token}
`;

describe("a kubeconfig", () => {
  let folder: string;
  const write = async (text: string, name = "config"): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-kubeconfig-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("tells its contexts, and which run a program", async () => {
    const contexts = await listContexts(await write(TEXT));
    assert.deepEqual(
      contexts.map(({ context, user, current }) => [context, user, current]),
      [
        ["one", "token", false],
        ["two", "plugin", true],
        ["legacy", "legacy", false],
        ["as", "as", false],
        ["plain", "token", false],
      ],
    );
    assert.deepEqual(contexts[1]?.exec, { command: join(folder, "bin/login"), args: ["--profile", "dev"] });
    assert.equal(contexts[0]?.exec, undefined);
    assert.ok(!JSON.stringify(contexts).includes("s3cr3t"));
  });

  it("gives one context, paths from its own folder, the first of two names", async () => {
    const settings = await readContext(await write(TEXT), "as");
    assert.deepEqual(
      [settings.server, settings.caFile, settings.tokenFile, settings.impersonate],
      [
        "https://a.example:6443",
        join(folder, "ca.crt"),
        join(folder, "tokens/one"),
        { user: "bob", groups: ["dev", "ops"] },
      ],
    );
  });

  const refused: readonly (readonly [context: string, code: string, message: RegExp])[] = [
    ["legacy", "Prerequisite", /signs in by auth-provider gcp, which kubectl dropped/],
    ["plain", "Prerequisite", /Server http:\/\/mgmt\.example is not encrypted/],
    ["broken", "InvalidDocument", /names no cluster with a server/],
    ["nobody", "NotFound", /has no context nobody/],
  ];
  for (const [context, code, message] of refused) {
    it(`refuses context ${context}`, async () => {
      const error = await readContext(await write(TEXT), context).catch((reason: unknown) => reason);
      assert.ok(isPaletteError(error));
      assert.equal(error.code, code);
      assert.match(error.message, message);
    });
  }

  it("of a Secret may name nothing of this machine", () => {
    const of = (cluster: string, user: string): string =>
      `clusters: [{ name: a, cluster: { server: "https://a.example"${cluster} } }]
users: [{ name: b, user: { ${user} } }]
contexts: [{ name: c, context: { cluster: a, user: b } }]
`;
    const { context, server, token } = contextOfText("of host", of("", "token: t"));
    assert.deepEqual({ context, server, token }, { context: "c", server: "https://a.example", token: "t" });
    const bad = [
      of(", certificate-authority: /etc/ca.crt", "token: t"),
      of("", "tokenFile: /root/.kube/token"),
      of("", "client-certificate: a.crt, client-key-data: eA=="),
      of("", "client-key: a.key"),
      of("", "exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/sh }"),
      of("", "token: t").replace("https:", "http:"),
      "contexts: []",
    ];
    for (const text of bad) {
      assert.throws(
        () => contextOfText("of host", text),
        (error) => isPaletteError(error),
        text,
      );
    }
  });

  it("that is none says so, and quotes nothing of it", async () => {
    for (const [text, code] of [
      ["token: [s3cr3t", "InvalidDocument"],
      ["- s3cr3t", "InvalidDocument"],
      ["", "InvalidDocument"],
      [
        `a: &a [s3cr3t]\nb: &b [${"*a,".repeat(50)}]\nc: &c [${"*b,".repeat(50)}]\nd: [${"*c,".repeat(50)}]`,
        "InvalidDocument",
      ],
    ] as const) {
      const error = await listContexts(await write(text)).catch((reason: unknown) => reason);
      assert.ok(isPaletteError(error, code), text.slice(0, 20));
      assert.doesNotMatch(JSON.stringify([error.message, error.engine, error.next]), /s3cr3t/);
    }
    const missing = await listContexts(join(folder, "missing")).catch((reason: unknown) => reason);
    assert.ok(isPaletteError(missing, "NotFound"));
  });
});
