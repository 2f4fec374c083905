/** Longer than anything that the API takes for a call, shorter than anyone's patience. */
const ANSWER_MS = 30_000;

/** What is thrown for a call that was given up. */
export class TimedOut extends Error {}

/**
 * `fetch` that gives up on a call that has not been answered in full within half a minute: what waits for it then says so, rather
 * than to wait for ever. Not for what is long by its nature, such as an export.
 */
export async function fetchInTime(request: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const given = new AbortController();
  const asked = new Request(request, init);
  // A timer rather than AbortSignal.timeout(), which no clock of a test can move.
  const timer = setTimeout(() => given.abort(new TimedOut(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  try {
    const response = await fetch(asked, { signal: AbortSignal.any([asked.signal, given.signal]) });
    // Read to its end here, so that the limit holds for the body too.
    const body = await response.arrayBuffer();
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  } catch (error) {
    throw given.signal.aborted ? given.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
