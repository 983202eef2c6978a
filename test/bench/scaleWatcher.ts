/** What a process that is measured says on its standard output, one line each. */
export interface Told {
  /** Milliseconds until it had seen all clusters. */
  readonly opened?: number;
  /** Milliseconds until it had seen every machine too. */
  readonly complete?: number;
  /** A version that a machine has now. */
  readonly seen?: string;
}

export function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify({ ...told, at: Date.now() })}\n`);
}
