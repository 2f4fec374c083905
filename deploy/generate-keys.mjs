// Writes the master key and the admin key into the file named on the command line, once, and prints the admin key.
// Used by docker-compose.yml; in production both come from a secret store as environment variables.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const file = process.argv[2];
if (!file) throw new Error('usage: generate-keys.mjs FILE');
if (!existsSync(file)) {
  const lines = [
    `HOOKSTREAM_MASTER_KEYS=k1:${randomBytes(32).toString('base64')}`,
    `HOOKSTREAM_ADMIN_KEY=hsk_admin_${randomBytes(32).toString('base64url')}`,
  ];
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`, { mode: 0o644 });
  renameSync(`${file}.new`, file);
}
process.stdout.write(`admin API key: ${/^HOOKSTREAM_ADMIN_KEY=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]}\n`);
