import { AppError } from '#libs/kernel';
import type { Principal } from '../auth/index.js';
import { decodeKeyCursor, type Page, pageOf } from '../http/index.js';
import '../redelivery/index.js';
import type { EventStore, FullEvent } from './event.store.js';
import { type EventDetailView, eventDetailView, eventView, type EventView } from './event.view.js';
import type { ListEventsDto } from './list-events.dto.js';
import { msOf } from './time.dto.js';

const KEY = /^ev_[0-9a-hjkmnp-tv-z]{10}[0-9a-f]{32}$/;

/** What an event is called by its publisher; nothing else can be found. */
const EVENT_ID = /^\P{Cc}{1,256}$/u;

/** Events and what became of them, the same for every protocol. */
export class EventService {
  constructor(private readonly store: EventStore) {}

  /** Newest first. @throws AppError `VALIDATION_FAILED` of the cursor */
  async list({ accountId }: Principal, { cursor, limit, from, to, ...same }: ListEventsDto): Promise<Page<EventView>> {
    const before = decodeKeyCursor(cursor, (key) => KEY.test(key));
    const rows = await this.store.list(accountId, { ...same, from: msOf(from), to: msOf(to), before, limit: limit + 1 });
    const { data, nextCursor } = pageOf(rows, limit, ({ key }) => key);
    return { data: data.map(eventView), nextCursor };
  }

  /** The newest event with this id. @throws AppError `EVENT_NOT_FOUND` */
  async get(principal: Principal, id: string, source: string | undefined): Promise<EventDetailView> {
    return eventDetailView(await this.find(principal, id, source));
  }

  /** @throws AppError `EVENT_NOT_FOUND` */
  async find({ accountId }: Principal, id: string, source: string | undefined): Promise<FullEvent> {
    const found = EVENT_ID.test(id) && id.isWellFormed() ? await this.store.find(accountId, id, source) : undefined;
    if (!found) throw new AppError('EVENT_NOT_FOUND', 'there is no event with this id');
    return found;
  }
}
