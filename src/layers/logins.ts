import { joinName, slug } from "../cluster/names.ts";

/** Marks a Secret with what a registry is signed in to with. */
export const LOGIN_LABEL = "palette-onboarding/registry-login";
/** On it: the address of the registry, and what the user calls it. */
export const LOGIN_ADDRESS = "palette-onboarding/registry-address";
export const LOGIN_NAME = "palette-onboarding/registry-name";

/** The Secret with what charts of a registry are read with. Its name tells registries apart by their addresses. */
export function loginName(registry: string): string {
  return joinName(["registry", slug(plain(registry).replace(/^https:\/\//, ""))]);
}

/** The registry that has a repository of charts; of several the one that is named most exactly. */
export function registryOf(repository: string, registries: readonly string[]): string | undefined {
  const own = plain(repository);
  return [...registries]
    .filter((each) => own === plain(each) || own.startsWith(`${plain(each)}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** OCI registries are spoken to by https. */
function plain(address: string): string {
  return address.replace(/^oci:/, "https:").replace(/\/+$/, "");
}
