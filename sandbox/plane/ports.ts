import { createServer } from "node:net";

/**
 * Where ports are taken from: below the ranges from which Linux (32768) and macOS (49152) take the ports of outgoing
 * connections, which could otherwise be in use when a component comes to open its own, and below those of the
 * fake clusters.
 */
export const portRange = { first: 10_000, last: 18_999 } as const;

/** Where the Dev provider's fake clusters get their ports from, in blocks. */
export const clusterPortRange = { first: 20_000, last: 29_999 } as const;

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * A free port for each name: the one of `preferred` where that is free, any other one of `range` (each `step`
 * counts) else. No port is given twice.
 */
export async function choosePorts(
  names: readonly string[],
  preferred: Readonly<Record<string, number>>,
  range: PortRange,
  step = 1,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<Record<string, number>> {
  const chosen: Record<string, number> = {};
  const taken = new Set<number>();
  const take = async (name: string, port: number): Promise<boolean> => {
    if (taken.has(port) || !(await isFree(port))) {
      return false;
    }
    taken.add(port);
    chosen[name] = port;
    return true;
  };
  const open: string[] = [];
  for (const name of names) {
    const port = preferred[name];
    if (port === undefined || !(await take(name, port))) {
      open.push(name);
    }
  }
  const count = Math.floor((range.last - range.first) / step) + 1;
  for (const name of open) {
    const start = Math.floor(Math.random() * count);
    let offset = 0;
    while (offset < count && !(await take(name, range.first + ((start + offset) % count) * step))) {
      offset++;
    }
    if (offset === count) {
      throw new Error(`No port from ${range.first} to ${range.last} is free.`);
    }
  }
  return chosen;
}

/** Whether a program can listen on a port, on this machine's own address as well as on all. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
