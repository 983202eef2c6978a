import "reflect-metadata";
import { generateKeyPairSync, randomBytes, webcrypto } from "node:crypto";
import { access, readFile, rm } from "node:fs/promises";
import * as x509 from "@peculiar/x509";
import { privateFolder, writePrivate } from "./files.ts";
import type { Layout } from "./layout.ts";

export interface Credentials {
  /** The CA's certificate, PEM. */
  readonly ca: string;
  /** Bearer token of the administrator. */
  readonly token: string;
}

/** A certificate by which a client shows who it is. */
interface ClientCertificate {
  readonly subject: string;
  readonly certificate: string;
  readonly key: string;
}

/** How API servers show etcd that they may read it. */
function etcdClient({ etcdCertificate, etcdKey }: Layout): ClientCertificate {
  return { subject: "CN=palette-sandbox-etcd-client", certificate: etcdCertificate, key: etcdKey };
}

/** The administrator of a cluster, as one who has no token. */
export function administrator({ adminCertificate, adminKey }: Layout): ClientCertificate {
  return { subject: "CN=kubernetes-admin,O=system:masters", certificate: adminCertificate, key: adminKey };
}

const years = 10;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/**
 * Reads the credentials of a plane, or makes all of them where one is missing: the CA's key is not kept. Those of a
 * virtual cluster have another client: its API server reaches etcd by the plane's.
 */
export async function provideCredentials(
  layout: Layout,
  client: ClientCertificate = etcdClient(layout),
): Promise<Credentials> {
  const files = [
    layout.ca,
    layout.certificate,
    layout.key,
    client.certificate,
    client.key,
    layout.serviceAccountKey,
    layout.token,
    layout.tokens,
  ];
  try {
    await Promise.all(files.map((path) => access(path)));
  } catch {
    await makeCredentials(layout, client);
  }
  const [ca, token] = await Promise.all([layout.ca, layout.token].map((path) => readFile(path, "utf8")));
  return { ca: ca ?? "", token: token ?? "" };
}

async function makeCredentials(layout: Layout, client: ClientCertificate): Promise<void> {
  // So that half of them, should this be interrupted, are known to be half.
  await rm(layout.credentials, { recursive: true, force: true });
  await privateFolder(layout.credentials);
  x509.cryptoProvider.set(webcrypto);
  const notBefore = new Date(Date.now() - 60 * 60 * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const validity = { notBefore, notAfter, signingAlgorithm: algorithm };

  const caKeys = await keyPair();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: "CN=palette-sandbox-ca",
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });

  const issue = async (
    subject: string,
    usage: x509.ExtendedKeyUsage[],
    names: x509.JsonGeneralNames = [],
  ): Promise<{ certificate: string; key: string }> => {
    const keys = await keyPair();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity,
      serialNumber: serialNumber(),
      subject,
      issuer: ca.subject,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension(usage),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
        await x509.AuthorityKeyIdentifierExtension.create(ca),
      ],
    });
    return { certificate: `${certificate.toString("pem")}\n`, key: await pem(keys.privateKey) };
  };

  // One certificate for etcd, the API servers and the webhook servers: all are reached on this machine only.
  const server = await issue(
    "CN=palette-sandbox",
    [x509.ExtendedKeyUsage.serverAuth],
    [
      { type: "ip", value: "127.0.0.1" },
      { type: "ip", value: "10.0.0.1" },
      { type: "dns", value: "localhost" },
      { type: "dns", value: "kubernetes.default.svc" },
    ],
  );
  // Without it, whoever has an account on this machine could read every Secret past the API servers.
  const issued = await issue(client.subject, [x509.ExtendedKeyUsage.clientAuth]);
  const serviceAccounts = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const token = randomBytes(32).toString("hex");
  await writePrivate(layout.ca, `${ca.toString("pem")}\n`);
  await writePrivate(layout.certificate, server.certificate);
  await writePrivate(layout.key, server.key);
  await writePrivate(client.certificate, issued.certificate);
  await writePrivate(client.key, issued.key);
  await writePrivate(layout.serviceAccountKey, serviceAccounts.privateKey);
  await writePrivate(layout.token, token);
  await writePrivate(layout.tokens, `${token},admin,admin,"system:masters"\n`);
}

function keyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]) as Promise<webcrypto.CryptoKeyPair>;
}

/** A positive number of 16 bytes, as X.509 wants it. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", key);
  return `${x509.PemConverter.encode(pkcs8, "PRIVATE KEY")}\n`;
}
