import type { Circuit, DeliveryRequestedV1, DiscardReason, WaitCause } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { BatchContext } from '#libs/messaging';
import { EndpointHealth, type Permit } from '../health/index.js';
import { WebhookDirectory, type Webhook } from '../webhooks/index.js';
import { Cancellations } from './cancellations.js';
import { expiresAt } from './delivery.js';

/** What is to be done with a delivery now. */
export type Clearance =
  | { readonly kind: 'go'; readonly webhook: Webhook; readonly permit: Permit; readonly circuit: Circuit }
  | { readonly kind: 'wait'; readonly cause: Extract<WaitCause, 'disabled' | 'circuit-open'>; readonly dueAt: number }
  | { readonly kind: 'discard'; readonly reason: DiscardReason };

/** A circuit is tried by one delivery; the others that waited for it follow over this share of the time it was open. */
const JITTER = 0.2;

/** For tests: they tell a person about the endpoint, not the breaker, which neither holds them nor learns from them. */
const FREE_PERMIT: Permit = { probe: false, settle: () => undefined, abandon: () => undefined };

/**
 * Whether an attempt may be made as things stand: asked when a delivery arrives and again when it has waited for its lane,
 * so that a webhook that was disabled, deleted or changed meanwhile is taken as it is now.
 */
export class DeliveryGate {
  constructor(
    private readonly webhooks: WebhookDirectory,
    private readonly health: EndpointHealth,
    private readonly clock: Clock,
    /** Milliseconds from the request of a delivery to when it is given up. */
    private readonly maxAgeMs: number,
    private readonly cancellations: Cancellations,
  ) {}

  /** Resolves once the webhook is known, or need not be waited for. */
  async known(webhookId: string): Promise<void> {
    await this.webhooks.findSoon(webhookId);
  }

  isKnown(webhookId: string): boolean {
    return this.webhooks.find(webhookId) !== undefined;
  }

  clear(request: DeliveryRequestedV1, context: BatchContext): Clearance {
    const webhook = this.webhooks.find(request.webhookId);
    if (!webhook) return { kind: 'discard', reason: 'webhook_deleted' };
    if (this.cancellations.covers(request)) return { kind: 'discard', reason: 'cancelled' };
    const now = this.clock.now();
    const expires = expiresAt(request, this.maxAgeMs, now);
    if (now >= expires) return { kind: 'discard', reason: 'expired' };
    const circuit = this.health.circuitOf(webhook.id);
    // A person asked for this one request: also to see, before the webhook is enabled, whether all is well by now.
    if (request.trigger === 'test') return { kind: 'go', webhook, permit: FREE_PERMIT, circuit };
    if (webhook.state.status === 'disabled') return { kind: 'wait', cause: 'disabled', dueAt: expires };
    const admission = this.health.admit(webhook.state, context);
    if (admission.kind === 'hold') {
      const inMs = Math.max(0, admission.until - now) * (1 + JITTER * Math.random());
      return { kind: 'wait', cause: 'circuit-open', dueAt: Math.min(Math.round(now + inMs), expires) };
    }
    return { kind: 'go', webhook, permit: admission.permit, circuit: admission.permit.probe ? 'half-open' : circuit };
  }
}
