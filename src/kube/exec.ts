import { type ChildProcess, spawn } from "node:child_process";
import { PaletteError } from "../shared/errors.ts";
import { redact } from "../shared/redact.ts";
import type { ContextSettings, ExecSpec } from "./kubeconfig.ts";

/** Long enough for a browser sign-in; nobody waits longer for a command line. */
const TIMEOUT_MS = 120_000;
const MAX_OUTPUT = 1_000_000;
/** Windows has no process groups. */
const hasGroups = process.platform !== "win32";

/** What an exec plugin answers. */
export interface ExecCredential {
  readonly token: string | undefined;
  /** PEM. */
  readonly certificate: string | undefined;
  /** PEM. */
  readonly key: string | undefined;
  readonly expires: Date | undefined;
}

/**
 * Runs the exec plugin of a context, without a shell and without a terminal, and gives its credential. Throws
 * `Prerequisite` where the program is missing or needs a terminal, `Forbidden` where it fails or answers
 * nothing usable, `Cancelled` on the signal.
 */
export async function runExec(
  settings: ContextSettings,
  exec: ExecSpec,
  signal: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<ExecCredential> {
  if (exec.interactiveMode === "Always") {
    throw new PaletteError(
      "Prerequisite",
      `${exec.command} of context ${settings.context} needs a terminal to sign in`,
      { next: "Choose a context that signs in without one." },
    );
  }
  const output = await run(settings, exec, signal, timeoutMs);
  return readCredential(settings, exec, output);
}

/**
 * Gives what the program writes. It runs in a process group of its own: many are scripts around another program, which
 * has to end with it, and which nobody waits for once the limit or the signal has come.
 */
function run(
  settings: ContextSettings,
  exec: ExecSpec,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const child = spawn(exec.command, exec.args, {
      shell: false,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...exec.env, KUBERNETES_EXEC_INFO: execInfo(settings, exec) },
      windowsHide: true,
      detached: hasGroups,
    });
    let output = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(0, MAX_OUTPUT);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      complaint = (complaint + chunk).slice(-MAX_OUTPUT);
    });
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      done();
    };
    const stop = (error: PaletteError): void => {
      endGroup(child);
      child.stdout.destroy();
      child.stderr.destroy();
      settle(() => reject(error));
    };
    const cancel = (): void => stop(cancelled());
    const timer = setTimeout(
      () => stop(failed(settings, `${exec.command} did not answer within ${timeoutMs / 1000} s`, complaint)),
      timeoutMs,
    );
    signal.addEventListener("abort", cancel);
    child.on("error", (error: NodeJS.ErrnoException) => {
      settle(() => reject(cannotStart(settings, exec, error)));
    });
    child.on("close", (code) => {
      settle(() => {
        if (code === 0) {
          resolve(output);
        } else {
          reject(failed(settings, `${exec.command} ended with exit code ${code ?? "none"}`, complaint));
        }
      });
    });
  });
}

/** Ends a program that still runs or whose pipes are still held, with all that it started. */
function endGroup(child: ChildProcess): void {
  try {
    if (hasGroups && child.pid !== undefined) {
      process.kill(-child.pid, "SIGKILL");
    } else {
      child.kill("SIGKILL");
    }
  } catch {
    // It ended by itself in this moment.
  }
}

function cancelled(): PaletteError {
  return new PaletteError("Cancelled", "Signing in was cancelled");
}

function execInfo(settings: ContextSettings, exec: ExecSpec): string {
  const cluster = {
    server: settings.server,
    ...(settings.tlsServerName === undefined ? {} : { "tls-server-name": settings.tlsServerName }),
    ...(settings.skipTlsVerify ? { "insecure-skip-tls-verify": true } : {}),
    ...(settings.caData === undefined ? {} : { "certificate-authority-data": settings.caData }),
    ...(settings.proxyUrl === undefined ? {} : { "proxy-url": settings.proxyUrl }),
  };
  return JSON.stringify({
    apiVersion: exec.apiVersion,
    kind: "ExecCredential",
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster } : {}) },
  });
}

function readCredential(settings: ContextSettings, exec: ExecSpec, output: string): ExecCredential {
  let answer: { kind?: unknown; status?: Record<string, unknown> };
  try {
    answer = JSON.parse(output) as typeof answer;
  } catch {
    throw failed(settings, `${exec.command} did not answer with JSON`, "");
  }
  const value = (name: string): string | undefined => {
    const text = answer.status?.[name];
    return typeof text === "string" && text !== "" ? text : undefined;
  };
  const expires = new Date(value("expirationTimestamp") ?? Number.NaN);
  const credential: ExecCredential = {
    token: value("token"),
    certificate: value("clientCertificateData"),
    key: value("clientKeyData"),
    expires: Number.isNaN(expires.getTime()) ? undefined : expires,
  };
  if (
    answer.kind !== "ExecCredential" ||
    (credential.token === undefined && (credential.certificate === undefined || credential.key === undefined))
  ) {
    throw failed(settings, `${exec.command} answered without a credential`, "");
  }
  return credential;
}

function cannotStart(settings: ContextSettings, exec: ExecSpec, error: NodeJS.ErrnoException): PaletteError {
  return new PaletteError(
    "Prerequisite",
    error.code === "ENOENT"
      ? `Context ${settings.context} signs in by running ${exec.command}, which is not installed`
      : `Context ${settings.context} signs in by running ${exec.command}, which cannot be started (${error.code ?? error.message})`,
    { next: exec.installHint?.replace(/\s+/g, " ").trim() ?? "Install it, or choose another context." },
  );
}

function failed(settings: ContextSettings, what: string, complaint: string): PaletteError {
  const lines = redact(complaint).trim().split("\n").slice(-3).join(" ").trim();
  return new PaletteError("Forbidden", `Signing in to ${settings.context} did not work: ${what}`, {
    ...(lines === "" ? {} : { engine: lines }),
    next: "Run the program in a terminal to see more.",
  });
}
