import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readMailMessage } from './mail-message.js';

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

describe('a mail', () => {
  it('of two parts has both, decoded', () => {
    const message = readMailMessage(
      mail(
        'From: Hookstream <a@example.com>',
        'To: b@example.com',
        'Subject: =?UTF-8?Q?=C3=84=C3=96_?= =?utf-8?B?w5w=?=',
        'Content-Type: multipart/alternative;',
        ' boundary="--_x"',
        '',
        '----_x',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'a =C3=84 long =',
        'line',
        '----_x',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('<p>Ä</p>').toString('base64'),
        '----_x--',
        '',
      ),
    );
    expect(message).toMatchObject({
      subject: 'ÄÖ Ü',
      from: 'Hookstream <a@example.com>',
      to: 'b@example.com',
      text: 'a Ä long line',
      html: '<p>Ä</p>',
    });
  });

  it('without parts is plain text', () => {
    expect(readMailMessage(mail('Subject: x', '', 'hello'))).toMatchObject({ subject: 'x', text: 'hello', html: null });
  });

  it('is read as far as it goes, whatever it is', () => {
    const pieces = fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=x\r\n',
      '\r\n\r\n',
      '--x',
      '=?utf-8?B?',
      '?=',
      'charset="nope"',
      '=C3',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
        expect(readMailMessage(Buffer.from(parts.join('')))).toHaveProperty('subject');
      }),
    );
    let nested = 'deep';
    for (let depth = 0; depth < 2_000; depth++)
      nested = `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested}`;
    expect(readMailMessage(Buffer.from(nested)).text).toBeNull();
  });
});
