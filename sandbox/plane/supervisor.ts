import { createHash } from "node:crypto";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { execPath } from "node:process";
import { isDeepStrictEqual } from "node:util";
import { startOf } from "../processes/identity.ts";
import { spawnDetached } from "../processes/spawn.ts";
import { isAlive, stop } from "../processes/stop.ts";
import { type Component, managementNames, type Programs, workloadNames } from "./components.ts";
import type { Credentials } from "./credentials.ts";
import { type Layout, layoutOf, logOf } from "./layout.ts";
import { type ProcessRecord, readState, type State, writeState } from "./state.ts";

/** Starts and stops the processes of one plane and keeps the record of them, which every change writes at once. */
export class Supervisor {
  readonly #layout: Layout;
  #state: State;
  /** Names of what this instance started, in that order. */
  readonly #started: string[] = [];

  private constructor(layout: Layout, state: State) {
    this.#layout = layout;
    this.#state = state;
  }

  /** Takes up what an earlier run left; the caller holds the plane's lock. */
  static async open(layout: Layout): Promise<Supervisor> {
    return new Supervisor(layout, await readState(layout.stateFile));
  }

  get records(): readonly ProcessRecord[] {
    return this.#state.components;
  }

  get ports(): Readonly<Record<string, number>> {
    return this.#state.ports;
  }

  async keepPorts(ports: Readonly<Record<string, number>>): Promise<void> {
    await this.#save({ ...this.#state, ports: { ...this.#state.ports, ...ports } });
  }

  /** Starts a component, unless it runs exactly as it should; says whether it did. */
  async ensure(
    component: Component,
    programs: Programs,
    credentials: Credentials,
  ): Promise<{ record: ProcessRecord; started: boolean }> {
    const command = commandOf(component, programs);
    const former = this.#state.components.find(({ name }) => name === component.name);
    if (former !== undefined) {
      const same =
        former.command === command &&
        former.server === component.server &&
        former.credentials === nameOf(credentials) &&
        isDeepStrictEqual(former.args, component.args) &&
        isDeepStrictEqual(former.env, component.env);
      if (same && (await isAlive(former))) {
        return { record: former, started: false };
      }
      await stop(former);
    }
    return { record: await this.#start(component, command, credentials), started: true };
  }

  /** Ends a component that hangs, and starts it anew. */
  async restart(component: Component, programs: Programs, credentials: Credentials): Promise<ProcessRecord> {
    await this.stop([component.name]);
    return this.#start(component, commandOf(component, programs), credentials);
  }

  async #start(component: Component, command: string, credentials: Credentials): Promise<ProcessRecord> {
    const log = logOf(this.#layout, component.name);
    await rename(log, join(this.#layout.logs, `${component.name}.previous.log`)).catch(() => undefined);
    const pid = await spawnDetached({
      command,
      args: component.args,
      env: component.env,
      cwd: this.#layout.state,
      log,
    });
    const record: ProcessRecord = {
      name: component.name,
      pid,
      // A program that ended at once has no start any more; such a record is of no process.
      start: (await startOf(pid)) ?? "ended at once",
      since: new Date().toISOString(),
      command,
      args: component.args,
      env: component.env,
      server: component.server,
      credentials: nameOf(credentials),
      log,
      probe: component.probe,
      endpoint: component.endpoint,
      children: component.children,
    };
    this.#started.push(component.name);
    const others = this.#state.components.filter(({ name }) => name !== component.name);
    try {
      await this.#save({ ...this.#state, components: inOrder([...others, record]) });
    } catch (error) {
      // Nobody would know it as ours.
      await stop(record);
      throw error;
    }
    return record;
  }

  /** Ends the named processes with what they started themselves, those that others depend on last, and forgets them. */
  async stop(names: readonly string[]): Promise<void> {
    for (const record of this.#state.components.toReversed()) {
      if (names.includes(record.name)) {
        await stop(record);
        await stopChildren(record);
        await this.#save({
          ...this.#state,
          components: this.#state.components.filter(({ name }) => name !== record.name),
        });
      }
    }
  }

  /** Ends what this instance started, after a start that did not come to its end. */
  async stopStarted(): Promise<void> {
    await this.stop(this.#started);
  }

  async #save(state: State): Promise<void> {
    await writeState(this.#layout.stateFile, state);
    this.#state = state;
  }
}

/** Ends what a process that ended had started; it keeps a record for each of its folders as a plane does. */
async function stopChildren({ children }: ProcessRecord): Promise<void> {
  if (typeof children !== "string") {
    return;
  }
  const folders = await readdir(children).catch(() => []);
  for (const folder of folders) {
    const supervisor = await Supervisor.open(layoutOf(join(children, folder)));
    await supervisor.stop(supervisor.records.map(({ name }) => name));
  }
}

function commandOf({ name, engine }: Component, programs: Programs): string {
  const command = engine === "node" ? execPath : programs[engine];
  if (command === undefined) {
    throw new Error(`There is no program for ${name}.`);
  }
  return command;
}

/** Tells credentials apart, without telling them: all of one plane are made together. */
function nameOf({ ca }: Credentials): string {
  return createHash("sha256").update(ca).digest("hex").slice(0, 16);
}

/** What others depend on first, whenever it was started last. */
function inOrder(records: readonly ProcessRecord[]): ProcessRecord[] {
  const order: readonly string[] = [...managementNames, ...workloadNames];
  return records.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}
