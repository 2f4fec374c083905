import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '#libs/kernel';
import { InMemoryPublisher } from '#libs/messaging';
import { EventService } from './event.service.js';

const CALLER = { accountId: 'default', actor: 'admin' };
const REQUEST = { type: 'order_created', id: 'e1', time: undefined, channelId: undefined, context: undefined, data: Buffer.from('{}') };

function aService(publisher = new InMemoryPublisher()) {
  const service = new EventService({ topicOf: (type) => (type === 'order_created' ? 'orders' : undefined) }, publisher, new SystemClock());
  return { service, publisher };
}

describe('publishing an event', () => {
  it('says when to come back while Kafka is away', async () => {
    const { service, publisher } = aService();
    publisher.unavailable();
    await expect(service.publish(CALLER, REQUEST)).rejects.toMatchObject({
      code: 'EVENT_NOT_ACCEPTED',
      kind: 'unavailable',
      retryAfterSeconds: 2,
    });
  });

  it('calls an event too large when Kafka does', async () => {
    const { service } = aService(new InMemoryPublisher(1));
    await expect(service.publish(CALLER, REQUEST)).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
  });

  it("names the source by account, so that accounts cannot repeat each other's events", async () => {
    const { service, publisher } = aService();
    await service.publish(CALLER, REQUEST);
    await service.publish({ ...CALLER, accountId: 'other' }, REQUEST);
    expect(publisher.on('orders').map(({ headers }) => headers['ce_source'])).toEqual([
      '/accounts/default/events',
      '/accounts/other/events',
    ]);
  });

  it('refuses a type that does not travel', async () => {
    const { service } = aService();
    const fields = [{ field: 'type', rule: 'unknown-event-type' }];
    await expect(service.publish(CALLER, { ...REQUEST, type: 'nope' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', fields });
  });
});
