// Makes this repository runnable on a machine that has only Node.js 20 or newer: no packages needed, since this is
// what installs them.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";
const node24 = `${root}node_modules/node/bin/${windows ? "node.exe" : "node"}`;

/**
 * Checks what has to be there, installs the npm packages where they are missing or out of date, and runs a
 * TypeScript program on the Node.js that comes with them. Ends this process with its exit code.
 * @param {string} program path below the repository
 * @param {{ go: boolean, without: string }} needs whether Go is needed too, and what to use where it is not there
 */
export function bootstrap(program, needs) {
  const missing = missingPrerequisites(needs);
  if (missing.length > 0) {
    for (const line of missing) {
      console.error(line);
    }
    process.exit(1);
  }
  installPackages();
  handOver(program);
}

function missingPrerequisites({ go, without }) {
  const lines = [];
  if (Number(process.versions.node.split(".")[0]) < 20) {
    lines.push(
      `Node.js 20 or newer is needed, this is ${process.versions.node}. Install it from https://nodejs.org.`,
    );
  }
  if (firstLine("git", ["--version"]) === undefined) {
    lines.push("git is missing. Install it from https://git-scm.com or with your system's package manager.");
  }
  if (go) {
    const version = /go(\d+)\.(\d+)/.exec(firstLine("go", ["version"]) ?? "");
    if (version === null) {
      lines.push(
        `Go is missing. It builds the local management cluster: install Go 1.26 from https://go.dev/dl, or use ${without}.`,
      );
    } else if (Number(version[1]) === 1 && Number(version[2]) < 26) {
      lines.push(
        `Go 1.26 is needed, this is ${version[0].slice(2)}. Install it from https://go.dev/dl, or use ${without}.`,
      );
    }
  }
  return lines;
}

function firstLine(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", shell: windows });
  return status === 0 ? stdout.split("\n")[0] : undefined;
}

/** `npm ci`, unless what is in node_modules is what the lock file says. */
function installPackages() {
  if (!isInstalled()) {
    console.log("Installing npm packages");
    npm(["ci", "--no-audit", "--no-fund"]);
  }
  // An npm that is told not to run install scripts leaves these two without their programs.
  if (firstLine(node24, ["--version"]) === undefined) {
    npm(["rebuild", "node", "esbuild"]);
  }
  if (firstLine(node24, ["--version"]) === undefined) {
    console.error(`${node24} does not run. Delete node_modules and try again.`);
    process.exit(1);
  }
}

/** Compares the lock file with npm's own list of what it installed last; binaries of other platforms may be absent. */
function isInstalled() {
  const installed = readLock("node_modules/.package-lock.json");
  return Object.entries(readLock("package-lock.json")).every(
    ([place, { version, optional }]) =>
      place === "" ||
      installed[place]?.version === version ||
      (optional === true && installed[place] === undefined),
  );
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(`${root}${path}`, "utf8")).packages;
  } catch {
    return {};
  }
}

function npm(args) {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: root, encoding: "utf8", shell: windows });
  if (status !== 0) {
    console.error(`${stdout}${stderr}`.trim());
    console.error(`npm ${args.join(" ")} did not work; its own message is above.`);
    process.exit(1);
  }
}

/** Runs the program with this one's arguments; what a terminal or a parent tells us goes to it as well. */
function handOver(program) {
  const child = spawn(node24, [`${root}${program}`, ...process.argv.slice(2)], {
    stdio: "inherit",
    cwd: root,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
