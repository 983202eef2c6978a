#!/usr/bin/env node
import process, { argv, cwd, env, exit, stderr, stdout } from "node:process";
import type { CommandIo } from "./command.ts";
import { type Commands, runCommand } from "./run.ts";

/** The commands of `palette`, each loaded when it runs. */
const COMMANDS: Commands = {
  check: async () => (await import("./commands/check.ts")).check,
  profile: async () => (await import("./commands/profile.ts")).profile,
  render: async () => (await import("./commands/render.ts")).render,
  create: async () => (await import("./commands/create.ts")).create,
  environment: async () => (await import("./commands/environment.ts")).environment,
  accounts: async () => (await import("./commands/accounts.ts")).accounts,
  clusters: async () => (await import("./commands/clusters.ts")).clusters,
  describe: async () => (await import("./commands/describe.ts")).describe,
  delete: async () => (await import("./commands/delete.ts")).deleteCommand,
  import: async () => (await import("./commands/import.ts")).importCommand,
  detach: async () => (await import("./commands/detach-import.ts")).detachCommand,
  virtual: async () => (await import("./commands/virtual.ts")).virtual,
  group: async () => (await import("./commands/group.ts")).group,
  sandbox: async () => (await import("./commands/sandbox.ts")).sandbox,
};

/** What a shell gives for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** The Kubernetes client needs this much; older ones fail in the middle of something. */
const OLDEST_NODE = 22;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  stderr.write(`palette needs Node.js ${OLDEST_NODE} or newer, and this is ${process.versions.node}.\n`);
  exit(1);
}

const abort = new AbortController();
const interrupt = (): void => {
  // A second Ctrl-C does not wait for what is being undone.
  process.off("SIGINT", interrupt);
  abort.abort();
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
const unwritten = (error: NodeJS.ErrnoException): never => {
  if (error.code === "EPIPE") {
    exit(0); // Whoever reads has read enough, as `head` does.
  }
  stderr.write(`The output could not be written: ${error.message}.\n`);
  exit(1);
};
stdout.on("error", unwritten);

const io: CommandIo = {
  out: (text) => void stdout.write(text.endsWith("\n") ? text : `${text}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  cwd: cwd(),
  today: new Date().toISOString().slice(0, 10),
  env,
  signal: abort.signal,
};

void runCommand(COMMANDS, argv.slice(2), io).then((code) => {
  // Waits for what is still to be written, then ends open connections with the process.
  stdout.write("", (error) => {
    // A broken stream tells the last write only that it is broken.
    const reason = stdout.errored ?? error;
    if (reason) {
      unwritten(reason);
    }
    exit(abort.signal.aborted ? INTERRUPTED : code);
  });
});
