import { GrpcMethod, Payload } from '@nestjs/microservices';
import { CIRCUITS } from '#libs/contracts';
import { RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController, timestampOf, wordOf } from '../grpc/index.js';
import { circuitView } from './circuit.view.js';
import { MAIL_STATUSES } from './notification.store.js';
import { ListCircuitsDto, ListNotificationsDto } from './operation.dto.js';
import { circuitMessage, groupMessage, notificationMessage } from './operation.message.js';
import { OperationService } from './operation.service.js';

type Rpcs = 'getLag' | 'listCircuits' | 'listNotifications';

@RpcController()
@RequiresScope('admin')
export class OperationGrpcController implements Pick<rpc.OperationServiceController, Rpcs> {
  constructor(private readonly operations: OperationService) {}

  @GrpcMethod('OperationService')
  async getLag(): Promise<rpc.GetLagResponse> {
    const { measuredAt, groups } = await this.operations.lag();
    return { measuredAt: timestampOf(measuredAt), groups: groups.map(groupMessage) };
  }

  @GrpcMethod('OperationService')
  async listCircuits(@Payload() { circuit, ...same }: Partial<rpc.ListCircuitsRequest>): Promise<rpc.ListCircuitsResponse> {
    const query = await checked(ListCircuitsDto, { ...same, circuit: wordOf('CIRCUIT_STATE_', CIRCUITS, circuit) });
    const { counts, data, nextCursor } = await this.operations.listCircuits(query);
    return {
      counts: { closed: counts.closed, open: counts.open, halfOpen: counts['half-open'] },
      circuits: data.map((row) => circuitMessage(circuitView(row))),
      nextCursor: nextCursor ?? undefined,
    };
  }

  @GrpcMethod('OperationService')
  async listNotifications(@Payload() { status, ...same }: Partial<rpc.ListNotificationsRequest>): Promise<rpc.ListNotificationsResponse> {
    const query = await checked(ListNotificationsDto, { ...same, status: wordOf('MAIL_STATUS_', MAIL_STATUSES, status) });
    const { data, nextCursor } = await this.operations.listNotifications(query);
    return { notifications: data.map(notificationMessage), nextCursor: nextCursor ?? undefined };
  }
}
