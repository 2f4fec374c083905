import { GrpcMethod, Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../../auth/index.js';
import { checked, type DeliveryServiceController, type ExpungeRequest, type ExpungeResponse, RpcController } from '../../grpc/index.js';
import { ExpungeDto, subjectOf } from './expunge.dto.js';
import { ExpungeService } from './expunge.service.js';

@RpcController()
@RequiresScope('admin')
export class ExpungeGrpcController implements Pick<DeliveryServiceController, 'expunge'> {
  constructor(private readonly expunges: ExpungeService) {}

  @GrpcMethod('DeliveryService', 'Expunge')
  async expunge(@Payload() { accountId = '', ...subject }: ExpungeRequest, @Caller() caller: Principal): Promise<ExpungeResponse> {
    return this.expunges.expunge(caller, subjectOf(accountId, await checked(ExpungeDto, subject)));
  }
}
