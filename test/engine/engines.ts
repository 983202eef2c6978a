import { execFile, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { promisify } from "node:util";
import { findGo } from "../../sandbox/build/go.ts";
import { reset, type SandboxStatus, up } from "../../sandbox/index.ts";
import { describeError, isPaletteError } from "../../src/shared/errors.ts";

/** Set by the global setup (setup.ts): the plane that all engine tests of one run share lives there. */
export const sharedHome = "PALETTE_TEST_HOME";

/** A running plane, for tests that need real API servers and controllers. Valid inside tests and hooks that follow. */
export interface Engines {
  readonly status: SandboxStatus;
  /** Runs kubectl on the management cluster, or on the second one, and gives what it prints. */
  kubectl(...args: string[]): Promise<string>;
  workloadKubectl(...args: string[]): Promise<string>;
}

/** Why this machine cannot run engine tests; undefined where it can. For `describe(…, { skip: await missingEngines() }, …)`. */
export async function missingEngines(): Promise<string | undefined> {
  try {
    await findGo();
    return undefined;
  } catch (error) {
    if (isPaletteError(error, "Prerequisite")) {
      return describeError(error);
    }
    throw error;
  }
}

/**
 * Gives the tests of the surrounding suite a plane: the one that the run shares, or one of their own that ends
 * with them. Tests share it, so each works in a namespace of its own.
 */
export function useEngines(options: { readonly workload?: boolean } = {}): Engines {
  let status: SandboxStatus | undefined;
  let home: TemporaryHome | undefined;
  before(async () => {
    const shared = process.env[sharedHome];
    if (shared === undefined) {
      home = await temporaryHome();
    } else {
      process.env.PALETTE_HOME = shared;
    }
    status = await up(options);
  });
  after(async () => {
    await home?.end();
  });
  const current = (): SandboxStatus => {
    if (status === undefined) {
      throw new Error("The plane is there once the tests run.");
    }
    return status;
  };
  const kubectl = async (kubeconfig: string | undefined, args: readonly string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(current().kubectl, [`--kubeconfig=${kubeconfig}`, ...args], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  };
  return {
    get status() {
      return current();
    },
    kubectl: (...args) => kubectl(current().kubeconfig, args),
    workloadKubectl: (...args) => kubectl(current().workload?.kubeconfig, args),
  };
}

export interface TemporaryHome {
  readonly path: string;
  /** Stops the plane that lives here and deletes it. */
  end(): Promise<void>;
}

/**
 * A home for one plane below the temporary folder, which this process works with from now on. If the process
 * ends without `end`, by a failure or Ctrl-C, the plane is stopped with it.
 */
export async function temporaryHome(): Promise<TemporaryHome> {
  const path = await mkdtemp(join(tmpdir(), "palette-engines-"));
  process.env.PALETTE_HOME = path;
  const atExit = () => {
    const cli = resolve(import.meta.dirname, "../../src/cli/main.ts");
    spawnSync(process.execPath, [cli, "sandbox", "down"], { env: { ...process.env, PALETTE_HOME: path } });
    rmSync(path, { recursive: true, force: true });
  };
  const exit = () => process.exit(1);
  process.once("exit", atExit);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    // By default they end a process without its exit handlers.
    process.once(signal, exit);
  }
  return {
    path,
    async end() {
      process.env.PALETTE_HOME = path;
      await reset();
      await rm(path, { recursive: true });
      process.off("exit", atExit);
      process.off("SIGTERM", exit);
      process.off("SIGHUP", exit);
    },
  };
}
