/** The folders that hold other people's files, as a glob. */
export const FOREIGN = "**/{node_modules,.git}/**";

/** Whether a path or address lies in a folder of other people's files. */
export function isForeign(path: string): boolean {
  return /\/(?:node_modules|\.git)\//.test(path);
}
