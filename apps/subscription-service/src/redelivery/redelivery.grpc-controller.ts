import { GrpcMethod, Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, enumOf, RpcController, timeOf, wordOf } from '../grpc/index.js';
import { RedeliveryJobs } from './redelivery-jobs.service.js';
import { listPage } from './redelivery.controller.js';
import { ListRedeliveriesDto, RedeliverDeliveryDto, RedeliverEventDto, RedeliverWebhookDto } from './redelivery.dto.js';
import { redeliveryMessage } from './redelivery.message.js';
import { RedeliveryService } from './redelivery.service.js';
import { EVENT_TARGETS, REDELIVERY_STATUSES, SELECTABLE } from './redelivery.js';
import { dryRunView, redeliveryView } from './redelivery.view.js';

const SERVICE = 'DeliveryService';
const SEND = 'deliveries:redeliver';
const NONE_YET = { succeeded: 0, failed: 0 };

type Rpcs =
  | 'redeliverDelivery'
  | 'cancelDelivery'
  | 'redeliverWebhook'
  | 'redeliverEvent'
  | 'listRedeliveries'
  | 'getRedelivery'
  | 'cancelRedelivery'
  | 'probeWebhook'
  | 'resetCircuit';

@RpcController()
export class RedeliveryGrpcController implements Pick<rpc.DeliveryServiceController, Rpcs> {
  constructor(
    private readonly redelivery: RedeliveryService,
    private readonly jobs: RedeliveryJobs,
  ) {}

  @GrpcMethod(SERVICE, 'RedeliverDelivery')
  @RequiresScope(SEND)
  async redeliverDelivery(
    @Payload() { id = '', ...asked }: rpc.RedeliverDeliveryRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.RedeliverDeliveryResponse> {
    const { webhookId } = await checked(RedeliverDeliveryDto, asked);
    const { kind, ...sent } = await this.redelivery.redeliver(caller, id, webhookId);
    return { ...sent, kind: enumOf('RESEND_KIND_', kind) };
  }

  @GrpcMethod(SERVICE, 'CancelDelivery')
  @RequiresScope(SEND)
  async cancelDelivery(
    @Payload() { id = '' }: rpc.CancelDeliveryRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.CancelDeliveryResponse> {
    return this.redelivery.cancel(caller, id);
  }

  @GrpcMethod(SERVICE, 'RedeliverWebhook')
  @RequiresScope(SEND)
  async redeliverWebhook(
    @Payload() { id = '', since, until, statuses, eventTypes, errorClass, trigger, ...same }: rpc.RedeliverWebhookRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.RedeliverWebhookResponse> {
    const { dryRun, ...asked } = await checked(RedeliverWebhookDto, {
      ...same,
      since: since && timeOf(since),
      until: until && timeOf(until),
      statuses: listed(statuses?.map((status) => wordOf('SELECTABLE_', SELECTABLE, status))),
      eventTypes: listed(eventTypes),
      errorClass: listed(errorClass),
      trigger: listed(trigger),
    });
    if (dryRun === true) return { redelivery: redeliveryMessage(dryRunView(await this.jobs.count(caller, id, asked))) };
    return { redelivery: redeliveryMessage(redeliveryView(await this.jobs.ofWebhook(caller, id, asked), NONE_YET)) };
  }

  @GrpcMethod(SERVICE, 'RedeliverEvent')
  @RequiresScope(SEND)
  async redeliverEvent(@Payload() request: rpc.RedeliverEventRequest, @Caller() caller: Principal): Promise<rpc.RedeliverEventResponse> {
    const { id = '', to, ...same } = request;
    const asked = await checked(RedeliverEventDto, { ...same, to: wordOf('EVENT_TARGET_', EVENT_TARGETS, to) });
    return { redelivery: redeliveryMessage(redeliveryView(await this.jobs.ofEvent(caller, id, asked), NONE_YET)) };
  }

  @GrpcMethod(SERVICE, 'ListRedeliveries')
  @RequiresScope('deliveries:read')
  async listRedeliveries(
    @Payload() { status, ...same }: rpc.ListRedeliveriesRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.ListRedeliveriesResponse> {
    const asked = await checked(ListRedeliveriesDto, { ...same, status: wordOf('REDELIVERY_STATUS_', REDELIVERY_STATUSES, status) });
    const { data, nextCursor } = await listPage(this.jobs, caller, asked);
    return { redeliveries: data.map(redeliveryMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod(SERVICE, 'GetRedelivery')
  @RequiresScope('deliveries:read')
  async getRedelivery(@Payload() { id = '' }: rpc.GetRedeliveryRequest, @Caller() caller: Principal): Promise<rpc.GetRedeliveryResponse> {
    const { redelivery, results } = await this.jobs.get(caller, id);
    return { redelivery: redeliveryMessage(redeliveryView(redelivery, results)) };
  }

  @GrpcMethod(SERVICE, 'CancelRedelivery')
  @RequiresScope(SEND)
  async cancelRedelivery(
    @Payload() { id = '' }: rpc.CancelRedeliveryRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.CancelRedeliveryResponse> {
    const { redelivery, results } = await this.jobs.cancel(caller, id);
    return { redelivery: redeliveryMessage(redeliveryView(redelivery, results)) };
  }

  @GrpcMethod(SERVICE, 'ProbeWebhook')
  @RequiresScope('webhooks:write')
  async probeWebhook(@Payload() { id = '' }: rpc.ProbeWebhookRequest, @Caller() caller: Principal): Promise<rpc.ProbeWebhookResponse> {
    await this.redelivery.probe(caller, id);
    return {};
  }

  @GrpcMethod(SERVICE, 'ResetCircuit')
  @RequiresScope('webhooks:write')
  async resetCircuit(@Payload() { id = '' }: rpc.ResetCircuitRequest, @Caller() caller: Principal): Promise<rpc.ResetCircuitResponse> {
    await this.redelivery.resetCircuit(caller, id);
    return {};
  }
}

/** No items are no choice: a message cannot tell an empty list from none. */
function listed<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  return items?.length ? items : undefined;
}
