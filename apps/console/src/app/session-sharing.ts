import { credentials, type Credentials } from '../api';

type Message = { readonly kind: 'asked' } | { readonly kind: 'told'; readonly credentials: Credentials };

const CHANNEL = 'hookstream.session';
const ANSWER_MS = 150;

/**
 * Lets a link that is opened in a new tab open signed in: the tab asks the other tabs of this browser, which hand on the key that
 * someone typed into one of them. It still lives in tabs alone, and goes with the last. Tokens of embedding pages are never told.
 * Resolves when the answer is there, or was waited for.
 */
export async function shareSession(channel = new BroadcastChannel(CHANNEL)): Promise<void> {
  const isSignedIn = credentials.get() !== undefined;
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    const held = credentials.get();
    if (data.kind === 'asked' && held?.kind === 'key') channel.postMessage({ kind: 'told', credentials: held } satisfies Message);
  });
  if (isSignedIn) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS);
    channel.addEventListener('message', function onMessage({ data }: MessageEvent<Message>) {
      if (data.kind !== 'told') return;
      channel.removeEventListener('message', onMessage);
      clearTimeout(timer);
      if (credentials.get() === undefined) credentials.set(data.credentials);
      resolve();
    });
    channel.postMessage({ kind: 'asked' } satisfies Message);
  });
}
