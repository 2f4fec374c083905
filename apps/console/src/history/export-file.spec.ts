import { describe, expect, it } from 'vitest';
import { exportFileName } from './export-file';

const NOW = new Date('2026-11-21T10:15:30.123Z');

describe('the name of an exported file', () => {
  it.each([
    ['Billing', 'billing-attempts-2026-11-21T10-15-30Z.csv'],
    ['../../etc/Pässe: "x"', 'etc-pa-sse-x-attempts-2026-11-21T10-15-30Z.csv'],
    ['日本', 'webhook-attempts-2026-11-21T10-15-30Z.csv'],
  ])('of %s is %s', (webhook, file) => expect(exportFileName(webhook, 'csv', NOW)).toBe(file));
});
