/** Where charts of the catalog come from instead: mirrors by addresses of repositories, their beginnings, or `*`. */
export type ChartMirrors = Readonly<Record<string, string>>;

/** Stands for every repository that no address names: one mirror holds the charts of all of them. */
const EVERY_REPOSITORY = "*";

/** The address that charts of a repository come from: the mirror of its longest beginning, else its own. */
export function mirrored(repository: string, mirrors: ChartMirrors): string {
  const own = bare(repository);
  const [longest] = Object.keys(mirrors)
    .filter((from) => own === bare(from) || own.startsWith(`${bare(from)}/`))
    .sort((a, b) => bare(b).length - bare(a).length);
  const mirror = mirrors[longest ?? EVERY_REPOSITORY];
  if (mirror === undefined) {
    return repository;
  }
  const rest = longest === undefined ? "" : own.slice(bare(longest).length).replace(/^\/+/, "");
  return rest === "" ? bare(mirror) : `${bare(mirror)}/${rest}`;
}

function bare(address: string): string {
  return address.replace(/\/+$/, "");
}
