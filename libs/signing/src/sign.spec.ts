import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { generateSecret, whsecForm } from './secret.js';
import { plainSignature, standardWebhookSignature } from './sign.js';
import { SigningKey } from './signing-key.js';

interface Vector {
  readonly case: string;
  readonly secrets: string[];
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': number;
  readonly body: string;
  readonly 'webhook-signature': string;
  readonly 'x-hookstream-signature': string;
}

const vectors = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8')) as Vector[];

describe('published vectors', () => {
  it.each(vectors.map((vector) => [vector.case, vector] as const))('%s', (_case, vector) => {
    const keys = vector.secrets.map((secret) => SigningKey.from(secret));
    const body = Buffer.from(vector.body, 'utf8');
    expect(standardWebhookSignature(keys, vector['webhook-id'], vector['webhook-timestamp'], body)).toBe(vector['webhook-signature']);
    expect(plainSignature(keys[0]!, body)).toBe(vector['x-hookstream-signature']);
  });

  it('hold the example of the Standard Webhooks specification', () => {
    expect(vectors[0]!['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});

describe('standardWebhookSignature', () => {
  it('equals what the standardwebhooks package signs, for any secret, id, time and text', () => {
    const secrets = fc.oneof(
      fc.constant(0).map(generateSecret),
      fc.string({ minLength: 16, maxLength: 128, unit: 'grapheme' }),
      fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
    );
    fc.assert(
      fc.property(
        secrets,
        fc.string({ minLength: 1 }),
        fc.nat(4_000_000_000),
        fc.string({ unit: 'grapheme' }),
        (secret, id, seconds, body) => {
          const reference = new Webhook(whsecForm(secret)).sign(id, new Date(seconds * 1000), body);
          expect(standardWebhookSignature([SigningKey.from(secret)], id, seconds, Buffer.from(body, 'utf8'))).toBe(reference);
        },
      ),
    );
  });

  it('signs a missing body like an empty one', () => {
    const key = SigningKey.from('0123456789abcdef');
    expect(standardWebhookSignature([key], 'evt_1', 1, null)).toBe(standardWebhookSignature([key], 'evt_1', 1, Buffer.alloc(0)));
    expect(plainSignature(key, null)).toBe(plainSignature(key, Buffer.alloc(0)));
  });

  it('signs bytes, not text: a body that is not UTF-8 is not replaced', () => {
    const key = SigningKey.from('0123456789abcdef');
    expect(plainSignature(key, Buffer.from([0xff]))).not.toBe(plainSignature(key, Buffer.from([0xfe])));
  });
});

describe('SigningKey', () => {
  it('shows no bytes of the secret when printed', () => {
    const printed = inspect(SigningKey.from('0123456789abcdef'), { depth: 9, showHidden: true });
    expect(printed).not.toContain('0123456789abcdef');
    expect(printed).not.toContain('30 31 32');
    expect(JSON.stringify(SigningKey.from('0123456789abcdef'))).toBe('{"key":{}}');
  });
});
