// `npm test`: see test.ts, which this makes runnable.
import { bootstrap } from "./bootstrap.mjs";

const levels = process.argv.slice(2);
bootstrap("scripts/test.ts", {
  go: levels.length === 0 || levels.includes("e2e") || levels.includes("engine"),
});
