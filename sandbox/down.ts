import { throwIfCancelled } from "./errors.ts";
import { withLock } from "./lock.ts";
import type { Folders } from "./paths.ts";
import { layoutOf } from "./plane/layout.ts";
import { Supervisor } from "./plane/supervisor.ts";
import type { TaskOptions } from "./progress.ts";

/**
 * Stops what the sandbox started, the last first, and then does `afterwards` while nobody can start it again.
 * Processes that got the number of one of ours are left alone. Throws `Cancelled` between two components.
 */
export async function stopPlane(
  folders: Folders,
  options: TaskOptions,
  afterwards?: (folders: Folders) => Promise<void>,
): Promise<void> {
  await withLock(folders.state, options, "start or stop", async () => {
    const supervisor = await Supervisor.open(layoutOf(folders.state));
    const names = supervisor.records.map(({ name }) => name).toReversed();
    for (const [index, name] of names.entries()) {
      throwIfCancelled(options.signal);
      options.onProgress?.({ step: `Stopping ${name}`, done: index, total: names.length });
      await supervisor.stop([name]);
    }
    await afterwards?.(folders);
  });
}
