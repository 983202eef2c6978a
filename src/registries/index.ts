export type { Credentials } from "./credentials.ts";
export { readMirrors } from "./mirrors.ts";
export { type RegistrySettings, readSettings } from "./settings.ts";
export { type RegistryProblem, RegistryStore } from "./store.ts";
