import { readdir, readFile, readlink } from "node:fs/promises";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxStatus } from "../../../sandbox/index.ts";
import { startOf } from "../../../sandbox/processes/identity.ts";

/** Number of a component's process. Throws when it has none. */
export function pidOf({ components }: SandboxStatus, name: string): number {
  const pid = components.find((component) => component.name === name)?.pid;
  if (pid === undefined) {
    throw new Error(`${name} has no process.`);
  }
  return pid;
}

/** Whether a process runs. */
export async function runs(pid: number): Promise<boolean> {
  return (await startOf(pid)) !== undefined;
}

/** Waits until a process that was sent a signal is gone. */
export async function gone(pid: number): Promise<void> {
  while (await runs(pid)) {
    await sleep(20);
  }
}

export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Where a process listens (Linux): ports of this machine's own address, and those that its network reaches too. */
export async function listening(pid: number): Promise<{ local: number[]; open: number[] }> {
  const sockets = new Set<string>();
  for (const fd of await readdir(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) {
      sockets.add(inode);
    }
  }
  const local: number[] = [];
  const open: number[] = [];
  for (const table of ["tcp", "tcp6"]) {
    const rows = (await readFile(`/proc/${pid}/net/${table}`, "utf8")).trim().split("\n").slice(1);
    for (const row of rows) {
      const fields = row.trim().split(/\s+/);
      const [address, port] = (fields[1] ?? "").split(":");
      if (fields[3] === "0A" && sockets.has(fields[9] ?? "")) {
        (address === "0100007F" ? local : open).push(Number.parseInt(port ?? "", 16));
      }
    }
  }
  return { local, open };
}
