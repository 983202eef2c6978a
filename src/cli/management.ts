import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { ConnectOptions, ManagementCluster } from "../kube/index.ts";
import { PaletteError } from "../shared/errors.ts";
import type { CommandIo } from "./command.ts";

export const MANAGEMENT = {
  kubeconfig: { type: "string" },
  context: { type: "string" },
  "allow-exec": { type: "boolean", default: false },
} as const;
export const MANAGEMENT_USAGE = "[--kubeconfig FILE] [--context NAME] [--allow-exec]";

export interface ManagementOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Consent to the program that the kubeconfig runs to sign in. */
  readonly "allow-exec"?: boolean | undefined;
}

/** The kube room, and a connection through it. */
export interface Management {
  readonly kube: typeof import("../kube/index.ts");
  readonly cluster: ManagementCluster;
}

/**
 * Runs `work` with the management cluster that the options name: else the current context of KUBECONFIG or of
 * ~/.kube/config, else the local management cluster where it runs. Says on the error stream which one it is.
 */
export async function withManagement<T>(
  options: ManagementOptions,
  io: CommandIo,
  work: (management: Management) => Promise<T>,
): Promise<T> {
  const kube = await import("../kube/index.ts");
  const place = await findPlace(kube, options, io);
  io.err(`Management cluster: context ${place.context} of ${place.path}`);
  const cluster = await kube.connect(place, {
    signal: io.signal,
    allowExec: consent(place.context, options),
  });
  try {
    return await work({ kube, cluster });
  } finally {
    cluster.close();
  }
}

/** The consent to programs of a kubeconfig that the command line gave, or did not. */
export function consent(context: string, options: ManagementOptions): ConnectOptions["allowExec"] {
  return async ({ command, args }) => {
    if (options["allow-exec"] !== true) {
      throw new PaletteError(
        "Prerequisite",
        `Context ${context} signs in by running ${[command, ...args].join(" ")}`,
        { next: "Allow that with --allow-exec." },
      );
    }
    return true;
  };
}

async function findPlace(
  kube: Management["kube"],
  { kubeconfig, context }: ManagementOptions,
  { cwd, env }: CommandIo,
): Promise<{ path: string; context: string }> {
  if (kubeconfig !== undefined) {
    return contextIn(kube, resolve(cwd, kubeconfig), context);
  }
  const files = await usualFiles(env);
  for (const path of files) {
    const contexts = await kube.listContexts(path);
    const found = contexts.find((each) => (context === undefined ? each.current : each.context === context));
    if (found !== undefined) {
      return { path, context: found.context };
    }
  }
  const { status } = await import("../../sandbox/index.ts");
  const sandbox = await status();
  if (sandbox.running && (context === undefined || context === sandbox.context)) {
    return { path: sandbox.kubeconfig, context: sandbox.context };
  }
  throw context === undefined
    ? new PaletteError("Prerequisite", "There is no management cluster to use", {
        next: "Name one with --kubeconfig, or start the local one with palette sandbox up.",
      })
    : new PaletteError(
        "NotFound",
        `There is no context ${context} in ${files.join(", ") || "any kubeconfig"}`,
        {
          next: "Name the file with --kubeconfig.",
        },
      );
}

async function contextIn(
  kube: Management["kube"],
  path: string,
  context: string | undefined,
): Promise<{ path: string; context: string }> {
  if (context !== undefined) {
    return { path, context };
  }
  const contexts = await kube.listContexts(path);
  const found = contexts.find(({ current }) => current) ?? (contexts.length === 1 ? contexts[0] : undefined);
  if (found === undefined) {
    throw new PaletteError("NotFound", `Kubeconfig ${path} has no current context`, {
      next: `Name one with --context${contexts.length === 0 ? "" : `: ${contexts.map((each) => each.context).join(", ")}`}.`,
    });
  }
  return { path, context: found.context };
}

/** The files that kubectl would read; those that are missing are passed over, as it does. */
export async function usualFiles(env: CommandIo["env"]): Promise<string[]> {
  const listed = (env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  const candidates = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), ".kube", "config")];
  const present = await Promise.all(
    candidates.map((path) =>
      stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      ),
    ),
  );
  return candidates.filter((_, i) => present[i]);
}
