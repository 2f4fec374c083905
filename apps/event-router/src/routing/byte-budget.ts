/**
 * Bounds the bytes that all fan-outs of this process have under way together. Whoever finds the budget spent waits in
 * line, so that an event with thousands of receivers and an event with one take turns. Something larger than the whole
 * budget goes when nothing else is under way.
 */
export class ByteBudget {
  private used = 0;
  private readonly line: { bytes: number; go: () => void }[] = [];

  constructor(private readonly limit: number) {}

  /** Undefined when the bytes are taken at once, which is the usual case and costs no promise. */
  take(bytes: number): Promise<void> | undefined {
    if (this.line.length === 0 && this.fits(bytes)) {
      this.used += bytes;
      return undefined;
    }
    return new Promise((go) => this.line.push({ bytes, go }));
  }

  give(bytes: number): void {
    this.used -= bytes;
    while (this.line.length > 0 && this.fits(this.line[0]!.bytes)) {
      const next = this.line.shift()!;
      this.used += next.bytes;
      next.go();
    }
  }

  private fits(bytes: number): boolean {
    return this.used === 0 || this.used + bytes <= this.limit;
  }
}
