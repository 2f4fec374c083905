/** First parts of the paths that belong to the API, whatever may follow. */
const OF_THE_API = new Set(['v1', 'docs', 'openapi.json', 'asyncapi.yaml', 'healthz', 'readyz', 'metrics', 'problems', 'assets']);

/**
 * Whether a path that no route took is an address inside the console, opened in a browser. Whoever did not ask for a page is told
 * that there is nothing, and a mistyped path of the API never answers with a page.
 */
export function isPageRequest(url: string, accept: string | undefined): boolean {
  const [path = ''] = url.split(/[?#]/, 1);
  const first = path.split('/')[1] ?? '';
  return !OF_THE_API.has(first.toLowerCase()) && (accept ?? '').includes('text/html');
}
