import { Injectable } from '@nestjs/common';
import { parseRfc3339 } from '#libs/contracts';
import { checkFilter, compileFilter, filterFault, FilterInput } from '#libs/filters';
import { Clock } from '#libs/kernel';
import { validationFailed } from '#libs/runtime';
import type { Principal } from '../auth/index.js';
import type { FilterTestRequest } from './filter-test.js';

/** Tries a filter on an event as the router would. */
@Injectable()
export class FilterTester {
  constructor(private readonly clock: Clock) {}

  /** @throws AppError `VALIDATION_FAILED` of `filter`, when it is none or when it fails for this event, with the reason */
  test(caller: Pick<Principal, 'accountId'>, { filter, event }: FilterTestRequest): { matches: boolean } {
    const check = checkFilter(filter);
    if (!check.ok) throw validationFailed([filterFault('filter', check)]);
    const { type, accountId = caller.accountId, channelId, time, context, data } = event;
    const at = (time === undefined ? undefined : parseRfc3339(time)) ?? this.clock.now();
    const input = new FilterInput({ type, accountId, channelId, time: at, context: context === 'null' ? undefined : context, data });
    const result = compileFilter(filter).matches(input);
    if (result.failed !== undefined) throw validationFailed([{ field: 'filter', rule: 'filter-failed', message: result.failed }]);
    return { matches: result.matched };
  }
}
