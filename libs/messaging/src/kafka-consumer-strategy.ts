import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ConsumerRunnerOptions } from './consumer-options.js';
import { ConsumerRunner } from './consumer-runner.js';
import type { RecordOutcome } from './handler.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { Dispatch } from './worker-host.js';
import type { Health } from './runner-health.js';

export interface KafkaConsumerOptions extends ConsumerRunnerOptions {
  /** The pattern of an `@EventPattern` to the full names of the topics that its method handles. */
  readonly subscriptions: Readonly<Record<string, readonly string[]>>;
}

type NestHandler = (data: unknown, context: unknown) => Promise<unknown>;

/**
 * Consumes Kafka topics with Nest controllers: a method with `@EventPattern(<subscription>)` is called once per batch of
 * one partition with `@Payload() records: readonly ReceivedRecord[]` and `@Ctx() context: BatchContext`, and returns an
 * outcome, or a promise of one, for each record. Controllers must not be request-scoped and should have no pipes,
 * guards or interceptors: they would run per batch, and anything asynchronous there delays when rejections are seen.
 */
export class KafkaConsumerStrategy extends Server implements CustomTransportStrategy {
  #runner: ConsumerRunner | undefined;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly options: KafkaConsumerOptions,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.#runner = new ConsumerRunner(this.connection, this.#handlers(), this.options);
      this.#runner.start();
      // The group is joined in the background: a service without its broker starts, and says that it is not ready.
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Begins no more work, lets what runs end within a bound, commits and leaves the group. */
  async close(): Promise<void> {
    await this.#runner?.close();
  }

  health(): Health {
    return this.#runner?.health() ?? { ready: false, live: true, detail: 'not started' };
  }

  override on(): never {
    throw new Error('KafkaConsumerStrategy emits no events');
  }

  override unwrap<T>(): T {
    return this.#runner as T;
  }

  #handlers(): Map<string, Dispatch> {
    const { subscriptions } = this.options;
    const patterns = new Set([...Object.keys(subscriptions), ...this.messageHandlers.keys()]);
    const faults = [...patterns].flatMap((pattern) => this.#faultsOf(pattern));
    const topics = Object.values(subscriptions).flat();
    for (const topic of new Set(topics.filter((topic, i) => topics.indexOf(topic) !== i)))
      faults.push(`topic ${topic} has two subscriptions`);
    if (faults.length > 0) throw new Error(`consumer group ${this.options.groupId}: ${faults.join('; ')}`);
    return new Map(
      Object.entries(subscriptions).flatMap(([pattern, topics]) => topics.map((topic) => [topic, this.#dispatch(pattern)] as const)),
    );
  }

  #faultsOf(pattern: string): string[] {
    const handler = this.messageHandlers.get(pattern);
    const topics = this.options.subscriptions[pattern];
    if (!handler) return [`subscription ${pattern} has no handler`];
    if (!topics) return [`handler ${pattern} has no subscription`];
    if (!handler.isEventHandler) return [`handler ${pattern} must be an @EventPattern`];
    if (handler.next) return [`subscription ${pattern} has two handlers`];
    return topics.length === 0 ? [`subscription ${pattern} has no topics`] : [];
  }

  #dispatch(pattern: string): Dispatch {
    const handler = this.messageHandlers.get(pattern) as unknown as NestHandler;
    return async (records, context) => {
      const result = await handler(records, context);
      // Nest hands a thrown error over as a stream that fails.
      return (isObservable(result) ? await lastValueFrom(result) : result) as readonly RecordOutcome[];
    };
  }
}
