/** Gives what `work` gives, unless the signal comes first: then it throws what `why` gives, and `work` goes on for others. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  why: () => unknown,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const leave = (): void => reject(why());
  signal.addEventListener("abort", leave);
  try {
    if (signal.aborted) {
      leave();
    } else {
      work().then(resolve, reject);
    }
    return await promise;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
