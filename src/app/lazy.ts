/** Something that is made with its first use; where that fails, the next use tries again. */
export class Lazy<T extends { dispose(): void }> {
  readonly #make: () => Promise<T>;
  #made: Promise<T> | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  get(): Promise<T> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    return this.#made;
  }

  dispose(): void {
    // Whoever asked for it has heard why it was not made.
    void this.#made?.then(
      (made) => made.dispose(),
      () => undefined,
    );
  }
}
