import { GrpcMethod, Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController, wordOf } from '../grpc/index.js';
import { DELIVERY_STATES } from '../history-schema/index.js';
import { timeQuery } from './attempt-filter.message.js';
import { DeliveryService } from './delivery.service.js';
import { EventService } from './event.service.js';
import { eventDetailView } from './event.view.js';
import { deliveryDetailMessage, deliveryMessage, eventDetailMessage, eventMessage, tracedWebhookMessage } from './history.message.js';
import { ListDeliveriesDto } from './list-deliveries.dto.js';
import { EventSourceDto, ListEventsDto } from './list-events.dto.js';
import { OverviewService } from './overview.service.js';
import { overviewMessage, statsMessage } from './stat.message.js';
import { StatService } from './stat.service.js';
import { StatsDto } from './stats.dto.js';
import { TraceService } from './trace.service.js';

const SERVICE = 'DeliveryService';

type Rpcs = 'listDeliveries' | 'getDelivery' | 'listEvents' | 'getEvent' | 'traceEvent' | 'getStats' | 'getOverview';

@RpcController()
@RequiresScope('deliveries:read')
export class HistoryGrpcController implements Pick<rpc.DeliveryServiceController, Rpcs> {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly events: EventService,
    private readonly traces: TraceService,
    private readonly stats: StatService,
    private readonly overviews: OverviewService,
  ) {}

  @GrpcMethod(SERVICE, 'ListDeliveries')
  async listDeliveries(@Payload() request: rpc.ListDeliveriesRequest, @Caller() caller: Principal): Promise<rpc.ListDeliveriesResponse> {
    const words = { state: wordOf('DELIVERY_STATE_', DELIVERY_STATES, request.state), ...times(request) };
    const { data, nextCursor } = await this.deliveries.list(caller, await checked(ListDeliveriesDto, { ...request, ...words }));
    return { deliveries: data.map(deliveryMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod(SERVICE, 'GetDelivery')
  async getDelivery(@Payload() request: rpc.GetDeliveryRequest, @Caller() caller: Principal): Promise<rpc.GetDeliveryResponse> {
    return { delivery: deliveryDetailMessage(await this.deliveries.get(caller, request.id ?? '')) };
  }

  @GrpcMethod(SERVICE, 'ListEvents')
  async listEvents(@Payload() request: rpc.ListEventsRequest, @Caller() caller: Principal): Promise<rpc.ListEventsResponse> {
    // In protobuf, false is what nobody asked for.
    const query = { ...request, unmatched: request.unmatched || undefined, ...times(request) };
    const { data, nextCursor } = await this.events.list(caller, await checked(ListEventsDto, query));
    return { events: data.map(eventMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod(SERVICE, 'GetEvent')
  async getEvent(@Payload() { id, source }: rpc.GetEventRequest, @Caller() caller: Principal): Promise<rpc.GetEventResponse> {
    const found = await this.events.find(caller, id ?? '', (await checked(EventSourceDto, { source })).source);
    return { event: eventDetailMessage(eventDetailView(found), found.data) };
  }

  @GrpcMethod(SERVICE, 'TraceEvent')
  async traceEvent(@Payload() { id, source }: rpc.TraceEventRequest, @Caller() caller: Principal): Promise<rpc.TraceEventResponse> {
    const trace = await this.traces.trace(caller, id ?? '', (await checked(EventSourceDto, { source })).source);
    return { event: eventMessage(trace.event), webhooks: trace.webhooks.map(tracedWebhookMessage), truncated: trace.truncated };
  }

  @GrpcMethod(SERVICE, 'GetStats')
  async getStats(@Payload() request: rpc.GetStatsRequest, @Caller() caller: Principal): Promise<rpc.GetStatsResponse> {
    return statsMessage(await this.stats.over(caller, await checked(StatsDto, { ...request, ...times(request) })));
  }

  @GrpcMethod(SERVICE, 'GetOverview')
  async getOverview(@Payload() _: rpc.GetOverviewRequest, @Caller() caller: Principal): Promise<rpc.GetOverviewResponse> {
    return overviewMessage(await this.overviews.now(caller));
  }
}

function times({ from, to }: Pick<rpc.ListEventsRequest, 'from' | 'to'>): { from: string | undefined; to: string | undefined } {
  return { from: timeQuery(from), to: timeQuery(to) };
}
