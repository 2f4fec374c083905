import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeptMails } from './kept-mails.js';
import { MailReceiver } from './mail-receiver.js';
import { framedHtml, listPage, MAIL_POLICY, mailPage, PAGE_POLICY } from './mailbox-page.js';

export interface MailboxOptions {
  /** Port of the page; 0 takes any free one. */
  readonly port: number;
  /** Port of the SMTP receiver; any free one when absent. */
  readonly smtpPort?: number;
  /** How many mails are kept; default 200. */
  readonly most?: number;
}

interface Page {
  readonly status?: number;
  readonly type: string;
  readonly policy?: string;
  readonly body: string | Buffer;
}

const MOST = 200;
const MOST_BYTES = 32 * 1024 * 1024;
const HTML = 'text/html; charset=utf-8';
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A mail server of this machine that delivers nothing, and a page to read what came. `GET /api/mails?to=` gives it as JSON, newest
 * first; `DELETE /api/mails` forgets it. Mails are kept in memory: the newest, in a bounded number.
 */
export class Mailbox {
  private constructor(
    private readonly mails: KeptMails,
    private readonly receiver: MailReceiver,
    private readonly server: Server,
  ) {}

  /** @throws Error of the system when a port is taken */
  static async start({ port, smtpPort = 0, most = MOST }: MailboxOptions): Promise<Mailbox> {
    const mails = new KeptMails(most, MOST_BYTES);
    const receiver = await MailReceiver.start(smtpPort, mails);
    const server = createServer((request, response) => answer(mails, request, response));
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (error) {
      await receiver.close();
      throw error;
    }
    return new Mailbox(mails, receiver, server);
  }

  /** Of the page. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As services take it in `SMTP_URL`. */
  get smtpUrl(): string {
    return this.receiver.url;
  }

  /** What came, newest first. */
  get received(): ReturnType<KeptMails['list']> {
    return this.mails.list();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await Promise.all([new Promise((resolve) => this.server.close(resolve)), this.receiver.close()]);
  }
}

function answer(mails: KeptMails, request: IncomingMessage, response: ServerResponse): void {
  const { status = 200, type, policy = "default-src 'none'; sandbox", body } = pageFor(mails, request);
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}

function pageFor(mails: KeptMails, { method = 'GET', url = '/', headers }: IncomingMessage): Page {
  // A page elsewhere may make a name of its own lead here; it must not read the mails by it.
  if (!LOOPBACK_NAMES.has((headers.host ?? '').replace(/:\d+$/, ''))) return { status: 421, type: 'text/plain', body: 'not this host\n' };
  const asked = `http://mailbox${url}`;
  if (!url.startsWith('/') || !URL.canParse(asked)) return { status: 400, type: 'text/plain', body: 'no path\n' };
  const { pathname, searchParams } = new URL(asked);
  if (pathname === '/api/mails') return mailsAsJson(mails, method, searchParams.get('to') ?? undefined);
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: 'text/plain', body: 'only GET\n' };
  if (pathname === '/') return { type: HTML, policy: PAGE_POLICY, body: listPage(mails.list()) };
  const [, id, part] = /^\/mails\/(\d{1,15})(?:\/(html|raw))?$/.exec(pathname) ?? [];
  const mail = id === undefined ? undefined : mails.find(Number(id));
  if (!mail) return { status: 404, type: 'text/plain', body: 'no such mail: the oldest ones are not kept\n' };
  if (part === 'raw') return { type: 'text/plain; charset=utf-8', body: mail.raw };
  if (part === 'html') return { type: HTML, policy: MAIL_POLICY, body: framedHtml(mail.html ?? '') };
  return { type: HTML, policy: PAGE_POLICY, body: mailPage(mail) };
}

function mailsAsJson(mails: KeptMails, method: string, to: string | undefined): Page {
  // Not a method that a page of another origin can use unasked.
  if (method === 'DELETE') mails.clear();
  const data = mails.list(to).map(({ raw, ...mail }) => ({ ...mail, bytes: raw.length }));
  return { type: 'application/json', body: JSON.stringify({ data }) };
}
