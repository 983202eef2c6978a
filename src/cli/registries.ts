import { type RegistrySettings, readSettings } from "../registries/settings.ts";
import { pair } from "./arguments.ts";
import { UsageError } from "./command.ts";

/** The option that says where layers of the user's own registries come from. */
export const REGISTRY = {
  registry: { type: "string", multiple: true, default: [] as string[] },
} as const;
export const REGISTRY_USAGE = "[--registry NAME=URL]";

/** Reads the values of `--registry`, by the rules of the setting `palette.registries`. Throws `UsageError`. */
export function registriesOf(options: readonly string[]): RegistrySettings[] {
  const { registries, problems } = readSettings(
    options.map((option) => {
      const [name, url] = pair(option, "registry", "NAME=URL");
      return { name, url, kind: url.startsWith("oci:") ? "oci" : "helm" };
    }),
  );
  const [problem] = problems;
  if (problem !== undefined) {
    throw new UsageError(problem);
  }
  return registries;
}
