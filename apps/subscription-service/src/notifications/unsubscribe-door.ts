import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_POLICY, type PageState, unsubscribePage } from './unsubscribe-page.js';
import type { Unsubscription } from './unsubscribe-links.js';
import { UnsubscribeService } from './unsubscribe.service.js';

const MOST_BYTES = 4 * 1024;

/**
 * Serves `/unsubscribe`, where the links of mails lead. Apart from the API: people come without a key and mail programs with the
 * forms of RFC 8058, which the API takes nowhere else.
 */
export async function serveUnsubscribePage(app: NestFastifyApplication): Promise<void> {
  const service = app.get(UnsubscribeService, { strict: false });
  const logger = new Logger('Unsubscribe');
  const tokenOf = (query: unknown): unknown => (query as Record<string, unknown>)['token'];

  await app.register(((scope: FastifyInstance, _: unknown, done: () => void) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, body, parsed) => parsed(null, body));
    scope.get('/unsubscribe', (request, reply) => {
      const found = service.read(tokenOf(request.query));
      return page(reply, found ? 200 : 404, found ? 'asks' : 'unreadable', found);
    });
    scope.post('/unsubscribe', async (request, reply) => {
      const found = service.read(tokenOf(request.query));
      if (!found) return page(reply, 404, 'unreadable');
      try {
        return await page(reply, 200, await service.change(found, scopeOf(request.body)), found);
      } catch (err) {
        logger.error({ err, accountId: found.accountId, webhookId: found.webhookId }, 'unsubscription.failed');
        return reply.code(503).header('retry-after', '30').type('text/plain').send('Try again in a minute.');
      }
    });
    done();
  }) as never);
}

/** What a form asks for; a one-click request of a mail program asks for the webhook it was told of. */
function scopeOf(body: unknown): 'webhook' | 'account' | 'undo' {
  const scope = typeof body === 'string' ? new URLSearchParams(body).get('scope') : null;
  return scope === 'account' || scope === 'undo' ? scope : 'webhook';
}

function page(reply: FastifyReply, status: number, state: PageState, found?: Unsubscription): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(unsubscribePage(state, found));
}
