import type { Cases } from './scene.int-fixture.js';

export const EXPUNGE_CASES: Cases = {
  'things are taken out of the history': async ({ ask, account: id }) => {
    for (const body of [{ eventId: 'evt_none' }, { webhookId: 'wh_none' }, { everything: true }]) await ask('expunge', { id, body });
    for (const body of [{}, { eventId: '' }, { eventId: 'a', webhookId: 'b' }, { everything: false }]) await ask('expunge', { id, body });
  },
};
