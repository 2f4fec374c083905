import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import supertest from 'supertest';
import { parseMasterKeys } from '#libs/secrets';
import { createDatabase, kafkaBrokers, type TestDatabase, uniqueName } from '#libs/testing';
import { startSubscriptionService } from '../subscription-app.int-fixture.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

const MASTER_KEYS = `k1:${randomBytes(32).toString('base64')}`;

let database: TestDatabase;
let client: Client;
let app: NestFastifyApplication;
const links = new UnsubscribeLinks(parseMasterKeys(MASTER_KEYS), '');

beforeAll(async () => {
  database = await createDatabase();
  app = await startSubscriptionService({
    databaseUrl: database.url,
    brokers: kafkaBrokers().join(),
    topicPrefix: uniqueName('unsubscribe'),
    masterKeys: MASTER_KEYS,
  });
  client = new Client({ connectionString: database.url });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await app.close();
  await database.drop();
}, 60_000);

const linkFor = (address: string): string => links.linkFor({ accountId: 'default', webhookId: 'wh_1', address });
const http = () => supertest(app.getHttpServer());
const click = (link: string, body: string) => http().post(link).type('form').send(body);

async function unsubscribed(address: string): Promise<string[]> {
  const sql = 'select u.webhook_id from notifications.unsubscriptions as u where u.account_id = $1 and u.address = $2';
  return (await client.query<{ webhook_id: string }>(sql, ['default', address])).rows.map((row) => row.webhook_id);
}

describe('the link in a mail', () => {
  it('changes nothing when it is opened, and is kept by nobody', async () => {
    const page = await http().get(linkFor('a@example.com')).expect(200);
    expect(page.text).toContain('a@example.com');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/),
    });
    expect(await unsubscribed('a@example.com')).toEqual([]);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'takes the one click of a mail program, sent as %s, any number of times',
    async (type) => {
      const address = `${uniqueName('b')}@example.com`;
      const body = type.startsWith('multipart')
        ? '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
        : 'List-Unsubscribe=One-Click';
      for (let i = 0; i < 2; i++) await http().post(linkFor(address)).set('content-type', type).send(body).expect(200);
      expect(await unsubscribed(address)).toEqual(['wh_1']);
    },
  );

  it('ends the mails of a whole account, and takes it back, when asked', async () => {
    const link = linkFor('c@example.com');
    await click(link, 'scope=account').expect(200);
    expect(await unsubscribed('c@example.com')).toEqual(['']);
    await click(link, 'scope=undo').expect(200);
    expect(await unsubscribed('c@example.com')).toEqual([]);
  });

  it('is refused when it was made up, changed or cut', async () => {
    const link = linkFor('d@example.com');
    const stranger = new UnsubscribeLinks(parseMasterKeys(`k1:${randomBytes(32).toString('base64')}`), '');
    const made = stranger.linkFor({ accountId: 'default', webhookId: 'wh_1', address: 'd@example.com' });
    for (const wrong of [
      made,
      `${link}A`,
      link.slice(0, -4),
      '/unsubscribe',
      '/unsubscribe?token=&token=',
      `/unsubscribe?token=${'x'.repeat(5_000)}`,
    ]) {
      await click(wrong, 'List-Unsubscribe=One-Click').expect(404);
      await http().get(wrong).expect(404);
    }
    expect(await unsubscribed('d@example.com')).toEqual([]);
  });

  it('shows an address as text', async () => {
    const page = await http().get(linkFor('<script>@example.com')).expect(200);
    expect(page.text).toContain('&#60;script&#62;');
    expect(page.text).not.toContain('<script>');
  });

  it('takes no large body, and the API takes no forms for it', async () => {
    await click(linkFor('e@example.com'), 'x'.repeat(10_000)).expect(413);
    await http().post('/v1/events').type('form').send('a=b').expect(400);
  });
});
