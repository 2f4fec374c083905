import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ERROR_CLASSES } from '#libs/contracts';
import { htmlText, oneLine, plainText } from './letter.js';
import { type LetterContext, letterOf } from './letter-of-notice.js';
import type { Notice } from './notice.js';
import { recipientsOf } from './recipients.js';
import { learnAttempt, learnHealth, QUIET } from './standing.js';
import { aHealth, anAttempt } from './testing-support/news.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const CONTEXT: LetterContext = {
  webhook: { id: 'wh_1', name: 'Billing', host: 'shop.example:8443' },
  publicUrl: 'https://hooks.example',
  unsubscribeUrl: 'https://hooks.example/unsubscribe?token=v1.k.a.b',
};
/** What the attempt of the notices carries and no mail may tell. */
const PRIVATE = ['pw@', 's3cret', 't0ken', 'k3y', 'b0dy', 'r3sponse', '203.0.113.7'];

function notices(eventType = 'order_created', error: string | null = null): Notice[] {
  const standing = learnAttempt(
    QUIET,
    anAttempt(NOW, { eventType, ...(error === null ? {} : { error, errorClass: 'tls', statusCode: null }) }),
  );
  const gathered = standing.gathered!;
  const trouble = learnHealth(QUIET, aHealth(NOW, { warnedPercent: 70 })).trouble!;
  return [
    { kind: 'failure', failure: gathered.last },
    { kind: 'digest', gathered: { ...gathered, count: 30 }, worksAgain: false },
    { kind: 'circuit-open', trouble },
    { kind: 'disable-warning', trouble },
    { kind: 'disabled', reason: 'failing', trouble },
    { kind: 'recovered', downSince: new Date(NOW).toISOString(), at: new Date(NOW).toISOString(), eventType, host: 'shop.example:8443' },
  ];
}

const letters = (context = CONTEXT, ...given: Parameters<typeof notices>) => notices(...given).map((notice) => letterOf(notice, context));

describe('letters', () => {
  it('a failure names webhook, event, URL host, status in words, what to do, the next attempt and the delivery', () => {
    const letter = letterOf(notices()[0]!, CONTEXT);
    expect(letter.subject).toBe('[Hookstream] Billing: order_created failed, the receiver failed (500)');
    for (const part of [plainText(letter), htmlText(letter)]) {
      for (const said of [
        ...['Billing', 'order_created', 'shop.example:8443', 'the receiver failed (500)', 'look into the log of the receiver'],
        ...['2026-11-21 10:00:05 UTC', 'https://hooks.example/deliveries/dlv_', 'https://hooks.example/unsubscribe?token=v1.k.a.b'],
      ])
        expect(part).toContain(said);
    }
  });

  it('all have a subject, both parts, the webhook, a link and the way out', () => {
    for (const letter of letters()) {
      expect(letter.subject).toContain('Billing');
      expect(letter.link.url).toMatch(/^https:\/\/hooks\.example\/(webhooks|deliveries)\//);
      for (const part of [plainText(letter), htmlText(letter)]) expect(part).toContain(CONTEXT.unsubscribeUrl);
    }
  });

  it('none tells payload, headers, answer, address, or of the URL more than its host', () => {
    for (const letter of letters())
      for (const part of [letter.subject, plainText(letter), htmlText(letter)])
        for (const text of PRIVATE) expect(part).not.toContain(text);
  });

  it('says every class of error in words', () => {
    for (const errorClass of ERROR_CLASSES) {
      const { gathered } = learnAttempt(QUIET, anAttempt(NOW, { errorClass, statusCode: null }));
      expect(plainText(letterOf({ kind: 'failure', failure: gathered!.last }, CONTEXT))).toMatch(/Status: +\S.*\nWhat to do: +\S/);
    }
  });

  it('nothing of what they carry becomes markup or a line of its own', () => {
    const hostile = fc.string({
      unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 2 }), fc.constantFrom('\r\n', '<script>', '"', '\u202e', '\u2028')),
    });
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, eventType, error) => {
        const context = { ...CONTEXT, webhook: { ...CONTEXT.webhook, name, host: name } };
        for (const [i, letter] of letters(context, eventType, error).entries()) {
          const plain = letters(CONTEXT)[i]!;
          expect(letter.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          const html = htmlText(letter);
          expect(html.match(/<[a-z!/]/g)?.length).toBe(
            htmlText({ ...plain, facts: letter.facts.map(([label]) => [label, 'x']) }).match(/<[a-z!/]/g)?.length,
          );
          expect(plainText(letter).split('\n').length).toBe(
            plainText({ ...plain, facts: letter.facts.map(([label]) => [label, 'x']) }).split('\n').length,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('cuts a text without cutting a character', () => {
    expect(oneLine('𝄞'.repeat(500), 10)).toBe(`${'𝄞'.repeat(9)}…`);
  });
});

describe('recipients', () => {
  it('each address once, whatever its case', () => {
    expect(recipientsOf(['Owner@example.com', null, 'owner@EXAMPLE.com ', 'b@example.com'])).toEqual([
      'Owner@example.com',
      'b@example.com',
    ]);
  });

  it.each([
    'a@b.com\r\nBcc: c@d.com',
    'a@b.com,c@d.com',
    '<a@b.com>',
    '"a b"@c.com',
    'a',
    'a@',
    '@b',
    'a@b.com\u0000',
    `${'a'.repeat(250)}@b.com`,
  ])('none that could be more than one address in a header: %j', (address) => {
    expect(recipientsOf([address])).toEqual([]);
  });
});
