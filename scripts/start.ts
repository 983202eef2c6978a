/** `npm start`: the product in a VS Code window in the browser, with a management cluster on this machine. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeError, isPaletteError } from "../src/shared/errors.ts";
import { buildProduct } from "./build.ts";
import { root } from "./bundles.ts";
import { dataFolder } from "./folders.ts";
import { packExtension } from "./package.ts";
import { ProgressLine, progressText } from "./progressLine.ts";
import { installWorkbench } from "./workbench/install.ts";
import {
  calmSettings,
  installExtensions,
  isFree,
  serveWorkbench,
  type Workbench,
} from "./workbench/serve.ts";

const defaultPort = 8137;
const help = `npm start [-- OPTIONS]
Builds the extension and opens it in a VS Code that your browser shows, with a Cluster API management cluster on this machine.

  --no-sandbox   without the management cluster (Go is not needed)
  --port N       the port on 127.0.0.1 (${defaultPort} unless told, 0 for any free one)
  --help         this text`;

interface Options {
  readonly port: number;
  readonly sandbox: boolean;
}

function options(): Options | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(defaultPort) },
      "no-sandbox": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    return undefined;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port ${values.port} is no port number.`);
  }
  return { port, sandbox: !values["no-sandbox"] };
}

/** What is up, in the order in which it came up; ended the other way round. */
const cleanups: (() => Promise<void>)[] = [];
const cancel = new AbortController();
const line = new ProgressLine(process.stdout);

async function main(): Promise<number> {
  let chosen: Options | undefined;
  try {
    chosen = options();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
  if (chosen === undefined) {
    console.log(help);
    return 0;
  }
  if (chosen.port !== 0 && !(await isFree(chosen.port))) {
    console.error(
      `Port ${chosen.port} is taken by another program. Choose another one: npm start -- --port 0 takes any that is free.`,
    );
    return 1;
  }
  onInterrupt();
  const { signal } = cancel;
  cleanups.push(sayWhatStays);
  let code = 0;
  try {
    const workbench = await startWindow(chosen.port);
    signal.throwIfAborted();
    const address = workbench.address(join(root, "examples"));
    if (chosen.sandbox) {
      line.end(`VS Code is ready, the management cluster follows: ${address}`);
      await startSandbox(signal);
    }
    line.end(`\nOpen ${address}\nPress Ctrl-C to stop.`);
    const ended = await Promise.race([workbench.service.ended, aborted(signal)]);
    if (!signal.aborted) {
      console.error(
        `VS Code ended by itself (${ended}):\n${workbench.service.output().trim().split("\n").slice(-10).join("\n")}`,
      );
      code = 1;
    }
  } catch (error) {
    if (!signal.aborted && !isPaletteError(error, "Cancelled")) {
      line.end();
      console.error(describeError(error));
      code = 1;
    }
  }
  for (const cleanup of cleanups.reverse()) {
    await cleanup().catch((error: unknown) => {
      line.end();
      console.error(describeError(error));
      code = 1;
    });
  }
  line.end();
  return signal.aborted ? 130 : code;
}

/** A management cluster that ran before, or was started by hand in the window, is not ours to stop. */
async function sayWhatStays(): Promise<void> {
  const { status } = await import("../sandbox/index.ts");
  if ((await status()).running) {
    line.end(
      "The management cluster stays, it was not started by npm start. It stops with npm run palette -- sandbox down.",
    );
  }
}

/** Builds, installs and serves: everything that the window needs. */
async function startWindow(port: number): Promise<Workbench> {
  const data = join(dataFolder(), "workbench");
  await mkdir(data, { recursive: true, mode: 0o700 });
  line.show("Building the extension");
  await buildProduct();
  const vsix = join(data, "palette-onboarding.vsix");
  const tour = join(data, "first-look.vsix");
  await Promise.all([
    packExtension(root, vsix),
    packExtension(resolve(import.meta.dirname, "workbench/tour"), tour),
  ]);
  const server = await installWorkbench((text) => line.show(text));
  line.show("Installing the extension into VS Code");
  await installExtensions(server, data, [vsix, tour]);
  line.show("Starting VS Code");
  const workbench = await serveWorkbench({
    server,
    data,
    port,
    settings: { ...calmSettings, "security.workspace.trust.startupPrompt": "always" },
    workspaceTrust: true,
  });
  cleanups.push(() => workbench.service.stop());
  return workbench;
}

/** Brings the management cluster up; one that ran before stays when this ends. */
async function startSandbox(signal: AbortSignal): Promise<void> {
  const sandbox = await import("../sandbox/index.ts");
  if (!(await sandbox.status()).running) {
    cleanups.push(async () => {
      line.show("Stopping the management cluster");
      await sandbox.down();
    });
  }
  const { context, kubeconfig, kubectl } = await sandbox.up({
    signal,
    onProgress: (progress) => line.show(progressText(progress)),
  });
  line.end(
    `The management cluster is up: ${kubectl} --kubeconfig ${kubeconfig} --context ${context} get clusters -A`,
  );
}

/**
 * The first Ctrl-C ends everything in order, a later one at once. npm passes on a Ctrl-C that the terminal sends
 * to us as well, so one that follows within a second is the same one.
 */
function onInterrupt(): void {
  let first: number | undefined;
  const interrupt = () => {
    if (first === undefined) {
      first = performance.now();
      line.end("\nStopping. Press Ctrl-C again to stop at once.");
      cancel.abort();
    } else if (performance.now() - first > 1000) {
      console.error(
        "Stopped at once. If the management cluster still runs: npm run palette -- sandbox down.",
      );
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, interrupt);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

process.exit(await main());
