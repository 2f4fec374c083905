export interface SummaryFacts {
  readonly httpUrl: string;
  /** `host:port`. */
  readonly grpcAddress: string;
  readonly brokers: string;
  readonly databaseUrl: string;
  /** Page of the mailbox; absent when mails go to a server of one's own. */
  readonly mailboxUrl?: string | undefined;
  readonly dataDir: string;
  readonly logDir: string;
  readonly adminKey: string;
  /** Whether Kafka and Postgres are embedded ones, so that their addresses may be shown with the password. */
  readonly embeddedKafka: boolean;
  readonly embeddedPostgres: boolean;
  readonly seconds: number;
}

/** What `npm start` prints once, when everything serves. */
export function summaryText(facts: SummaryFacts): string {
  const rows: [string, string][] = [
    ['Console', facts.httpUrl],
    ['HTTP API', `${facts.httpUrl}/v1`],
    ['gRPC API', facts.grpcAddress],
    ['Kafka', `${facts.brokers}${facts.embeddedKafka ? '' : '  (yours, from KAFKA_BROKERS)'}`],
    ['Postgres', facts.embeddedPostgres ? facts.databaseUrl : `${withoutPassword(facts.databaseUrl)}  (yours, from DATABASE_URL)`],
    ['Mailbox', facts.mailboxUrl ?? 'your mail server, from SMTP_URL'],
    ['Data', facts.dataDir],
    ['Logs', facts.logDir],
    ['Admin API key', facts.adminKey],
  ];
  return [
    '',
    `Hookstream is ready (${facts.seconds.toFixed(1)} s).`,
    '',
    ...rows.map(([label, value]) => `  ${label.padEnd(14)} ${value}`),
    '',
    '  npm run demo   in another terminal: sample events become signed webhooks',
    '  Ctrl-C         stops everything; the data stays',
    '',
  ].join('\n');
}

/** A database URL that may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}
