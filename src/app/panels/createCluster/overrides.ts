import type { ClusterRequest } from "../../../cluster/model.ts";
import type * as ProfileRoom from "../../../profile/index.ts";
import { PaletteError } from "../../../shared/errors.ts";
import type { Room } from "./model.ts";

type Profiles = typeof ProfileRoom;

const HEAD = (layer: string, cluster: string) =>
  `# Values of layer ${layer} for cluster ${cluster === "" ? "of this request" : cluster} only. Saving takes them into the request;\n# what is changed elsewhere in the profile is not taken.\n`;

/** The profile as text, with the values of this cluster in place of the layer's. */
export function overrideText(
  room: Room,
  profileText: string,
  request: ClusterRequest,
  layer: string,
  profiles: Profiles,
): string {
  const index = indexOf(profiles, profileText, layer);
  const values = request.profiles[0]?.packValues?.find(({ name }) => name === layer)?.values;
  const text =
    values === undefined || index < 0
      ? profileText
      : room.editRequest(profileText, [{ path: valuesPath(index), value: values }]);
  return HEAD(layer, request.name) + text;
}

/** The values of the layer in an edited text; nothing where they are the profile's own. Throws where it cannot be read. */
export function overrideIn(
  profiles: Profiles,
  edited: string,
  profileText: string,
  layer: string,
): string | undefined {
  const document = profiles.parseProfile(edited);
  const problem = document.syntax.find(({ severity }) => severity === "error");
  if (problem !== undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `The values of ${layer} were not taken: ${problem.message.replace(/\.$/, "")}`,
      {
        next: "Correct it, then save again.",
      },
    );
  }
  const values = valuesIn(profiles, edited, layer);
  return values === undefined || values === valuesIn(profiles, profileText, layer) ? undefined : values;
}

/** Where the values of the layer begin in a text. */
export function overridePlace(profiles: Profiles, text: string, layer: string): number {
  const pack = profiles.parseProfile(text).view?.packs.find(({ name }) => name?.text === layer);
  return pack?.values?.key.span.start ?? pack?.span.start ?? 0;
}

/** What differs from the profile for this cluster, by layer, as paths of values. */
export function changedValues(
  room: Room,
  profiles: Profiles,
  profileText: string,
  request: ClusterRequest,
): Map<string, string[]> {
  const changed = new Map<string, string[]>();
  for (const { name, values } of request.profiles[0]?.packValues ?? []) {
    const index = indexOf(profiles, profileText, name);
    if (index >= 0) {
      const edited = room.editRequest(profileText, [{ path: valuesPath(index), value: values }]);
      const { layers } = profiles.compareProfiles(
        profiles.parseProfile(profileText),
        profiles.parseProfile(edited),
      );
      const paths = layers.flatMap((layer) => layer.values.map(({ path }) => path.replace(/^values\./, "")));
      changed.set(name, paths.length > 0 ? paths : ["Comments only"]);
    }
  }
  return changed;
}

function indexOf(profiles: Profiles, text: string, layer: string): number {
  return profiles.parseProfile(text).view?.packs.findIndex(({ name }) => name?.text === layer) ?? -1;
}

function valuesIn(profiles: Profiles, text: string, layer: string): string | undefined {
  return profiles.parseProfile(text).view?.packs.find(({ name }) => name?.text === layer)?.values?.text;
}

function valuesPath(index: number): (string | number)[] {
  return ["spec", "template", "packs", index, "values"];
}
