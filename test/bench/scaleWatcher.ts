/** What a process that is measured says on its standard output, one line each. */
export interface Told {
  /** Milliseconds until it had seen everything once. */
  readonly opened?: number;
  readonly objects?: number;
  /** A version that a machine has now. */
  readonly seen?: string;
}

export function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify({ ...told, at: Date.now() })}\n`);
}
