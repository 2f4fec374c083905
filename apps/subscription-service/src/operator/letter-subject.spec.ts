import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeDeliveryRequested } from '#libs/contracts';
import { aDeliveryRequest } from '#libs/testing';
import { subjectOfLetter } from './letter-subject.js';

const letter = (value: string | null, headers: Record<string, string> = {}) => ({
  value: value === null ? null : Buffer.from(value),
  headers: Object.entries(headers).map(([name, text]) => ({ name, value: Buffer.from(text) })),
});

describe('of whom a dead letter tells', () => {
  it('is in the attributes of a binary event, though its data cannot be read', () => {
    const told = subjectOfLetter(letter('{', { ce_specversion: '1.0', ce_id: 'e-1', ce_accountid: 'acme' }));
    expect(told).toEqual({ accountId: 'acme', webhookId: null, eventId: 'e-1' });
    expect(subjectOfLetter(letter('{', { ce_specversion: '1.0', ce_id: 'e-1' })).accountId).toBe('default');
  });

  it('is in the members of a structured or plain event that is JSON', () => {
    expect(subjectOfLetter(letter('{"id":"e-1","accountid":"acme"}'))).toMatchObject({ accountId: 'acme', eventId: 'e-1' });
    expect(subjectOfLetter(letter('{"id":"e-1","accountId":"acme"}'))).toMatchObject({ accountId: 'acme', eventId: 'e-1' });
    expect(subjectOfLetter(letter('{"id":7}'))).toEqual({ accountId: 'default', webhookId: null, eventId: null });
  });

  it('is in records between services', () => {
    const { event, ...request } = aDeliveryRequest({ webhookId: 'wh_1' });
    const delivery = encodeDeliveryRequested({ ...request, event: { ...event, id: 'e-1', accountId: 'acme' } }, '/test');
    const headers = { ce_specversion: '1.0', ce_type: 'hookstream.attempted.v1', ce_subject: 'wh_1', ce_accountid: 'acme' };
    const told = { accountId: 'acme', webhookId: 'wh_1', eventId: 'e-1' };
    expect(subjectOfLetter(letter(String(delivery.value), delivery.headers as Record<string, string>))).toEqual(told);
    expect(subjectOfLetter(letter('{"eventId":"e-1"}', headers))).toEqual(told);
    expect(subjectOfLetter(letter('{', headers))).toEqual({ ...told, eventId: null });
  });

  it('cannot be told of what is neither, and is never a fault', () => {
    const nobody = { accountId: null, webhookId: null, eventId: null };
    for (const value of [null, '{', '7', 'null', '"x"']) expect(subjectOfLetter(letter(value))).toEqual(nobody);
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.constantFrom('ce_type', 'ce_delivery', 'ce_id', 'ce_specversion'), fc.string()), (v, h) => {
        subjectOfLetter(letter(v, h));
      }),
    );
  });
});
