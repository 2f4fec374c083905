/** How long an answer counts, in milliseconds: what changes on one instance holds on all others after that time at the latest. */
const FRESH_MS = 5_000;
const MAX_ANSWERS = 10_000;

/**
 * Remembers what was looked up a moment ago, that there is nothing included. Bounded: the answer used longest ago goes first.
 * The promise is kept, not its result: whoever is forgotten while a look-up is under way cannot come back with what it read.
 */
export class RecentAnswers<T> {
  private readonly answers = new Map<string, { readonly answer: Promise<T>; readonly staleAt: number }>();

  constructor(
    private readonly look: (key: string) => Promise<T>,
    private readonly maxAnswers = MAX_ANSWERS,
    private readonly freshMs = FRESH_MS,
  ) {}

  get(key: string): Promise<T> {
    const now = performance.now();
    const known = this.answers.get(key);
    this.answers.delete(key);
    const kept = known && now < known.staleAt ? known : { answer: this.ask(key), staleAt: now + this.freshMs };
    this.answers.set(key, kept);
    if (this.answers.size > this.maxAnswers) this.answers.delete(this.answers.keys().next().value!);
    return kept.answer;
  }

  forget(key: string): void {
    this.answers.delete(key);
  }

  private ask(key: string): Promise<T> {
    const answer = this.look(key);
    // A fault is told to those who wait, and asked about anew by the next.
    answer.catch(() => {
      if (this.answers.get(key)?.answer === answer) this.answers.delete(key);
    });
    return answer;
  }
}
