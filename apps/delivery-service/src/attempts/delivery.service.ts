import type { DeliveryRequestedV1, WaitCause } from '#libs/contracts';
import { Clock } from '#libs/kernel';
import { DONE, retryLater, skip, type BatchContext, type RecordOutcome } from '#libs/messaging';
import { WebhookLanes, type LaneRequest, type Pass } from '../lanes/index.js';
import type { Webhook } from '../webhooks/index.js';
import { attemptHealth } from './attempt-health.js';
import { AttemptService } from './attempt.service.js';
import { DeliveryGate, type Clearance } from './delivery-gate.js';
import { RecentDeliveries } from './recent-deliveries.js';
import { RetryScheduler } from './retry-scheduler.js';

type Go = Extract<Clearance, { kind: 'go' }>;

const FENCED = skip('fenced');
/** Far enough away that a process that ends does not begin it again. */
const NEVER_HERE_MS = 600_000;

/** One requested attempt of a delivery, from its record to an attempt, an outcome or a place in the due table. */
export class DeliveryService {
  constructor(
    private readonly recent: RecentDeliveries,
    private readonly gate: DeliveryGate,
    private readonly lanes: WebhookLanes,
    private readonly attempts: AttemptService,
    private readonly retries: RetryScheduler,
    private readonly clock: Clock,
  ) {}

  /** @param writtenAt when the record was written, in milliseconds since the epoch */
  deliver(request: DeliveryRequestedV1, writtenAt: number, context: BatchContext): Promise<RecordOutcome> {
    return this.recent.once(request, writtenAt, context, (earlier) =>
      earlier ? this.attempts.concludeEarlier(request, earlier, context).then(() => DONE) : this.run(request, context),
    );
  }

  private async run(request: DeliveryRequestedV1, context: BatchContext): Promise<RecordOutcome> {
    // Whatever has become of the webhook: nothing is left to be asked of it.
    if (request.refused && !context.lost()) return this.turnAway(request, { kind: 'discard', reason: request.refused.code }, context);
    if (!this.gate.isKnown(request.webhookId)) await this.gate.known(request.webhookId);
    for (let pass: Pass | undefined; ;) {
      // The last look before an effect: another member may own the partition by now, and make this very attempt.
      if (context.lost()) {
        pass?.leave(false);
        return FENCED;
      }
      const clearance = this.gate.clear(request, context);
      if (clearance.kind !== 'go') {
        pass?.leave(false);
        return this.turnAway(request, clearance, context);
      }
      if (pass) return this.attempt(request, clearance, pass, context);
      const entry = this.lanes.enter(laneOf(request, clearance.webhook, context));
      if (!(entry instanceof Promise) && entry.kind === 'entered') return this.attempt(request, clearance, entry, context);
      // Leave that was given now may be old by the time there is room.
      clearance.permit.abandon();
      const settled = await entry;
      if (settled.kind === 'entered') pass = settled;
      else if (settled.kind === 'away') return this.putOff(request, settled.cause, settled.dueAt, context);
      else if (settled.kind === 'draining') return retryLater(0);
      else if (settled.kind === 'closing') return retryLater(this.clock.now() + NEVER_HERE_MS);
    }
  }

  private async attempt(request: DeliveryRequestedV1, { webhook, circuit, permit }: Go, pass: Pass, context: BatchContext) {
    let trial;
    try {
      trial = await this.attempts.try(request, { webhook, circuit, probe: permit.probe });
    } catch (error) {
      permit.abandon();
      pass.leave(false);
      throw error;
    }
    // The lane is held for the request alone; what it led to is told while the next one is under way.
    pass.leave(true);
    if (context.lost()) {
      permit.abandon();
      return FENCED;
    }
    if (trial.result) permit.settle(attemptHealth(trial.verdict, this.clock.now()));
    else permit.abandon();
    await this.attempts.conclude(request, trial, context);
    return DONE;
  }

  private async turnAway(request: DeliveryRequestedV1, clearance: Exclude<Clearance, Go>, context: BatchContext): Promise<RecordOutcome> {
    if (clearance.kind === 'wait') return this.putOff(request, clearance.cause, clearance.dueAt, context);
    await this.attempts.discard(request, clearance.reason, context);
    return DONE;
  }

  private async putOff(request: DeliveryRequestedV1, cause: WaitCause, dueAt: number, context: BatchContext): Promise<RecordOutcome> {
    if (context.lost()) return FENCED;
    await this.retries.putOff(request, cause, dueAt, context);
    return DONE;
  }
}

function laneOf({ event, wait, trigger }: DeliveryRequestedV1, { state }: Webhook, { draining }: BatchContext): LaneRequest {
  return {
    webhookId: state.id,
    accountId: state.accountId,
    maxInFlight: state.maxInFlight,
    perSecond: state.rateLimit?.perSecond ?? null,
    timeoutMs: state.timeoutMs,
    bytes: event.data.length,
    wait,
    behind: trigger === 'redelivery',
    draining,
  };
}
