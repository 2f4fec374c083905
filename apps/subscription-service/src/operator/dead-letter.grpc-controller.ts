import { GrpcMethod, Payload } from '@nestjs/microservices';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { checked, RpcController } from '../grpc/index.js';
import { deadLetterQuery, ListDeadLettersDto, RepublishDto } from './dead-letter.dto.js';
import { deadLetterDetailMessage, deadLetterFilter, deadLetterMessage } from './dead-letter.message.js';
import { DeadLetterService } from './dead-letter.service.js';

type Rpcs = 'listDeadLetters' | 'getDeadLetter' | 'republishDeadLetter';

@RpcController()
@RequiresScope('admin')
export class DeadLetterGrpcController implements Pick<rpc.OperationServiceController, Rpcs> {
  constructor(private readonly letters: DeadLetterService) {}

  @GrpcMethod('OperationService')
  async listDeadLetters(@Payload() request: rpc.ListDeadLettersRequest): Promise<rpc.ListDeadLettersResponse> {
    const query = await checked(ListDeadLettersDto, deadLetterFilter(request));
    const { data, nextCursor } = await this.letters.list(deadLetterQuery(query));
    return { deadLetters: data.map(deadLetterMessage), nextCursor: nextCursor ?? undefined };
  }

  @GrpcMethod('OperationService')
  async getDeadLetter(@Payload() { id }: rpc.GetDeadLetterRequest): Promise<rpc.GetDeadLetterResponse> {
    return { deadLetter: deadLetterDetailMessage(await this.letters.get(id ?? '')) };
  }

  @GrpcMethod('OperationService')
  async republishDeadLetter(
    @Payload() { id, ...body }: rpc.RepublishDeadLetterRequest,
    @Caller() caller: Principal,
  ): Promise<rpc.RepublishDeadLetterResponse> {
    const { again = false } = await checked(RepublishDto, body);
    return { deadLetter: deadLetterDetailMessage(await this.letters.republish(caller, id ?? '', again)) };
  }
}
