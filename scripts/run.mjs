// Runs a TypeScript program of this repository with the Node.js it is developed on (24), whatever is on the PATH.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = process.platform === "win32" ? "node.exe" : "node";
const node = fileURLToPath(new URL(`../node_modules/node/bin/${program}`, import.meta.url));
const child = spawn(node, process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", () => {
  console.error("node_modules is missing or incomplete: run npm ci first.");
  process.exitCode = 2;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
