import { isPaletteError, PaletteError } from "../src/shared/errors.ts";
import { buildEngines } from "./build/build.ts";
import { Tracker } from "./build/tracker.ts";
import { cancelled } from "./errors.ts";
import { withLock } from "./lock.ts";
import { kwokStages, managementManifests } from "./manifests/render.ts";
import type { Folders } from "./paths.ts";
import { privateFolder } from "./plane/files.ts";
import { layoutOf } from "./plane/layout.ts";
import { afterwards } from "./plane/ready.ts";
import { Start } from "./plane/start.ts";
import { Supervisor } from "./plane/supervisor.ts";
import type { TaskOptions } from "./progress.ts";
import { type SandboxStatus, statusOf } from "./status.ts";

export interface UpOptions extends TaskOptions {
  /** Also the second cluster. One that runs already goes on without this as well. */
  readonly workload?: boolean | undefined;
}

/** The steps of a start, with the seconds they take on two cores. */
const startSteps = [
  { name: "Reading the manifests", seconds: 2 },
  { name: "Starting etcd", seconds: 1 },
  { name: "Starting the API server", seconds: 5 },
  { name: "Writing the Cluster API definitions", seconds: 3 },
  { name: "Starting the controllers", seconds: 4 },
] as const;

/**
 * Builds what is missing and brings the plane up, or what of it does not run; does nothing where all is well.
 * Throws `Prerequisite`, `Unreachable`, `Refused` or `Cancelled`; what it had started is then stopped again, the data stays.
 */
export async function startPlane(folders: Folders, options: UpOptions): Promise<SandboxStatus> {
  const layout = layoutOf(folders.state);
  await privateFolder(folders.state);
  return withLock(folders.state, options, "start or stop", async () => {
    const supervisor = await Supervisor.open(layout);
    const workload =
      options.workload === true || supervisor.records.some(({ name }) => name.startsWith("workload-"));
    const tracker = new Tracker(options.onProgress, startSteps);
    const binaries = await buildEngines(folders.engines, { ...options, workload }, tracker);
    const [manifests, stages] = await tracker.step(() =>
      Promise.all([
        managementManifests(folders.engines, binaries.kubectl, options.signal),
        workload ? kwokStages(folders.engines, binaries.kubectl, options.signal) : undefined,
      ]),
    );
    try {
      await new Start(layout, supervisor, binaries, tracker, options.signal).run(manifests, stages);
    } catch (error) {
      await supervisor.stopStarted();
      throw explain(error);
    }
    return statusOf(layout);
  });
}

function explain(error: unknown): unknown {
  if (isPaletteError(error, "Cancelled") || (error instanceof Error && error.name === "AbortError")) {
    return cancelled(afterwards);
  }
  if (isPaletteError(error)) {
    return error;
  }
  return new PaletteError("Refused", "The local management cluster did not start", {
    engine: error instanceof Error ? error.message : String(error),
    next: afterwards,
    cause: error,
  });
}
