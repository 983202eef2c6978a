import { isPortFree } from "../../plane/ports.ts";

/** Which virtual cluster has which port, so that no two choose the same before one of them listens. */
export class PortBook {
  readonly #owners = new Map<number, string>();
  readonly #isFree: (port: number) => Promise<boolean>;

  /** `isFree` says what the machine says of a port that no virtual cluster has. */
  constructor(isFree: (port: number) => Promise<boolean> = isPortFree) {
    this.#isFree = isFree;
  }

  /** Enters the ports that a cluster had before. */
  keep(owner: string, ports: Readonly<Record<string, number>>): void {
    for (const port of Object.values(ports)) {
      this.#owners.set(port, owner);
    }
  }

  /** Takes a port for a cluster if it can have it; it does where one of its own processes has it (`held`). */
  async take(owner: string, port: number, held: boolean): Promise<boolean> {
    const before = this.#owners.get(port);
    if (before !== undefined && before !== owner) {
      return false;
    }
    this.#owners.set(port, owner);
    if (held || (await this.#isFree(port))) {
      return true;
    }
    this.#owners.delete(port);
    return false;
  }

  forget(owner: string): void {
    for (const [port, each] of this.#owners) {
      if (each === owner) {
        this.#owners.delete(port);
      }
    }
  }
}
