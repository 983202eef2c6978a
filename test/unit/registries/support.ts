import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { after } from "node:test";
import { type RegistrySettings, readSettings } from "../../../src/registries/settings.ts";

export interface TestServer {
  readonly url: string;
  /** `METHOD path` of each request, and what it was signed in with. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
  stop(): Promise<void>;
}

/** A server on this machine that ends with the tests of the file. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, url: string) => void,
): Promise<TestServer> {
  const requests: TestServer["requests"] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", authorization: request.headers.authorization });
    answer(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const url = `http://127.0.0.1:${address.port}`;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  after(stop);
  return { url, requests, stop };
}

/** The setting of one registry, as the setting is read. */
export function settings(
  url: string,
  more: { name?: string; kind?: "helm" | "oci"; charts?: string[] } = {},
): RegistrySettings {
  const { registries, problems } = readSettings([{ name: "ours", kind: "helm", url, ...more }]);
  assert.deepEqual(problems, []);
  const [registry] = registries;
  assert.ok(registry);
  return registry;
}

export const basic = { kind: "basic", username: "ana", password: "hunter2" } as const;
export const BASIC = `Basic ${Buffer.from("ana:hunter2").toString("base64")}`;
export const never = new AbortController().signal;

/** For `assert.rejects`: a `PaletteError` of this code whose sentence matches. */
export function problem(code: string, message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Error);
    assert.equal((error as Error & { code?: string }).code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}
