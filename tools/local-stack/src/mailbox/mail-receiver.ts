import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { KeptMails } from './kept-mails.js';

const MOST_BYTES = 1024 * 1024;
const MOST_CLIENTS = 20;
const MOST_RECIPIENTS = 50;
const IDLE_MS = 30_000;

/** Takes every mail that comes to a port of this machine and delivers none. */
export class MailReceiver {
  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  /** @param port 0 takes any free one */
  static async start(port: number, mails: KeptMails): Promise<MailReceiver> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      size: MOST_BYTES,
      maxClients: MOST_CLIENTS,
      socketTimeout: IDLE_MS,
      closeTimeout: 1_000,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
      onRcptTo: (_address, session, done) =>
        done(session.envelope.rcptTo.length >= MOST_RECIPIENTS ? refusal(452, 'too many recipients') : null),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => {
          // Past the limit the rest is read and left.
          if (!stream.sizeExceeded) chunks.push(chunk);
        });
        stream.on('end', () => {
          if (stream.sizeExceeded) return done(refusal(552, 'the mail is too large'));
          mails.add(Buffer.concat(chunks), envelopeOf(session));
          done();
        });
      },
    });
    // A client that breaks off is no fault of this server.
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await Promise.race([once(server.server, 'listening'), once(server.server, 'error').then(([error]) => Promise.reject(error as Error))]);
    return new MailReceiver(server, (server.server.address() as AddressInfo).port);
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}

function envelopeOf({ envelope: { mailFrom, rcptTo } }: SMTPServerSession): { from: string; to: string[] } {
  return { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
