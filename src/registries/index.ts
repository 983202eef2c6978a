export type { Credentials } from "./credentials.ts";
export { type RegistrySettings, readSettings } from "./settings.ts";
export { type RegistryProblem, RegistryStore } from "./store.ts";
