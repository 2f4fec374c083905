import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainSignature, standardWebhookSignature } from './sign.js';
import { SigningKey } from './signing-key.js';
import { verifyPlainSignature, verifyStandardWebhook, type ReceivedWebhook } from './verify.js';

const [current, previous, foreign] = ['current-secret-01', 'previous-secret-1', 'foreign-secret-01'].map((secret) =>
  SigningKey.from(secret),
);
const NOW = 1_795_132_800;
const BODY = Buffer.from('{"total":1.10}');

const signedBy = (keys: SigningKey[], timestamp = NOW): ReceivedWebhook => ({
  id: 'evt_1',
  timestamp: String(timestamp),
  signature: standardWebhookSignature(keys, 'evt_1', timestamp, BODY),
  body: BODY,
});

describe('verifyStandardWebhook', () => {
  it('accepts either secret while a rotation overlaps', () => {
    const received = signedBy([current!, previous!]);
    expect(verifyStandardWebhook([current!], received, NOW)).toBe('verified');
    expect(verifyStandardWebhook([previous!], received, NOW)).toBe('verified');
    expect(verifyStandardWebhook([foreign!, current!], received, NOW)).toBe('verified');
    expect(verifyStandardWebhook([foreign!], received, NOW)).toBe('signature-mismatch');
  });

  it('skips signatures of versions it does not know', () => {
    const received = signedBy([current!]);
    expect(verifyStandardWebhook([current!], { ...received, signature: `v1a,AAAA ${received.signature}` }, NOW)).toBe('verified');
    expect(verifyStandardWebhook([current!], { ...received, signature: received.signature.replace('v1,', 'v2,') }, NOW)).toBe(
      'signature-mismatch',
    );
  });

  it.each([
    [-301, 'timestamp-too-old'],
    [-300, 'verified'],
    [300, 'verified'],
    [301, 'timestamp-too-new'],
  ])('with a timestamp %d s from now says %s', (offset, verdict) => {
    expect(verifyStandardWebhook([current!], signedBy([current!], NOW + offset), NOW)).toBe(verdict);
  });

  it.each(['', 'soon', '1e9', '-1', '1795132800.5', ' 1795132800', '9'.repeat(400)])('refuses the timestamp %j', (timestamp) => {
    expect(verifyStandardWebhook([current!], { ...signedBy([current!]), timestamp }, NOW)).toBe('timestamp-malformed');
  });

  it('refuses any other id, body or signature', () => {
    const received = signedBy([current!]);
    expect(verifyStandardWebhook([current!], { ...received, id: 'evt_2' }, NOW)).toBe('signature-mismatch');
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (body, signature) => {
        expect(verifyStandardWebhook([current!], { ...received, body: Buffer.from(body) }, NOW)).toBe('signature-mismatch');
        expect(verifyStandardWebhook([current!], { ...received, signature }, NOW)).toBe('signature-mismatch');
      }),
    );
  });
});

describe('verifyPlainSignature', () => {
  it('accepts the signature of any of the keys over exactly this body', () => {
    const signature = plainSignature(current!, BODY);
    expect(verifyPlainSignature([foreign!, current!], BODY, signature)).toBe(true);
    expect(verifyPlainSignature([foreign!], BODY, signature)).toBe(false);
    expect(verifyPlainSignature([current!], Buffer.from('{"total":1.1}'), signature)).toBe(false);
    expect(verifyPlainSignature([current!], BODY, signature.slice('sha256='.length))).toBe(false);
    expect(verifyPlainSignature([], BODY, signature)).toBe(false);
  });
});
