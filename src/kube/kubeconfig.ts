import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { parseDocument } from "yaml";
import { PaletteError } from "../shared/errors.ts";
import type { ContextInfo } from "./management.ts";

/** A kubeconfig is a few kilobytes; whatever is a thousand times that is no kubeconfig. */
const MAX_LENGTH = 5_000_000;

/** An exec plugin as a kubeconfig names it (client.authentication.k8s.io). */
export interface ExecSpec {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string | undefined;
}

/** Where a context leads, and how to sign in there. Paths are absolute. */
export interface ContextSettings {
  readonly path: string;
  readonly context: string;
  /** What the context names, where everything is not to be had. */
  readonly namespace: string;
  readonly server: string;
  readonly caFile: string | undefined;
  readonly caData: string | undefined;
  readonly skipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
  readonly user: string;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly certFile: string | undefined;
  readonly certData: string | undefined;
  readonly keyFile: string | undefined;
  readonly keyData: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly impersonate: { readonly user: string; readonly groups: readonly string[] } | undefined;
  readonly exec: ExecSpec | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The contexts of one kubeconfig file in its order; those without a usable cluster are left out. Nothing of it
 * runs. Throws `NotFound` where there is no file, and `InvalidDocument` where it is no kubeconfig.
 */
export async function listContexts(path: string): Promise<ContextInfo[]> {
  const file = await load(path);
  return file.contexts.flatMap(({ name, fields }): ContextInfo[] => {
    const server = text(file.cluster(text(fields.cluster))?.server);
    if (server === undefined) {
      return [];
    }
    const user = text(fields.user) ?? "";
    const exec = execOf(file.user(user) ?? {}, path);
    return [
      {
        context: name,
        server,
        user,
        current: name === file.current,
        ...(exec === undefined ? {} : { exec: { command: exec.command, args: exec.args } }),
      },
    ];
  });
}

/**
 * Reads one context. Throws as `listContexts` does, `NotFound` where the file has no such context, and
 * `Prerequisite` where it signs in by a way that is not served (an auth-provider, removed from kubectl 1.26).
 */
export async function readContext(path: string, context: string): Promise<ContextSettings> {
  return settingsOf(path, await load(path), context);
}

/**
 * The current context of a kubeconfig that somebody else wrote, out of a Secret: what `source` names. It may neither run
 * programs nor send files of this machine away. Throws `InvalidDocument` where it cannot be used, and `Prerequisite`.
 */
export function contextOfText(source: string, content: string): ContextSettings {
  const file = kubeconfigOf(source, content);
  const context = file.current ?? file.contexts[0]?.name;
  if (context === undefined) {
    throw invalid(source, "it has no context");
  }
  const settings = settingsOf(source, file, context);
  const { caFile, tokenFile, certFile, keyFile, exec } = settings;
  if ([caFile, tokenFile, certFile, keyFile].some((each) => each !== undefined) || exec !== undefined) {
    throw invalid(source, "it names files or programs of another machine");
  }
  return settings;
}

function settingsOf(path: string, file: Kubeconfig, context: string): ContextSettings {
  const found = file.contexts.find(({ name }) => name === context);
  if (found === undefined) {
    const names = file.contexts.map(({ name }) => name);
    throw new PaletteError("NotFound", `Kubeconfig ${path} has no context ${context}`, {
      next: names.length === 0 ? "It has none at all." : `It has ${names.join(", ")}.`,
    });
  }
  const cluster = file.cluster(text(found.fields.cluster));
  const server = text(cluster?.server);
  if (cluster === undefined || server === undefined) {
    throw invalid(path, `context ${context} names no cluster with a server`);
  }
  checkServer(path, server);
  const userName = text(found.fields.user) ?? "";
  const user = file.user(userName) ?? {};
  if (record(user["auth-provider"]) !== undefined) {
    throw new PaletteError(
      "Prerequisite",
      `Context ${context} signs in by auth-provider ${text(record(user["auth-provider"])?.name) ?? ""}, which kubectl dropped in 1.26`,
      { next: "Renew the kubeconfig with kubelogin, gke-gcloud-auth-plugin or your cloud's own program." },
    );
  }
  const from = (name: unknown): string | undefined => {
    const value = text(name);
    return value === undefined ? undefined : isAbsolute(value) ? value : join(dirname(path), value);
  };
  const impersonated = text(user.as);
  return {
    path,
    context,
    namespace: text(found.fields.namespace) ?? "default",
    server: server.replace(/\/+$/, ""),
    caFile: from(cluster["certificate-authority"]),
    caData: text(cluster["certificate-authority-data"]),
    skipTlsVerify: cluster["insecure-skip-tls-verify"] === true,
    tlsServerName: text(cluster["tls-server-name"]),
    proxyUrl: text(cluster["proxy-url"]),
    user: userName,
    token: text(user.token),
    tokenFile: from(user.tokenFile),
    certFile: from(user["client-certificate"]),
    certData: text(user["client-certificate-data"]),
    keyFile: from(user["client-key"]),
    keyData: text(user["client-key-data"]),
    username: text(user.username),
    password: text(user.password),
    impersonate:
      impersonated === undefined ? undefined : { user: impersonated, groups: texts(user["as-groups"]) },
    exec: execOf(user, path),
  };
}

/** A token must not travel in the clear; to this machine itself it may. */
function checkServer(path: string, server: string): void {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalid(path, `${server} is no address of a server`);
  }
  if (url.protocol === "http:" && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    throw new PaletteError("Prerequisite", `Server ${server} is not encrypted`, {
      next: "Use its https address.",
    });
  }
}

function execOf(user: Fields, path: string): ExecSpec | undefined {
  const exec = record(user.exec);
  const command = text(exec?.command);
  if (exec === undefined || command === undefined) {
    return undefined;
  }
  const env = list(exec.env).flatMap((entry): [string, string][] => {
    const name = text(entry.name);
    return name === undefined ? [] : [[name, text(entry.value) ?? ""]];
  });
  return {
    apiVersion: text(exec.apiVersion) ?? "client.authentication.k8s.io/v1",
    // As kubectl: a bare name is looked up in the PATH, a path is relative to the file.
    command: /[\\/]/.test(command) && !isAbsolute(command) ? join(dirname(path), command) : command,
    args: texts(exec.args),
    env: Object.fromEntries(env),
    installHint: text(exec.installHint),
    provideClusterInfo: exec.provideClusterInfo === true,
    interactiveMode: text(exec.interactiveMode),
  };
}

interface Kubeconfig {
  readonly current: string | undefined;
  readonly contexts: readonly { readonly name: string; readonly fields: Fields }[];
  cluster(name: string | undefined): Fields | undefined;
  user(name: string | undefined): Fields | undefined;
}

async function load(path: string): Promise<Kubeconfig> {
  const content = await readFile(path, "utf8").catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PaletteError(
      "NotFound",
      code === "ENOENT" ? `There is no kubeconfig ${path}` : `Kubeconfig ${path} cannot be read (${code})`,
      { cause },
    );
  });
  return kubeconfigOf(path, content);
}

function kubeconfigOf(path: string, content: string): Kubeconfig {
  const root = record(parse(path, content));
  if (root === undefined) {
    throw invalid(path, "it is no map");
  }
  const named = (entries: unknown, key: string) =>
    list(entries).flatMap((entry) => {
      const name = text(entry.name);
      return name === undefined ? [] : [{ name, fields: record(entry[key]) ?? {} }];
    });
  const clusters = named(root.clusters, "cluster");
  const users = named(root.users, "user");
  // The first of a name wins, as kubectl has it.
  return {
    current: text(root["current-context"]),
    contexts: named(root.contexts, "context"),
    cluster: (name) => clusters.find((each) => each.name === name)?.fields,
    user: (name) => users.find((each) => each.name === name)?.fields,
  };
}

function parse(path: string, content: string): unknown {
  if (content.length > MAX_LENGTH) {
    throw invalid(path, "it is too long");
  }
  const document = parseDocument(content, { logLevel: "silent", prettyErrors: false });
  if (document.errors[0] !== undefined) {
    // The library quotes the text, and this text holds secrets.
    throw invalid(path, "it is not valid YAML");
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw invalid(path, "it is not valid YAML");
  }
}

function invalid(path: string, why: string): PaletteError {
  return new PaletteError("InvalidDocument", `Kubeconfig ${path} cannot be used: ${why}`, {
    next: "Choose another file.",
  });
}

function record(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record).filter((entry) => entry !== undefined) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
