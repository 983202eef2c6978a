/** Global setup of the engine tests (`node --test --test-global-setup`): one plane for all files, started by the first that needs it. */
import { sharedHome, type TemporaryHome, temporaryHome } from "./engines.ts";

let home: TemporaryHome | undefined;

export async function globalSetup(): Promise<void> {
  home = await temporaryHome();
  process.env[sharedHome] = home.path;
}

export async function globalTeardown(): Promise<void> {
  await home?.end();
}
