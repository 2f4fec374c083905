/** Who takes turns: one webhook's work. */
export interface Turn {
  readonly accountId: string;
  readonly running: number;
  /** Kept by `FairTurns`: whether it stands in line. */
  starving: boolean;
}

interface Account<T> {
  running: number;
  readonly line: T[];
  /** Whether it stands in the ring of those that wait. */
  ringed: boolean;
}

/** Above this share of all room, who has not shown that it is quick gets one place at a time. */
const PRESSURE = 0.5;
/** The largest share of one account. */
const ACCOUNT_SHARE = 0.75;
/** Who is looked at for one place that has become free; all are looked at now and then by `serveAll`. */
const TRIES = 16;

/**
 * Room that all webhooks share. One bound for everything would be filled by receivers that do not answer, and everybody
 * would wait for them; so the second half goes one place at a time to webhooks that have not lately shown to be quick,
 * no account gets all of it, and those that wait take turns: accounts first, then the webhooks of an account.
 */
export class FairTurns<T extends Turn> {
  private readonly accounts = new Map<string, Account<T>>();
  private ring: Account<T>[] = [];
  private total = 0;

  /** @param most places in all */
  constructor(private readonly most: number) {}

  get running(): number {
    return this.total;
  }

  /** Whether anybody waits for shared room. */
  get waiting(): boolean {
    return this.ring.length > 0;
  }

  /** @param proven whether its attempts have lately ended soon */
  mayStart(turn: T, proven: boolean): boolean {
    if (this.total >= this.most) return false;
    if (this.total < this.most * PRESSURE) return true;
    const account = this.accounts.get(turn.accountId);
    if (account && account.running >= Math.max(1, this.most * ACCOUNT_SHARE)) return false;
    return proven || turn.running === 0;
  }

  began(turn: T): void {
    this.total++;
    this.accountOf(turn).running++;
  }

  ended(turn: T): void {
    this.total--;
    const account = this.accountOf(turn);
    account.running--;
    if (account.running === 0 && !account.ringed) this.accounts.delete(turn.accountId);
  }

  /** Puts it in line. */
  starve(turn: T): void {
    if (turn.starving) return;
    turn.starving = true;
    const account = this.accountOf(turn);
    account.line.push(turn);
    if (account.ringed) return;
    account.ringed = true;
    this.ring.push(account);
  }

  /** Lets those in line try, in turn, until room or patience ends. `barred` stay in line. */
  serve(admit: (turn: T) => 'started' | 'barred' | 'satisfied'): void {
    this.rotate(admit, TRIES);
  }

  /** The same, with everybody in line looked at. */
  serveAll(admit: (turn: T) => 'started' | 'barred' | 'satisfied'): void {
    this.rotate(
      admit,
      this.ring.reduce((sum, { line }) => sum + line.length, 0),
    );
  }

  private rotate(admit: (turn: T) => 'started' | 'barred' | 'satisfied', patience: number): void {
    for (let tries = patience; tries > 0 && this.ring.length > 0 && this.total < this.most;) {
      const account = this.ring.shift()!;
      const turn = account.line.shift()!;
      const result = admit(turn);
      if (result === 'barred') tries--;
      if (result === 'satisfied') turn.starving = false;
      else account.line.push(turn);
      if (account.line.length > 0) this.ring.push(account);
      else {
        account.ringed = false;
        if (account.running === 0) this.accounts.delete(turn.accountId);
      }
    }
  }

  private accountOf(turn: T): Account<T> {
    let account = this.accounts.get(turn.accountId);
    if (!account) this.accounts.set(turn.accountId, (account = { running: 0, line: [], ringed: false }));
    return account;
  }
}
