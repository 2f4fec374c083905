import { defined, searchChoice, searchText } from '../filters/search-text';
import { ATTEMPT_VIEWS, type AttemptView } from './attempt-views';

/** What the address of a delivery says beside its id. */
export interface DeliverySearch {
  readonly attempt?: string | undefined;
  readonly view?: AttemptView | undefined;
}

export function deliverySearch(given: Readonly<Record<string, unknown>>): DeliverySearch {
  return defined({ attempt: searchText(given.attempt), view: searchChoice(given.view, ATTEMPT_VIEWS) });
}
