import { connect } from 'node:net';

const METADATA = 3;
const TIMEOUT_MS = 1_000;

/**
 * Asks a broker for the cluster's metadata and says whether it names a broker. An open port proves nothing: a starting broker
 * accepts connections long before it serves them.
 */
export async function brokerAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let received = Buffer.alloc(0);
    const finish = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(TIMEOUT_MS, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('connect', () => socket.write(metadataRequest()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const brokers = brokerCount(received);
      if (brokers !== undefined) finish(brokers > 0);
    });
  });
}

/** Metadata request, version 1, for no topic. */
export function metadataRequest(): Buffer {
  const body = Buffer.alloc(14);
  body.writeInt16BE(METADATA, 0);
  body.writeInt16BE(1, 2);
  body.writeInt32BE(1, 4); // correlation id
  body.writeInt16BE(-1, 8); // no client id
  body.writeInt32BE(0, 10); // an empty list of topics
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

/** Brokers named by a metadata response, version 1; undefined while it is incomplete. */
export function brokerCount(response: Buffer): number | undefined {
  if (response.length < 12 || response.length < 4 + response.readInt32BE(0)) return undefined;
  return response.readInt32BE(8);
}
