import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature, type PastedRequest } from './signature-check';

// The oracle: node's own HMAC over what the contract, §4, says is signed.
const SECRET = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const BODY = '{"id":"evt_1","data":{"total":1.5}}';
const NOW = Date.parse('2026-11-20T12:00:00Z');
const TIMESTAMP = String(NOW / 1000);

const standard = (key: string | Buffer, body = BODY, timestamp = TIMESTAMP) =>
  `v1,${createHmac('sha256', key).update(`evt_1.${timestamp}.${body}`).digest('base64')}`;
const plain = (key: string | Buffer, body = BODY) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
const check = (given: Partial<PastedRequest>) =>
  checkSignature({ secret: SECRET, id: 'evt_1', timestamp: TIMESTAMP, signature: standard(SECRET), body: BODY, ...given }, NOW);

describe('a pasted signature', () => {
  it('verifies under the secret as shown and in its whsec_ form', async () => {
    expect(await check({})).toMatchObject({ scheme: 'standard', verified: true, age: 0 });
    expect(await check({ secret: `whsec_${Buffer.from(SECRET).toString('base64')}` })).toMatchObject({ verified: true });
  });

  it('verifies when one of two entries matches', async () => {
    expect(await check({ signature: `${standard('the-one-before-it')} ${standard(SECRET)}` })).toMatchObject({ verified: true });
  });

  it('verifies in the plain scheme, which needs no id and no timestamp', async () => {
    const result = await check({ signature: plain(SECRET), id: '', timestamp: '' });
    expect(result).toEqual({ scheme: 'plain', verified: true, expected: plain(SECRET) });
  });

  it('tells how old it is', async () => {
    const old = String(NOW / 1000 - 600);
    expect(await check({ timestamp: old, signature: standard(SECRET, BODY, old) })).toMatchObject({ verified: true, age: 600 });
  });

  it.each([
    ['body-reformatted', { body: JSON.stringify(JSON.parse(BODY), null, 2) }],
    ['body-line-end', { body: `${BODY}\n` }],
    ['body-trimmed', { body: `  ${BODY}  ` }],
    ['secret-trimmed', { secret: ` ${SECRET} ` }],
    ['secret-decoded', { signature: standard(Buffer.from(SECRET, 'hex')) }],
    ['secret-prefix', { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAA==', signature: standard('whsec_AAAAAAAAAAAAAAAAAAAAAA==') }],
    ['timestamp-milliseconds', { timestamp: `${TIMESTAMP}000` }],
    ['unknown', { signature: standard('another secret altogether') }],
  ] as const)('that does not match is diagnosed as %s', async (diagnosis, given) => {
    expect(await check(given)).toMatchObject({ verified: false, diagnosis });
  });

  it('shows what it should have been', async () => {
    expect((await check({ signature: 'v1,AAAA' })).expected).toBe(standard(SECRET));
  });
});
