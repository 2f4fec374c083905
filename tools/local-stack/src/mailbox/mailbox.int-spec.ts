import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { eventually } from '#libs/testing';
import { Mailbox } from './mailbox.js';

interface JsonMail {
  readonly id: number;
  readonly subject: string;
  readonly html: string;
  readonly envelope: { readonly to: readonly string[] };
}

let mailbox: Mailbox;
beforeEach(async () => {
  mailbox = await Mailbox.start({ port: 0, most: 3 });
});
afterEach(() => mailbox.close());

async function send(subject: string, html = '<p>hi</p>', to = 'b@example.com'): Promise<void> {
  const transport = createTransport(mailbox.smtpUrl);
  await transport.sendMail({ from: 'a@example.com', to, subject, text: 'hi', html });
}

const json = async (path = '/api/mails', method = 'GET') =>
  (await (await fetch(mailbox.url + path, { method })).json()) as { data: JsonMail[] };
const HOSTILE = '<script>fetch("http://evil.test")</script>';

describe('the mailbox', () => {
  it('keeps the newest mails, by recipient if asked, until it is emptied', async () => {
    for (const i of [1, 2, 3]) await send(`mail ${i}`);
    await send('mail 4', '<p>hi</p>', 'C@example.com');
    expect((await json()).data.map(({ subject }) => subject)).toEqual(['mail 4', 'mail 3', 'mail 2']);
    expect((await json('/api/mails?to=c@EXAMPLE.com')).data.map(({ subject }) => subject)).toEqual(['mail 4']);
    await json('/api/mails', 'DELETE');
    expect((await json()).data).toEqual([]);
  });

  it('shows what is in a mail as text, and its HTML where nothing can run or be fetched', async () => {
    await send(HOSTILE, HOSTILE);
    const [{ id }] = (await json()).data as [JsonMail];
    for (const path of ['/', `/mails/${id}`]) {
      const page = await fetch(mailbox.url + path);
      const text = await page.text();
      expect(text).not.toContain('<script');
      expect(text).toContain('&#60;script&#62;');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    }
    const framed = await fetch(`${mailbox.url}/mails/${id}/html`);
    expect(framed.headers.get('content-security-policy')).toMatch(/default-src 'none';.* sandbox/);
    expect(framed.headers.get('content-security-policy')).not.toMatch(/allow-scripts|allow-same-origin|allow-forms/);
    expect(framed.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await (await fetch(`${mailbox.url}/mails/${id}`)).text()).toMatch(
      /<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/,
    );
    const raw = await fetch(`${mailbox.url}/mails/${id}/raw`);
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('answers under names of this machine only', async () => {
    const { hostname, port } = new URL(mailbox.url);
    const asked = request({ hostname, port, path: '/api/mails', headers: { host: 'evil.test' } }).end();
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume: () => void }];
    response.resume();
    expect(response.statusCode).toBe(421);
  });

  it('knows no other mail and takes no other method', async () => {
    for (const path of ['/mails/99', '/mails/x', '/nope', '//x', '//', '/mails/1/../2'])
      expect((await fetch(mailbox.url + path)).status).toBe(404);
    expect((await fetch(mailbox.url, { method: 'POST' })).status).toBe(405);
  });

  it('refuses a mail that is too large, and takes the next one', async () => {
    await expect(send('large', 'x'.repeat(2 * 1024 * 1024))).rejects.toMatchObject({ responseCode: 552 });
    await send('small');
    expect((await json()).data.map(({ subject }) => subject)).toEqual(['small']);
  });

  it('survives clients that break off', async () => {
    const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1');
    socket.write('EHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\nhalf a mail');
    await once(socket, 'data');
    socket.resetAndDestroy();
    await send('after');
    await eventually(async () => (await json()).data.length === 1);
  });

  it('names a port that is taken', async () => {
    const port = Number(new URL(mailbox.url).port);
    await expect(Mailbox.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
