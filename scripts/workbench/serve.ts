import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { node, run, type Service, startService } from "../processes.ts";

export interface WorkbenchOptions {
  /** The folder that `installWorkbench` gave. */
  readonly server: string;
  /** Where this window keeps settings, installed extensions and logs. */
  readonly data: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Settings of the user, written when there are none yet. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Lets an address carry `extensionDevelopmentPath` and `extensionTestsPath`: for tests only. */
  readonly testDriver?: boolean;
  /** Whether folders start in Restricted Mode until they are trusted, as they do for everybody. */
  readonly workspaceTrust: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A VS Code server that answers on 127.0.0.1. */
export interface Workbench {
  readonly port: number;
  /** The address of a window with `folder` open; `payload` as VS Code's web workbench takes it. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** How VS Code names a path of this machine in this window. */
  uri(path: string): string;
  readonly service: Service;
}

/** Calm for a first look and for tests alike: nothing but the editor and the extension. */
export const calmSettings = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
} as const;

/** Installs packed extensions (.vsix) into a window's folder, without a network. */
export async function installExtensions(
  server: string,
  data: string,
  vsix: readonly string[],
): Promise<void> {
  await run(node, [
    join(server, "out/server-main.js"),
    ...folders(data),
    ...vsix.flatMap((path) => ["--install-extension", path]),
    "--force",
    "--accept-server-license-terms",
  ]);
}

/** Starts the server. Throws when the port is taken or it does not come up. */
export async function serveWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { server, data } = options;
  const port = options.port === 0 ? await freePort() : options.port;
  await mkdir(join(data, "user/User"), { recursive: true });
  const settings = join(data, "user/User/settings.json");
  if (!(await exists(settings))) {
    await writeFile(settings, `${JSON.stringify(options.settings, null, 2)}\n`);
  }
  // Without the token, any program or page on this machine could type into the window.
  const tokenFile = join(data, "token");
  if (!(await exists(tokenFile))) {
    await writeFile(tokenFile, randomBytes(16).toString("hex"), { mode: 0o600 });
  }
  const token = await readFile(tokenFile, "utf8");
  const service = await startService(
    node,
    [
      join(server, "out/server-main.js"),
      ...folders(data),
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--connection-token-file",
      tokenFile,
      "--accept-server-license-terms",
      "--disable-telemetry",
      ...(options.testDriver === true ? ["--enable-smoke-test-driver"] : []),
      ...(options.workspaceTrust ? [] : ["--disable-workspace-trust"]),
    ],
    { cwd: data, ...(options.env === undefined ? {} : { env: options.env }) },
  );
  await listening(service, port);
  const authority = `127.0.0.1:${port}`;
  const uri = (path: string) => `vscode-remote://${authority}${path}`;
  return {
    port,
    service,
    uri,
    address(folder, payload = []) {
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) {
        query.set("payload", JSON.stringify(payload));
      }
      return `http://${authority}/?${query}`;
    },
  };
}

function folders(data: string): string[] {
  return [
    "--user-data-dir",
    join(data, "user"),
    "--server-data-dir",
    join(data, "server"),
    "--extensions-dir",
    join(data, "extensions"),
  ];
}

async function listening(service: Service, port: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!service.output().includes(`listening on ${port}`)) {
    const over = await Promise.race([
      service.ended.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 50, false)),
    ]);
    if (over || Date.now() > deadline) {
      await service.stop();
      throw new Error(
        `VS Code did not start on port ${port}:\n${service.output().trim().split("\n").slice(-10).join("\n")}`,
      );
    }
  }
}

/** A port of 127.0.0.1 that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
