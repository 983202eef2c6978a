/** How far a long task is. `done` of `total` are shares of the expected time, for a percentage. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly remainingSeconds?: number;
  readonly detail?: string;
}

export interface TaskOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}
