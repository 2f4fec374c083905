import { GrpcMethod, Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { type DeliveryServiceController, RpcController, type SendTestRequest, type SendTestResponse } from '../grpc/index.js';
import { checkedTestSend } from './test-send-body.js';
import { TestSendService } from './test-send.service.js';

@RpcController()
export class TestSendGrpcController implements Pick<DeliveryServiceController, 'sendTest'> {
  constructor(private readonly tests: TestSendService) {}

  @GrpcMethod('DeliveryService', 'SendTest')
  @RequiresScope('webhooks:write')
  async sendTest(@Payload() { webhookId = '', eventType, data }: SendTestRequest, @Caller() caller: Principal): Promise<SendTestResponse> {
    return this.tests.send(caller, webhookId, checkedTestSend({ eventType, data: data && Buffer.from(data) }));
  }
}
