import { setTimeout as sleep } from 'node:timers/promises';
import type { GroupMember } from './group-member.js';
import type { LogFunction } from './kafka-settings.js';
import { metrics } from './messaging.metrics.js';

export interface SupervisorHost {
  readonly groupId: string;
  readonly log: LogFunction;
  createMember(): GroupMember;
  /** The member has ended; until the next one joins, nobody here owns anything. */
  crashed(): void;
}

const HANGING_MS = 90_000;
const STABLE_MS = 60_000;
const RESTART_DELAY_MS = { first: 250, most: 10_000 };

/**
 * Keeps a member in the group: whatever ends one (errors kafkajs calls not retriable and stays down after, a loop that
 * hangs), another follows after a growing delay. Counts the crashes that an outage of the brokers does not explain.
 */
export class MemberSupervisor {
  member: GroupMember | undefined;
  crashes = 0;
  lastError: string | undefined;
  tickedAt = Date.now();
  #joinedAt: number | undefined;
  #running: Promise<void> | undefined;
  readonly #ending = new AbortController();

  constructor(private readonly host: SupervisorHost) {}

  get started(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends the member that runs and starts no other. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.member?.stop();
    await this.#running;
  }

  /** The member's fetch loop went round, or it is on its way into the group. */
  ticked(): void {
    this.tickedAt = Date.now();
  }

  joined(): void {
    this.ticked();
    this.#joinedAt = Date.now();
  }

  /** To be called now and then: forgets crashes after a while of stability, and ends a member whose loop hangs. */
  check(now = Date.now()): void {
    if (this.#joinedAt !== undefined && now - this.#joinedAt > STABLE_MS) this.crashes = 0;
    if (this.started && now - this.tickedAt > HANGING_MS)
      this.member?.abandon(new Error(`the fetch loop has not gone round for ${HANGING_MS} ms`));
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#ending.signal.aborted; failures++) {
      const member = (this.member = this.host.createMember());
      this.ticked();
      void member.run();
      const error = await member.ended;
      if (this.#ending.signal.aborted) return;
      if (this.#joinedAt !== undefined) failures = 0;
      this.#joinedAt = undefined;
      this.#crashed(error);
      await member.stop();
      const delay = Math.min(RESTART_DELAY_MS.most, RESTART_DELAY_MS.first * 2 ** Math.min(failures, 10));
      await sleep(delay, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  #crashed(error: unknown): void {
    const { groupId, log } = this.host;
    const outage = isOutage(error);
    if (!outage) this.crashes++;
    this.lastError = error instanceof Error ? error.message : String(error);
    this.host.crashed();
    metrics.restarts.inc({ group: groupId });
    log(outage ? 'warn' : 'error', 'consumer.crashed', { groupId, crashes: this.crashes, error });
  }
}

/** Whether waiting is the cure: the brokers are away, or a topic is not there yet. */
function isOutage(error: unknown): boolean {
  const { name, type } = error as { readonly name?: string; readonly type?: string };
  return (
    /^KafkaJS(NumberOfRetriesExceeded|Connection|BrokerNotFound|NoBrokerAvailable|RequestTimeout|LockTimeout|GroupCoordinatorNotFound)/.test(
      name ?? '',
    ) || /^(UNKNOWN_TOPIC_OR_PARTITION|LEADER_NOT_AVAILABLE|GROUP_COORDINATOR_NOT_AVAILABLE)$/.test(type ?? '')
  );
}
