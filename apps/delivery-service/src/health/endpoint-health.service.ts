import { Logger } from '@nestjs/common';
import type { Circuit, EndpointHealthV1, WebhookStateV1 } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { BatchContext } from '#libs/messaging';
import type { WebhookDirectory } from '../webhooks/index.js';
import { UNKNOWN_ERA, type Trial } from './circuit-facts.js';
import { EndpointHealth, type Admission, type AttemptHealth } from './endpoint-health.js';
import { nextVersion, type EndpointHealthPublisher } from './endpoint-health.publisher.js';
import { Endpoint } from './endpoint.js';
import type { HealthRules } from './health-rules.js';
import { circuitOpened, circuitsCountedBy, probeEnded } from './health.metrics.js';
import { enabledSince, isWell, type KnownHealth } from './known-health.js';
import { AttemptPermit } from './permit.js';
import { TrackedEndpoints, type TrackedEndpoint } from './tracked-endpoints.js';
import { whatItSays } from './what-it-says.js';
import { recordOf, worthTelling } from './worth-telling.js';

type WebhookIds = TrackedEndpoint['webhook'];

/** While the topic is not read yet, any circuit may be open. */
const NOT_READY_HOLD_MS = 1000;
/** A record of a webhook that is not known may be of one that was created just now. */
const STALE_MS = 60_000;

/**
 * The endpoints of which a failure is known, from the first failure until all is well and quiet again; of the others
 * nothing is kept, and they cost a look-up. The topic of endpoint health is the memory: an endpoint that is not here is
 * made again from its last record, be it after a restart, after its partition moved, or because too many were kept.
 * What is in memory holds for one ownership of a partition (`BatchContext`) and is forgotten with it.
 */
export class EndpointHealthService extends EndpointHealth {
  private readonly logger = new Logger('endpoint-health');
  private readonly tracked: TrackedEndpoints;
  private readonly ownerships = new WeakSet<BatchContext>();
  private readonly closedListeners: ((webhookId: string) => void)[] = [];

  constructor(
    private readonly known: KnownHealth,
    private readonly publisher: EndpointHealthPublisher,
    private readonly webhooks: WebhookDirectory,
    private readonly clock: Clock,
    private readonly rules: HealthRules,
    private readonly random: () => number = Math.random,
  ) {
    super();
    this.tracked = new TrackedEndpoints(rules.maxTracked);
    known.onChange((webhookId, current) => this.told(webhookId, current));
    known.onLoaded(() => this.forgetDeleted());
    circuitsCountedBy(() => this.inMemory);
  }

  /** How many endpoints are kept, by the state of their circuit. */
  get inMemory(): Record<Circuit, number> {
    return this.tracked.count();
  }

  override admit(webhook: WebhookIds, context: BatchContext): Admission {
    const now = this.clock.now();
    if (!this.known.ready) return { kind: 'hold', until: now + NOT_READY_HOLD_MS };
    const tracked = this.find(webhook, context, now);
    if (!tracked) return this.go(webhook, context, UNKNOWN_ERA);
    const leave = tracked.endpoint.admit(now);
    this.tracked.use(tracked);
    if ('until' in leave) return { kind: 'hold', until: leave.until };
    if (leave.probe) this.tell(tracked, now);
    return this.go(webhook, context, leave);
  }

  override circuitOf(webhookId: string): Circuit {
    return this.tracked.get(webhookId)?.endpoint.state ?? this.known.find(webhookId)?.circuit ?? 'closed';
  }

  override probe(webhookId: string): void {
    this.command(webhookId, (endpoint, now) => endpoint.probeNow(now));
  }

  override reset(webhookId: string): void {
    this.command(webhookId, (endpoint, now) => endpoint.reset(now));
  }

  override onClosed(listener: (webhookId: string) => void): void {
    this.closedListeners.push(listener);
  }

  /**
   * A webhook that is enabled again, or calls another URL, begins anew. Only where its endpoint is in memory: elsewhere
   * somebody else owns it, or the command `reset` finds it.
   */
  webhookChanged(id: string, current: WebhookStateV1 | undefined, previous: WebhookStateV1 | undefined): void {
    if (!current) return this.webhookDeleted(id);
    if (!previous || current.status === 'disabled') return;
    if ((previous.status === 'disabled' || previous.url !== current.url) && this.tracked.get(id)) this.reset(id);
  }

  private go(webhook: WebhookIds, context: BatchContext, trial: Trial): Admission {
    const permit = new AttemptPermit(trial.probe, (result) => this.over(webhook, context, trial, result));
    return { kind: 'go', permit };
  }

  /** @param result undefined: the attempt was abandoned */
  private over(webhook: WebhookIds, context: BatchContext, trial: Trial, result: AttemptHealth | undefined): void {
    const now = this.clock.now();
    const tracked = this.find(webhook, context, now) ?? this.begin(webhook, context, result, now);
    // Whoever has the partition now knows better.
    if (!tracked || context.lost()) return;
    this.change(tracked, now, (endpoint) => (result ? endpoint.settle(trial, result, now) : endpoint.abandon(trial, now)));
    if (trial.probe) probeEnded(result ? whatItSays(result) : 'abandoned');
    if (tracked.endpoint.quiet(now)) this.tracked.drop(webhook.id);
  }

  /** The endpoint as this ownership knows it, or as the topic tells; undefined when all is well. */
  private find(webhook: WebhookIds, context: BatchContext, now: number): TrackedEndpoint | undefined {
    const tracked = this.tracked.get(webhook.id);
    if (tracked) {
      tracked.context ??= this.watched(context);
      if (tracked.context === context) return tracked;
      this.tracked.drop(webhook.id);
    }
    const record = this.known.find(webhook.id);
    return record && !isWell(record) ? this.track(webhook, this.watched(context), record, now) : undefined;
  }

  /** At the first failure. What becomes of a deleted webhook's endpoint interests nobody. */
  private begin(webhook: WebhookIds, context: BatchContext, result: AttemptHealth | undefined, now: number): TrackedEndpoint | undefined {
    if (result?.kind !== 'failed' || !this.webhooks.find(webhook.id)) return undefined;
    this.tracked.sweep(now);
    return this.track(webhook, this.watched(context), undefined, now);
  }

  private track(
    webhook: WebhookIds,
    context: BatchContext | undefined,
    record: EndpointHealthV1 | undefined,
    now: number,
  ): TrackedEndpoint {
    const endpoint = new Endpoint(this.rules, this.random, now, record);
    const tracked: TrackedEndpoint = { webhook, endpoint, context, told: record ?? this.known.find(webhook.id) };
    this.tracked.use(tracked);
    if (record && enabledSince(record, this.webhooks.find(webhook.id)?.state)) this.change(tracked, now, () => endpoint.reset(now));
    return tracked;
  }

  private command(webhookId: string, act: (endpoint: Endpoint, now: number) => void): void {
    const now = this.clock.now();
    const record = this.known.find(webhookId);
    const known = record && !isWell(record) ? record : undefined;
    const tracked =
      this.tracked.get(webhookId) ?? (known && this.track({ id: webhookId, accountId: known.accountId }, undefined, known, now));
    if (tracked) this.change(tracked, now, (endpoint) => act(endpoint, now));
  }

  private change(tracked: TrackedEndpoint, now: number, act: (endpoint: Endpoint) => void): void {
    const { endpoint, webhook } = tracked;
    const before = { ...endpoint.facts(), slow: endpoint.slowlyStarting };
    act(endpoint);
    const after = endpoint.facts();
    this.tracked.use(tracked);
    this.tell(tracked, now);
    if (after.openings > before.openings) circuitOpened();
    if (before.circuit !== after.circuit)
      this.logger.log({ msg: 'circuit.changed', webhookId: webhook.id, accountId: webhook.accountId, ...after });
    const released = before.circuit !== 'closed' || (before.slow && !endpoint.slowlyStarting);
    // What was on its way to the due table when the circuit closed is released at the end of the slow start.
    if (after.circuit === 'closed' && released) for (const listener of this.closedListeners) listener(webhook.id);
  }

  private tell(tracked: TrackedEndpoint, now: number): void {
    const { webhook, endpoint, told } = tracked;
    const facts = endpoint.facts();
    if (!worthTelling(facts, told, now)) return;
    const last = Math.max(told?.version ?? 0, this.known.find(webhook.id)?.version ?? 0);
    tracked.told = recordOf(webhook, facts, nextVersion(last, now), now);
    this.publisher.tell(tracked.told);
  }

  /** A record that is newer than one's own comes from the owner before, which was a little behind: go on from there. */
  private told(webhookId: string, current: EndpointHealthV1 | undefined): void {
    const tracked = this.tracked.get(webhookId);
    if (!tracked) return;
    if (!current) return this.tracked.drop(webhookId);
    if (current.version <= (tracked.told?.version ?? 0)) return;
    this.tracked.drop(webhookId);
    if (!isWell(current)) this.track(tracked.webhook, tracked.context, current, this.clock.now());
  }

  private webhookDeleted(id: string): void {
    this.tracked.drop(id);
    const record = this.known.find(id);
    // Every instance may write this tombstone: deleted is for ever.
    if (record) this.publisher.forget(record, this.clock.now());
  }

  private forgetDeleted(): void {
    const now = this.clock.now();
    for (const record of this.known.values())
      if (now - Date.parse(record.changedAt) > STALE_MS && !this.webhooks.find(record.webhookId)) this.publisher.forget(record, now);
  }

  private watched(context: BatchContext): BatchContext {
    if (!this.ownerships.has(context)) {
      this.ownerships.add(context);
      context.signal.addEventListener('abort', () => this.tracked.dropAll(context), { once: true });
    }
    return context;
  }
}
