import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { NewLogin, RegistryLogin } from "../kube/index.ts";
import type { ChartSources } from "../layers/index.ts";
import { pair } from "./arguments.ts";
import { type CommandIo, UsageError } from "./command.ts";

/** The option that says who signs in to a private registry. Passwords are never words of a command line. */
export const LOGINS = {
  "registry-user": { type: "string", multiple: true, default: [] as string[] },
} as const;
export const LOGINS_USAGE = "[--registry-user NAME=USER]";

/**
 * What registries are signed in to with: the user from the option, the password from the environment, else typed unseen
 * at the terminal. Throws `UsageError` where there is neither, and for a registry that is not named.
 */
export async function loginsOf(
  { "registry-user": users }: { readonly "registry-user": readonly string[] },
  { registries = [] }: ChartSources,
  io: CommandIo,
): Promise<RegistryLogin[]> {
  const logins: RegistryLogin[] = [];
  for (const [registry, username] of users.map((each) => pair(each, "registry-user", "NAME=USER"))) {
    const url = registries.find(({ name }) => name === registry)?.url;
    if (url === undefined) {
      throw new UsageError(
        `--registry-user is for a registry that --registry names, and none is ${registry}.`,
      );
    }
    const variable = `PALETTE_PASSWORD_${registry.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase()}`;
    const password =
      io.env[variable] ?? (await typed(`Password of ${username} at ${registry}: `, variable, io));
    if (password === "") {
      throw new UsageError(`The password of ${username} at ${registry} is empty.`);
    }
    logins.push({ registry, url, basic: { username, password } });
  }
  return logins;
}

/** Naming the user of a registry says that the management cluster gets the credentials; where they go is told. */
export function tellLogin({ err }: CommandIo): (login: NewLogin) => boolean {
  return ({ registry, secret, namespace }) => {
    err(
      `The management cluster needs the credentials of ${registry} to install its charts. They are written as Secret ${secret} in namespace ${namespace}.`,
    );
    return true;
  };
}

async function typed(question: string, variable: string, { signal }: CommandIo): Promise<string> {
  if (!stdin.isTTY) {
    throw new UsageError(
      `Without a terminal to ask, the password comes from the environment: set ${variable}.`,
    );
  }
  stderr.write(question);
  // What is typed is not shown.
  const lines = createInterface({
    input: stdin,
    output: new Writable({ write: (_, __, done) => done() }),
    terminal: true,
  });
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
      lines.question("", resolve);
    });
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
