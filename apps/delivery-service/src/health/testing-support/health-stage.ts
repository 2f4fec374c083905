import { Logger } from '@nestjs/common';
import {
  decodeEndpointHealth,
  headerText,
  type EndpointHealthV1,
  type ErrorClass,
  type WebhookStateV1,
  type WireRecord,
} from '#libs/contracts';
import { Clock, newId } from '#libs/kernel';
import { InMemoryPublisher, type BatchContext } from '#libs/messaging';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { aWebhook } from '#libs/testing';
import { Webhook, WebhookDirectory } from '../../webhooks/index.js';
import type { Admission, AttemptHealth, Permit } from '../endpoint-health.js';
import { EndpointHealthPublisher } from '../endpoint-health.publisher.js';
import { EndpointHealthService } from '../endpoint-health.service.js';
import { DEFAULT_HEALTH_RULES, type HealthRules } from '../health-rules.js';
import { KnownHealth } from '../known-health.js';

// What a test needs to know it asserts.
Logger.overrideLogger(false);

export const START = Date.parse('2026-11-20T10:00:00.000Z');
export const SUCCEEDED: AttemptHealth = { kind: 'succeeded' };
export const failed = (statusCode: number | null = 500, more: Partial<AttemptHealth & { kind: 'failed' }> = {}): AttemptHealth => ({
  kind: 'failed',
  statusCode,
  errorClass: (statusCode === null ? 'timeout' : statusCode < 500 ? 'http_4xx' : 'http_5xx') as ErrorClass,
  counts: statusCode === null || statusCode >= 500 || statusCode === 410,
  gone: statusCode === 410,
  ...more,
});
export const REFUSED = failed(null, { errorClass: 'policy', counts: false });

export class HandClock extends Clock {
  time = START;
  override now(): number {
    return this.time;
  }
}

/** An ownership of a partition, and its end. */
export function ownership(): BatchContext & { end(): void } {
  const controller = new AbortController();
  return {
    topic: 't',
    partition: 0,
    signal: controller.signal,
    draining: controller.signal,
    lost: () => controller.signal.aborted,
    end: () => controller.abort(),
  };
}

/** The topic of endpoint health as its readers see it: only higher versions count. */
class TopicInMemory extends KnownHealth {
  override ready = true;
  readonly records = new Map<string, EndpointHealthV1>();
  private readonly listeners: ((id: string, current: EndpointHealthV1 | undefined) => void)[] = [];
  private readonly loaded: (() => void)[] = [];
  override find(id: string): EndpointHealthV1 | undefined {
    return this.records.get(id);
  }
  override values(): Iterable<EndpointHealthV1> {
    return this.records.values();
  }
  override onChange(listener: (id: string, current: EndpointHealthV1 | undefined) => void): void {
    this.listeners.push(listener);
  }
  override onLoaded(listener: () => void): void {
    this.loaded.push(listener);
  }
  load(): void {
    this.loaded.forEach((tell) => tell());
  }
  apply(record: WireRecord): void {
    const id = String(record.key);
    const current = record.value ? decodeEndpointHealth(record) : undefined;
    const version = current?.version ?? Number(headerText(record.headers, 'ce_id')!.split(':').at(-1));
    if (version <= (this.records.get(id)?.version ?? 0)) return;
    if (current) this.records.set(id, current);
    else this.records.delete(id);
    this.listeners.forEach((tell) => tell(id, current));
  }
}

class Directory extends WebhookDirectory {
  readonly webhooks = new Map<string, Webhook>();
  override find(id: string): Webhook | undefined {
    return this.webhooks.get(id);
  }
  override findSoon(id: string): Promise<Webhook | undefined> {
    return Promise.resolve(this.find(id));
  }
}

const sealer = new Sealer(parseMasterKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`));

/** Instances of the service beside each other on one topic, which each of them reads at once. */
export class HealthStage {
  readonly clock = new HandClock();
  readonly published = new InMemoryPublisher();
  readonly topic = new TopicInMemory();
  readonly directory = new Directory();
  /** Every record of the topic but tombstones. */
  readonly told: EndpointHealthV1[] = [];
  readonly closed: string[] = [];
  readonly webhook: WebhookStateV1;
  context = ownership();
  service: EndpointHealthService;
  private readonly rules: HealthRules;

  constructor(
    rules: Partial<HealthRules> = {},
    private readonly random: () => number = () => 0,
  ) {
    this.rules = { ...DEFAULT_HEALTH_RULES, ...rules };
    this.webhook = this.aWebhook();
    const publish = this.published.publish.bind(this.published);
    this.published.publish = (topic, record) => {
      const written = publish(topic, record);
      if (record.value) this.told.push(decodeEndpointHealth(record));
      this.topic.apply(record);
      return written;
    };
    this.service = this.start();
  }

  aWebhook(changes: Partial<WebhookStateV1> = {}): WebhookStateV1 {
    const state = aWebhook({ id: newId('wh'), ...changes });
    this.directory.webhooks.set(state.id, new Webhook(state, sealer));
    return state;
  }

  /** Another instance, which knows nothing but the topic. */
  start(): EndpointHealthService {
    const publisher = new EndpointHealthPublisher(this.published, 'health');
    const service = new EndpointHealthService(this.topic, publisher, this.directory, this.clock, this.rules, this.random);
    service.onClosed((id) => this.closed.push(id));
    return service;
  }

  /** The partition moves to another instance. */
  move(): void {
    this.context.end();
    this.context = ownership();
    this.service = this.start();
  }

  pass(ms: number): this {
    this.clock.time += ms;
    return this;
  }

  admit(webhook = this.webhook): Admission {
    return this.service.admit(webhook, this.context);
  }

  permit(webhook = this.webhook): Permit {
    const admission = this.admit(webhook);
    if (admission.kind === 'hold') throw new Error(`held until ${new Date(admission.until).toISOString()}`);
    return admission.permit;
  }

  /** One attempt after another. */
  attempt(...results: AttemptHealth[]): this {
    for (const result of results) this.permit().settle(result);
    return this;
  }

  /** Fails until the circuit opens. */
  open(): this {
    return this.attempt(...Array.from({ length: 5 }, () => failed()));
  }

  get circuit(): string {
    return this.service.circuitOf(this.webhook.id);
  }

  get last(): EndpointHealthV1 {
    return this.told.at(-1)!;
  }
}
