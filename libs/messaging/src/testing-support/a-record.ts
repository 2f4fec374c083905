import type { ReceivedRecord, WireRecord } from '#libs/contracts';

export const aRecord = (key: string | null, value: string, headers: WireRecord['headers'] = {}): WireRecord => ({
  key,
  value: Buffer.from(value),
  headers,
});

export const textOf = (record: Pick<ReceivedRecord, 'value'>): string => record.value?.toString('utf8') ?? 'null';
