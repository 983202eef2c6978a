import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/**
 * What tells a process from a later one that got the same number: the moment it started. On Linux the kernel's
 * own clock ticks with the id of the boot they count from, elsewhere the start time that `ps` gives.
 * Gives undefined when no such process runs; one that ended and was not yet collected does not run.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? linuxStart(pid) : psStart(pid);
}

function linuxStart(pid: number): string | undefined {
  let stat: string;
  let boot: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
  const ticks = startTicks(stat);
  return ticks === undefined ? undefined : `${boot} ${ticks}`;
}

/**
 * Field 22 of /proc/PID/stat, read after the last parenthesis, since a program's name may hold anything.
 * Undefined for a process that ended; while other threads of it still end (field 20), it holds its ports and files.
 */
export function startTicks(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ended = fields[0] === "X" || (fields[0] === "Z" && Number(fields[17]) <= 1);
  return ended ? undefined : fields[19];
}

async function psStart(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    });
    return psStartTime(stdout);
  } catch {
    return undefined;
  }
}

/** The start time in a line of `ps -o stat=,lstart=`. */
export function psStartTime(line: string): string | undefined {
  const match = /^(\S+)\s+(\S.*?)\s*$/.exec(line.trim());
  return match === null || match[1]?.startsWith("Z") === true ? undefined : match[2]?.replace(/\s+/g, " ");
}
