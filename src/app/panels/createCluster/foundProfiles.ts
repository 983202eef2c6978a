import type { ClusterRequest, ProfileRef } from "../../../cluster/model.ts";
import type { PublishedProfile } from "../../../kube/index.ts";
import type { ChartSources } from "../../../layers/index.ts";
import type { App } from "../../commands/command.ts";
import type { ChosenProfile } from "./model.ts";
import { addOnsOutOfTheBox, findProfile, isAddOn, outOfTheBox, type ProfileSources } from "./profiles.ts";
import type { RequestText } from "./requestText.ts";
import type { Rooms } from "./rooms.ts";

const NOTHING: ProfileSources = { files: [], published: [], outOfTheBox: [] };

/** The profiles that a request names, looked for again whenever it names others or there is something else to find. */
export class FoundProfiles {
  readonly #app: Pick<App, "context" | "fleet" | "profiles" | "registries">;
  readonly #rooms: Rooms;
  readonly #text: Pick<RequestText, "folder" | "uri">;
  readonly #request: () => Pick<ClusterRequest, "profiles">;
  readonly #onFound: () => void;
  #sources = NOTHING;
  #addOnSources = NOTHING;
  #charts: ChartSources | undefined;
  #profile: ChosenProfile = { kind: "loading" };
  #addOns: readonly ChosenProfile[] = [];
  /** What was looked for last. */
  #key = "";
  #looking: Promise<unknown> = Promise.resolve();

  constructor(
    app: Pick<App, "context" | "fleet" | "profiles" | "registries">,
    rooms: Rooms,
    text: Pick<RequestText, "folder" | "uri">,
    request: () => Pick<ClusterRequest, "profiles">,
    onFound: () => void,
  ) {
    this.#app = app;
    this.#rooms = rooms;
    this.#text = text;
    this.#request = request;
    this.#onFound = onFound;
  }

  /** The infrastructure or full profile. */
  get profile(): ChosenProfile {
    return this.#profile;
  }

  /** The add-on profiles, in the order of the request. */
  get addOns(): readonly ChosenProfile[] {
    return this.#addOns;
  }

  /** What there is to choose from. */
  get sources(): ProfileSources {
    return this.#sources;
  }

  get addOnSources(): ProfileSources {
    return this.#addOnSources;
  }

  /** Registries and mirrors of the user; nothing while their settings cannot be used, which validating says. */
  get charts(): ChartSources | undefined {
    return this.#charts;
  }

  /** Looks for the profiles of the request, unless they are found already. */
  look(): void {
    this.#looking = Promise.allSettled([this.#looking, this.#look()]);
  }

  /** Looks for them even so: what they are made of has changed. */
  lookAgain(): void {
    this.#key = "";
    this.look();
  }

  /** Finds a profile that the request does not name yet. */
  async find(reference: ProfileRef): Promise<ChosenProfile> {
    await this.#readSources();
    return findProfile(reference, this.#text.folder, this.#sources);
  }

  /** Ends once everything that was looked for is found, or is not there. */
  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#looking; ) {
      last = this.#looking;
      await last;
    }
  }

  async #look(): Promise<void> {
    await this.#readSources();
    const places = this.#request().profiles.map(({ variables: _, packValues: __, ...place }) => place);
    const key = JSON.stringify([
      places,
      this.#text.uri?.toString(),
      [...this.#sources.published, ...this.#addOnSources.published].map(({ name, version }) => [
        name,
        version,
      ]),
    ]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    const [first, ...others] = places;
    const { folder } = this.#text;
    const [profile, ...addOns] = await Promise.all([
      findProfile(first, folder, this.#sources),
      ...others.map((each) => findProfile(each, folder, this.#addOnSources)),
    ]);
    if (key === this.#key) {
      this.#profile = profile;
      this.#addOns = addOns;
      this.#onFound();
    }
  }

  async #readSources(): Promise<void> {
    const { context, fleet, profiles, registries } = this.#app;
    const [files, ready, readyAddOns, charts] = await Promise.all([
      profiles.files(),
      outOfTheBox(context.extensionUri),
      addOnsOutOfTheBox(context.extensionUri),
      registries.sources().catch(() => undefined),
    ]);
    const published = fleet.fleet?.published ?? [];
    const isWanted = (each: PublishedProfile): boolean => isAddOn(this.#rooms.profile, each);
    this.#sources = { files, published: published.filter((each) => !isWanted(each)), outOfTheBox: ready };
    this.#addOnSources = { files, published: published.filter(isWanted), outOfTheBox: readyAddOns };
    this.#charts = charts;
  }
}
