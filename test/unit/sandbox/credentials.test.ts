import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { administrator, type Credentials, provideCredentials } from "../../../sandbox/plane/credentials.ts";
import { kubeconfigText } from "../../../sandbox/plane/kubeconfig.ts";
import { type Layout, layoutOf } from "../../../sandbox/plane/layout.ts";

describe("the credentials of a plane", () => {
  let layout: Layout;
  let credentials: Credentials;
  before(async () => {
    layout = layoutOf(await mkdtemp(join(tmpdir(), "palette-credentials-")));
    credentials = await provideCredentials(layout);
  });
  after(() => rm(layout.state, { recursive: true }));

  test("are made once", async () => {
    assert.deepEqual(await provideCredentials(layout), credentials);
  });

  test("have a random token for an administrator", async () => {
    assert.match(credentials.token, /^[0-9a-f]{64}$/);
    assert.equal(
      await readFile(layout.tokens, "utf8"),
      `${credentials.token},admin,admin,"system:masters"\n`,
    );
  });

  test("belong to their user alone", async () => {
    assert.equal((await stat(layout.credentials)).mode & 0o777, 0o700);
    for (const path of [
      layout.ca,
      layout.certificate,
      layout.key,
      layout.etcdCertificate,
      layout.etcdKey,
      layout.serviceAccountKey,
      layout.token,
      layout.tokens,
    ]) {
      assert.equal((await stat(path)).mode & 0o777, 0o600, path);
    }
  });

  test("have a certificate that the CA signed for this machine, and for servers only", async () => {
    const ca = new X509Certificate(credentials.ca);
    const certificate = new X509Certificate(await readFile(layout.certificate));
    assert.equal(ca.ca, true);
    assert.equal(certificate.ca, false);
    assert.equal(certificate.verify(ca.publicKey), true);
    assert.equal(certificate.checkIssued(ca), true);
    for (const ip of ["127.0.0.1", "10.0.0.1"]) {
      assert.equal(certificate.checkIP(ip), ip);
    }
    for (const host of ["localhost", "kubernetes.default.svc"]) {
      assert.equal(certificate.checkHost(host), host);
    }
    assert.equal(certificate.checkHost("example.com"), undefined);
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
  });

  test("have a certificate by which etcd knows its API servers, good for nothing else", async () => {
    const client = new X509Certificate(await readFile(layout.etcdCertificate));
    assert.equal(client.verify(new X509Certificate(credentials.ca).publicKey), true);
    assert.deepEqual(client.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
    // As a user of an API server it would be nobody: no group, and a name that no role is bound to.
    assert.equal(client.subject, "CN=palette-sandbox-etcd-client");
  });

  test("of a virtual cluster have an administrator's certificate in place of that", async () => {
    const virtual = layoutOf(join(layout.state, "virtual/uid"));
    const { ca, token } = await provideCredentials(virtual, administrator(virtual));
    assert.deepEqual(await provideCredentials(virtual, administrator(virtual)), { ca, token });
    assert.notEqual(ca, credentials.ca);
    const client = new X509Certificate(await readFile(virtual.adminCertificate));
    assert.equal(client.verify(new X509Certificate(ca).publicKey), true);
    assert.equal(client.subject, "CN=kubernetes-admin\nO=system:masters");
    assert.equal((await stat(virtual.adminKey)).mode & 0o777, 0o600);
    await assert.rejects(stat(virtual.etcdKey), /ENOENT/);
  });

  test("are all made anew where one is missing", async () => {
    await rm(layout.etcdKey);
    const anew = await provideCredentials(layout);
    assert.notEqual(anew.ca, credentials.ca);
    assert.notEqual(anew.token, credentials.token);
    credentials = anew;
  });

  test("serve a connection that trusts the CA alone", async () => {
    const server = createServer(
      { cert: await readFile(layout.certificate), key: await readFile(layout.key) },
      (_, res) => res.end("hello"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const status = await new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port, ca: credentials.ca, agent: false }, (res) => {
        res.resume();
        resolve(res.statusCode);
      }).on("error", reject);
    });
    server.close();
    assert.equal(status, 200);
  });

  test("go into a kubeconfig with one context", () => {
    const config = JSON.parse(kubeconfigText("palette-sandbox", "https://127.0.0.1:1", credentials)) as {
      "current-context": string;
      clusters: { cluster: Record<string, string> }[];
      users: unknown[];
      contexts: unknown[];
    };
    assert.equal(config["current-context"], "palette-sandbox");
    assert.deepEqual(config.contexts, [
      { name: "palette-sandbox", context: { cluster: "palette-sandbox", user: "palette-sandbox" } },
    ]);
    assert.deepEqual(config.users, [{ name: "palette-sandbox", user: { token: credentials.token } }]);
    assert.deepEqual(config.clusters[0]?.cluster, {
      server: "https://127.0.0.1:1",
      "certificate-authority-data": Buffer.from(credentials.ca).toString("base64"),
    });
  });
});
