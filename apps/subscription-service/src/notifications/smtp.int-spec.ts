import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { closeAfterTest, closesResources } from '#libs/testing';
import { MailServer, type SendResult } from './mail-server.js';
import type { ClaimedMail } from './outbox-mail.js';
import { MailStage } from './testing-support/mail-stage.js';
import { anAttempt } from './testing-support/news.js';
import { rawServer, refusal, SmtpStage } from './testing-support/smtp-stage.js';

closesResources();

const MINUTE = 1;
let stage: MailStage;
beforeEach(async () => {
  stage = await MailStage.open();
  await stage.owner({ digestMinutes: 0 });
}, 60_000);
afterEach(() => stage.close());

/** Mails about so many failures of a webhook wait. */
async function waiting(count = 1): Promise<void> {
  await stage.stored({ attempts: Array.from({ length: count }, () => anAttempt(stage.clock.now())) });
  await stage.decide();
}

async function smtp(options: Parameters<typeof SmtpStage.start>[0] = {}, port = 0): Promise<SmtpStage> {
  const server = await SmtpStage.start(options, port);
  closeAfterTest(() => server.close());
  return server;
}

const header = (source: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi').exec(source)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';
const statuses = async (): Promise<string[]> => (await stage.mails()).map(({ status }) => status);

describe('mails over SMTP', () => {
  it('arrive once, with both parts, an identity that stays and a way out in one click', async () => {
    const server = await smtp();
    await waiting();
    const sender = stage.sender(stage.smtp(server.url));
    await sender.sendDue();
    await sender.sendDue();
    expect(server.arrived).toHaveLength(1);
    const [{ from, to, source }] = server.arrived as [(typeof server.arrived)[0]];
    expect([from, to]).toEqual(['hooks@hooks.example', ['owner@example.com']]);
    expect(header(source, 'Subject')).toBe('[Hookstream] Billing: order_created failed, the receiver failed (500)');
    expect(header(source, 'Content-Type')).toMatch(/^multipart\/alternative/);
    expect(source).toMatch(/Content-Type: text\/plain[^]*Content-Type: text\/html/);
    expect(header(source, 'Message-ID')).toMatch(/^<ntf_[0-9a-z]{26}@hooks\.example>$/);
    expect(header(source, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const token = /^<https:\/\/hooks\.example\/unsubscribe\?token=([^>]+)>$/.exec(
      header(source, 'List-Unsubscribe').replaceAll(' ', ''),
    )?.[1];
    expect(stage.links.read(token)).toEqual({ accountId: 'default', webhookId: 'wh_1', address: 'owner@example.com' });
    expect(await statuses()).toEqual(['sent']);
    const { rows } = await stage.client.query('select plain_text, html_text, unsubscribe_url from notifications.mails');
    expect(rows).toEqual([{ plain_text: null, html_text: null, unsubscribe_url: null }]);
  });

  it('have no header but ours, whatever a webhook or an event is called', async () => {
    const server = await smtp();
    const hostile = 'x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script> ÄÖ';
    await stage.owner({ digestMinutes: 0, webhookName: hostile });
    await stage.stored({ attempts: [anAttempt(stage.clock.now(), { eventType: hostile, eventId: hostile })] });
    await stage.decide();
    await stage.sender(stage.smtp(server.url)).sendDue();
    const [mail] = server.arrived;
    expect(mail!.to).toEqual(['owner@example.com']);
    const [head, html] = [mail!.source.split('\r\n\r\n')[0], mail!.source.split('Content-Type: text/html')[1]];
    expect(head!.match(/^[A-Za-z-]+(?=:)/gm)?.sort()).toEqual([
      ...['Auto-Submitted', 'Content-Type', 'Date', 'From', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'MIME-Version', 'Message-ID'],
      ...['Subject', 'To', 'X-Auto-Response-Suppress'],
    ]);
    expect(html).not.toContain('<script>');
  });

  it('wait while nobody listens, and are sent once somebody does', async () => {
    const server = await SmtpStage.start();
    const { port } = server;
    await server.close();
    await waiting(3);
    const sender = stage.sender(stage.smtp(`smtp://127.0.0.1:${port}`));
    for (let i = 0; i < 5; i++) {
      await sender.sendDue();
      stage.clock.pass(MINUTE);
    }
    // One was tried after each pause, not each of them.
    const tries = (await stage.mails()).map(({ attempts }) => attempts);
    expect(tries.reduce((sum, count) => sum + count, 0)).toBe(5);
    const back = await smtp({}, port);
    stage.clock.pass(MINUTE);
    await sender.sendDue();
    stage.clock.pass(MINUTE);
    await sender.sendDue();
    expect([back.arrived.length, await statuses()]).toEqual([3, ['sent', 'sent', 'sent']]);
  });

  it.each([
    ['says nothing', () => undefined],
    ['drips its greeting', (socket: Socket) => drip(socket, '2')],
    ['drips the answer to a command', (socket: Socket) => void socket.write('220 here\r\n', () => drip(socket, '250-x\r\n'))],
    ['breaks off', (socket: Socket) => void socket.destroy()],
    ['talks no SMTP', (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['takes no mails', (socket: Socket) => void socket.end('554 go away\r\n')],
  ])('wait while a server %s, and it holds up nothing for long', async (_, behaviour) => {
    const server = await rawServer(behaviour);
    closeAfterTest(() => server.close());
    await waiting(2);
    const startedAt = performance.now();
    await stage.sender(stage.smtp(server.url, 400)).sendDue();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await statuses()).toEqual(['pending', 'pending']);
    expect((await stage.mails()).filter(({ attempts }) => attempts > 0)).toHaveLength(1);
  });

  it('wait longer and longer when a server will not take one for now, while others go on', async () => {
    let refuses = true;
    const server = await smtp({
      onRcptTo: ({ address }, _session, done) => done(refuses && address === 'owner@example.com' ? refusal(450, 'greylisted') : null),
    });
    await stage.owner({ notifyEmails: ['b@example.com'] });
    await waiting();
    const sender = stage.sender(stage.smtp(server.url));
    await sender.sendDue();
    expect(server.arrived.map(({ to }) => to)).toEqual([['b@example.com']]);
    for (let i = 0; i < 8; i++) {
      await sender.sendDue();
      stage.clock.pass(MINUTE);
    }
    expect((await stage.mails()).find(({ status }) => status === 'pending')).toMatchObject({
      attempts: 4,
      last_error: expect.stringContaining('450'),
    });
    refuses = false;
    stage.clock.pass(30);
    await sender.sendDue();
    expect(server.arrived).toHaveLength(2);
  });

  it('are given up when a server will never take them, and after a day', async () => {
    const server = await smtp({ onRcptTo: (_address, _session, done) => done(refusal(550, 'no such user')) });
    await waiting();
    const sender = stage.sender(stage.smtp(server.url));
    await sender.sendDue();
    expect(await stage.mails()).toMatchObject([{ status: 'failed', attempts: 1, last_error: expect.stringContaining('550') }]);
    await waiting();
    stage.clock.pass(25 * 60);
    await sender.sendDue();
    expect((await stage.mails())[1]).toMatchObject({ status: 'failed', last_error: 'not sent within a day' });
  });

  it('keep a login that a server refuses for when it is right', async () => {
    const server = await smtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535, 'wrong')),
    });
    await waiting();
    await stage.sender(stage.smtp(server.url.replace('//', '//user:pa55word@'))).sendDue();
    const [mail] = await stage.mails();
    expect(mail).toMatchObject({ status: 'pending' });
    expect(mail!.last_error).not.toContain('pa55word');
  });

  it('repeat one at most when a process dies between sending and noting it', async () => {
    const server = await smtp();
    await waiting(3);
    const dies = new DiesAfterSending(stage.smtp(server.url));
    await expect(stage.sender(dies).sendDue()).rejects.toThrow('killed');
    expect(server.arrived).toHaveLength(1);
    const other = stage.sender(stage.smtp(server.url));
    await other.sendDue();
    expect(server.arrived).toHaveLength(3);
    stage.clock.pass(2);
    await other.sendDue();
    stage.clock.pass(60);
    await other.sendDue();
    const ids = server.arrived.map(({ source }) => header(source, 'Message-ID'));
    expect([ids.length, new Set(ids).size]).toEqual([4, 3]);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  });

  it('end with the one in hand when the process stops', async () => {
    const server = await smtp();
    await waiting(3);
    const sender = stage.sender(stage.smtp(server.url));
    const sending = sender.sendDue();
    sender.stop();
    await sending;
    expect(server.arrived.length).toBeLessThanOrEqual(1);
    expect((await statuses()).filter((status) => status === 'sent')).toHaveLength(server.arrived.length);
    expect((await stage.mails()).map(({ attempts }) => attempts).reduce((sum, count) => sum + count, 0)).toBe(server.arrived.length);
  });

  it('are sent once each though two processes send at the same time', async () => {
    const server = await smtp();
    await waiting(15);
    await Promise.all([1, 2, 3].map(() => stage.sender(stage.smtp(server.url)).sendDue()));
    expect(new Set(server.arrived.map(({ source }) => header(source, 'Message-ID'))).size).toBe(server.arrived.length);
    expect(server.arrived).toHaveLength(15);
  });
});

/** Stands for a process that is killed as soon as the server has said yes. */
class DiesAfterSending extends MailServer {
  constructor(private readonly server: MailServer) {
    super();
  }

  override async send(mail: ClaimedMail): Promise<SendResult> {
    await this.server.send(mail);
    throw new Error('killed');
  }

  override close(): void {
    this.server.close();
  }
}

function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}
