/**
 * The local management plane: real engines, built here and run as processes of this user. A chunk of its own,
 * loaded with the first use; the only module that other rooms import from here.
 */
import { rm } from "node:fs/promises";
import { buildEngines } from "./build/build.ts";
import { Tracker } from "./build/tracker.ts";
import { stopPlane } from "./down.ts";
import { foldersOf } from "./paths.ts";
import { layoutOf } from "./plane/layout.ts";
import { assertSupported } from "./platform.ts";
import type { TaskOptions } from "./progress.ts";
import { type SandboxStatus, statusOf } from "./status.ts";
import { startPlane, type UpOptions } from "./up.ts";

export type { Progress } from "./progress.ts";
export type { ComponentStatus, SandboxStatus } from "./status.ts";

/** Builds what is missing and starts what does not run. See `startPlane`. */
export async function up(options: UpOptions = {}): Promise<SandboxStatus> {
  assertSupported();
  return startPlane(foldersOf(), options);
}

/** Stops what was started here; the data stays. */
export async function down(options: TaskOptions = {}): Promise<void> {
  assertSupported();
  await stopPlane(foldersOf(), options);
}

/** Stops the plane and deletes its data, credentials and logs; the built engines stay. */
export async function reset(options: TaskOptions = {}): Promise<void> {
  assertSupported();
  await stopPlane(foldersOf(), options, async ({ state }) => {
    const layout = layoutOf(state);
    for (const path of [
      layout.stateFile,
      layout.etcdData,
      layout.credentials,
      layout.kubeconfig,
      layout.kubectl,
      layout.workloadKubeconfig,
      layout.virtual,
      layout.logs,
    ]) {
      await rm(path, { recursive: true, force: true });
    }
  });
}

/** How every component is. */
export async function status(): Promise<SandboxStatus> {
  return statusOf(layoutOf(foldersOf().state));
}

/** Builds the engines of a plane without starting it. */
export async function build(options: TaskOptions & { readonly workload?: boolean } = {}): Promise<void> {
  assertSupported();
  await buildEngines(
    foldersOf().engines,
    { ...options, workload: options.workload ?? false },
    new Tracker(options.onProgress, []),
  );
}
