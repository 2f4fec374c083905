import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import dns from 'dns-packet';
import { closeAfterTest } from '#libs/testing';

/** What a name server says of one name, each time it is asked. Addresses stand in `a` and `aaaa`. */
export type NameAnswer =
  | { readonly a?: readonly string[]; readonly aaaa?: readonly string[]; readonly cname?: readonly string[]; readonly ttl?: number }
  | { readonly rcode: number }
  | 'silent'
  | 'garbage';

export interface NameServer {
  readonly address: string;
  /** Such as `example.com/A`, in the order in which they were asked. */
  readonly questions: string[];
}

const NXDOMAIN = 3;

/**
 * A name server on loopback, UDP and TCP on one port. A list of answers is worked off, one for each A question, and its
 * last answer stays: `[public, private]` is a rebinding name. Names that are not in the zone do not exist.
 */
export async function nameServer(zone: Readonly<Record<string, NameAnswer | readonly NameAnswer[]>>): Promise<NameServer> {
  const questions: string[] = [];
  const asked = new Map<string, number>();
  const answerOf = (name: string, type: string): NameAnswer => {
    const entry = zone[name] ?? { rcode: NXDOMAIN };
    if (!isList(entry)) return entry;
    const turn = asked.get(`${name}/${type}`) ?? 0;
    asked.set(`${name}/${type}`, turn + 1);
    return entry[Math.min(turn, entry.length - 1)]!;
  };
  const reply = (query: Buffer, limit: number): Buffer | undefined => {
    const { id = 0, questions: [question] = [] } = dns.decode(query);
    if (!question) return undefined;
    const name = question.name.toLowerCase();
    questions.push(`${name}/${question.type}`);
    const answer = answerOf(name, question.type);
    if (answer === 'silent') return undefined;
    if (answer === 'garbage') return Buffer.concat([query.subarray(0, 2), Buffer.from('not a name server at all')]);
    const head = { id, type: 'response', questions: [question] } as const;
    if ('rcode' in answer) return dns.encode({ ...head, flags: dns.RECURSION_AVAILABLE | answer.rcode });
    const message = dns.encode({ ...head, flags: dns.RECURSION_AVAILABLE, answers: records(name, question.type, answer) });
    return message.length <= limit ? message : dns.encode({ ...head, flags: dns.TRUNCATED_RESPONSE });
  };
  const port = await serveTcp(reply);
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const message = reply(query, 1232);
    if (message) socket.send(message, from.port, from.address);
  });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  closeAfterTest(() => socket.close());
  return { address: `127.0.0.1:${port}`, questions };
}

const isList = (entry: NameAnswer | readonly NameAnswer[]): entry is readonly NameAnswer[] => Array.isArray(entry);

function records(name: string, type: string, answer: Exclude<NameAnswer, string | { rcode: number }>) {
  const { a = [], aaaa = [], cname = [], ttl = 60 } = answer;
  const chain = cname.map((data, index) => ({ name: cname[index - 1] ?? name, type: 'CNAME' as const, ttl, data }));
  const owner = cname.at(-1) ?? name;
  const addresses = type === 'A' ? a : type === 'AAAA' ? aaaa : [];
  return [...chain, ...addresses.map((data) => ({ name: owner, type: type as 'A' | 'AAAA', ttl, data }))];
}

/** Messages over TCP come after their length in two bytes. */
async function serveTcp(reply: (query: Buffer, limit: number) => Buffer | undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let read = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      read = Buffer.concat([read, chunk]);
      while (read.length >= 2 && read.length >= 2 + read.readUInt16BE(0)) {
        const end = 2 + read.readUInt16BE(0);
        const message = reply(read.subarray(2, end), 65_535);
        read = read.subarray(end);
        if (!message) continue;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(message.length);
        socket.write(Buffer.concat([length, message]));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as { port: number }).port;
}
