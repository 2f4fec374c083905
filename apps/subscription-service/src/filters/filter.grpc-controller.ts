import { GrpcMethod, Payload } from '@nestjs/microservices';
import { AnyKey, Caller, type Principal } from '../auth/index.js';
import * as rpc from '../grpc/index.js';
import { RpcController, timeOf } from '../grpc/index.js';
import { filterTestOf, type GivenFilterTest } from './filter-test.js';
import { FilterTester } from './filter-tester.js';

@RpcController()
@AnyKey()
export class FilterGrpcController implements Pick<rpc.CatalogServiceController, 'testFilter'> {
  constructor(private readonly tester: FilterTester) {}

  @GrpcMethod('CatalogService')
  testFilter(@Payload() { filter, event }: rpc.TestFilterRequest, @Caller() caller: Principal): rpc.TestFilterResponse {
    return this.tester.test(caller, filterTestOf({ filter, event: event && givenEvent(event) }));
  }
}

function givenEvent({ time, context, data, ...texts }: rpc.FilterTestEvent): GivenFilterTest['event'] {
  return { ...texts, time: time && timeOf(time), context: context && Buffer.from(context), data: data && Buffer.from(data) };
}
