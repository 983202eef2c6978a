// `npm start`: see start.ts, which this makes runnable.
import { bootstrap } from "./bootstrap.mjs";

const args = process.argv.slice(2);
bootstrap("scripts/start.ts", {
  go: !args.includes("--no-sandbox") && !args.includes("--help"),
  without: "--no-sandbox",
});
