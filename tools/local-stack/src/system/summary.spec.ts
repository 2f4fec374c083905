import { describe, expect, it } from '@jest/globals';
import { summaryText, withoutPassword } from './summary.js';

const facts = {
  httpUrl: 'http://127.0.0.1:3000',
  grpcAddress: '127.0.0.1:50051',
  brokers: '127.0.0.1:9092',
  databaseUrl: 'postgres://postgres:pw@127.0.0.1:5433/hookstream',
  mailboxUrl: 'http://127.0.0.1:8025',
  dataDir: '/data',
  logDir: '/data/logs',
  adminKey: 'hsk_admin_x',
  embeddedKafka: true,
  embeddedPostgres: true,
  seconds: 4.21,
};

describe('summary', () => {
  it('names every address, the key and the next steps', () => {
    const text = summaryText(facts);
    for (const part of [
      'ready (4.2 s)',
      facts.httpUrl,
      facts.grpcAddress,
      facts.brokers,
      facts.databaseUrl,
      facts.mailboxUrl,
      facts.dataDir,
      facts.adminKey,
      'npm run demo',
      'Ctrl-C',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('does not print the password of a database that is not ours', () => {
    expect(summaryText({ ...facts, embeddedPostgres: false })).not.toContain('pw');
  });

  it.each([
    ['postgres://u:p%40w@h/d', 'postgres://u:***@h/d'],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['postgres://h:5432/d?x=a@b', 'postgres://h:5432/d?x=a@b'],
  ])('shows %s as %s', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
  });
});
