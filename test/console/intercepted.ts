import type { Page, Route } from 'playwright-core';

export const TRACE_ID = 'f'.repeat(32);
export const REFUSED_TITLE = 'It did not work';

/** Past the limit that the console sets to every call. */
export const LONGEST_WAIT_MS = 31_000;

/** Matches the calls whose path is like `pattern`. */
export function callTo(pattern: RegExp): (url: URL) => boolean {
  return ({ pathname }) => pattern.test(pathname);
}

/** Keeps live attempts from coming: a page reads its list again once they do, and would mend itself before a test does. */
export async function holdLiveAttempts(page: Page): Promise<void> {
  await page.route(callTo(/\/attempts\/stream$/), () => undefined);
}

/** Answers a call as the API does when it fails for good, so that it is not tried again by itself. */
export function refuse(route: Route): Promise<void> {
  const problem = { type: 'about:blank', status: 422, code: 'VALIDATION_FAILED', title: REFUSED_TITLE, detail: 'No.', traceId: TRACE_ID };
  return route.fulfill({ status: problem.status, contentType: 'application/problem+json', body: JSON.stringify(problem) });
}

/** Takes the rows out of the answer for a list that is never empty on the system. */
export async function answerNothing(route: Route): Promise<void> {
  const response = await route.fetch();
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  const lists = Object.keys(answer).filter((name) => Array.isArray(answer[name]));
  await route.fulfill({ response, json: { ...answer, ...Object.fromEntries(lists.map((name) => [name, []])), nextCursor: null } });
}
