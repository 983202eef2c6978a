/** On a Cluster that is not written to the end: the hash of the request that began it. */
export const UNFINISHED = "palette-onboarding/unfinished";
/** When its writer began or went on, by the server's clock. */
export const CLAIMED = "palette-onboarding/claimed";
/** On a Cluster that is: the hash of the request that it was made of. */
export const REQUEST = "palette-onboarding/request";

/** Whoever writes a cluster is done or gives up within this time, so whatever is older has no writer any more. */
export const WRITING_MS = 60_000;

type Marked = { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } };

/** Whether the creation of a Cluster stopped half-way or still goes on. */
export function isUnfinished({ metadata }: Marked): boolean {
  return metadata.annotations?.[UNFINISHED] !== undefined;
}

/** Whether somebody may still be writing an unfinished Cluster. */
export function isBeingWritten({ metadata }: Marked, now: Date): boolean {
  const claimed = Date.parse(metadata.annotations?.[CLAIMED] ?? "");
  return now.getTime() - claimed < WRITING_MS;
}
