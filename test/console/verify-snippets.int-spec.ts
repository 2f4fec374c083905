import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateSecret, SigningKey, standardWebhookSignature, whsecForm } from '#libs/signing';

const SNIPPETS = fileURLToPath(new URL('../../apps/console/src/webhook/secrets/snippets/', import.meta.url));
const BUILD_MS = 120_000;

interface Language {
  readonly name: string;
  /** Says its version when it is installed. */
  readonly probe: readonly [string, ...string[]];
  /** The snippet, and where the program below looks for it. */
  readonly snippet: readonly [file: string, to: string];
  /** A program that gives the snippet secret, id, timestamp and signatures of its arguments and the body of its input, and prints `true` or `false`. */
  readonly program: Readonly<Record<string, string>>;
  readonly build?: readonly [string, ...string[]];
  readonly run: readonly [string, ...string[]];
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'Node.js',
    probe: [process.execPath, '--version'],
    snippet: ['verify.mjs', 'verify.mjs'],
    program: {
      'main.mjs': `import { readFileSync } from 'node:fs';
import { verify } from './verify.mjs';
const [secret, id, timestamp, signatures] = process.argv.slice(2);
console.log(verify(secret, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures }, readFileSync(0)));`,
    },
    run: [process.execPath, 'main.mjs'],
  },
  {
    name: 'Python',
    probe: ['python3', '--version'],
    snippet: ['verify.py', 'verify.py'],
    program: {
      'main.py': `import sys
from verify import verify
secret, id, timestamp, signatures = sys.argv[1:]
headers = {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures}
print("true" if verify(secret, headers, sys.stdin.buffer.read()) else "false")`,
    },
    run: ['python3', 'main.py'],
  },
  {
    name: 'Go',
    probe: ['go', 'version'],
    snippet: ['verify.go', 'webhook/verify.go'],
    program: {
      'go.mod': 'module check\n\ngo 1.20\n',
      'main.go': `package main

import (
	"check/webhook"
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	body, _ := io.ReadAll(os.Stdin)
	header := http.Header{}
	header.Set("webhook-id", os.Args[2])
	header.Set("webhook-timestamp", os.Args[3])
	header.Set("webhook-signature", os.Args[4])
	fmt.Println(webhook.Verify(os.Args[1], header, body))
}`,
    },
    build: ['go', 'build', '-o', 'main', '.'],
    run: ['./main'],
  },
  {
    name: 'Java',
    probe: ['javac', '-version'],
    snippet: ['Verify.java', 'Verify.java'],
    program: {
      'Main.java': `class Main {
  public static void main(String[] given) throws Exception {
    System.out.println(Verify.verify(given[0], given[1], given[2], given[3], System.in.readAllBytes()));
  }
}`,
    },
    build: ['javac', 'Verify.java', 'Main.java'],
    run: ['java', '-cp', '.', 'Main'],
  },
  {
    name: 'PHP',
    probe: ['php', '--version'],
    snippet: ['verify.php', 'verify.php'],
    program: {
      'main.php': `<?php
require __DIR__ . '/verify.php';
[, $secret, $id, $timestamp, $signatures] = $argv;
$headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signatures];
echo verify($secret, $headers, file_get_contents('php://stdin')) ? 'true' : 'false';`,
    },
    run: ['php', 'main.php'],
  },
  {
    name: 'Ruby',
    probe: ['ruby', '--version'],
    snippet: ['verify.rb', 'verify.rb'],
    program: {
      'main.rb': `require_relative 'verify'
secret, id, timestamp, signatures = ARGV
headers = { 'webhook-id' => id, 'webhook-timestamp' => timestamp, 'webhook-signature' => signatures }
puts verify(secret, headers, $stdin.binmode.read)`,
    },
    run: ['ruby', 'main.rb'],
  },
];

const SECRET = generateSecret();
const ID = 'evt_01kay2q4c8f0v6m3d9x7r5t1zd';
const BODY = Buffer.from('{"name":"Zoë","total":"24.00"}\n');

interface Received {
  readonly secret: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: string;
  readonly body: Buffer;
}

function signed(secret: string, ageSeconds = 0): Received {
  const seconds = Math.floor(Date.now() / 1000) - ageSeconds;
  const signatures = standardWebhookSignature([SigningKey.from(secret)], ID, seconds, BODY);
  return { secret, id: ID, timestamp: String(seconds), signatures, body: BODY };
}

describe.each(LANGUAGES)('the snippet that verifies in $name', ({ probe, snippet, program, build, run }) => {
  const isInstalled = spawnSync(probe[0], probe.slice(1)).status === 0;
  const check = isInstalled ? it : it.skip;
  let folder = '';

  const accepts = ({ secret, id, timestamp, signatures, body }: Received): boolean => {
    const [command, ...args] = run;
    const said = execFileSync(command, [...args, secret, id, timestamp, signatures], { cwd: folder, input: body, encoding: 'utf8' });
    expect(['true', 'false']).toContain(said.trim());
    return said.trim() === 'true';
  };

  beforeAll(() => {
    if (!isInstalled) return;
    folder = mkdtempSync(join(tmpdir(), 'verify-snippet-'));
    mkdirSync(dirname(join(folder, snippet[1])), { recursive: true });
    copyFileSync(SNIPPETS + snippet[0], join(folder, snippet[1]));
    for (const [file, text] of Object.entries(program)) writeFileSync(join(folder, file), text);
    if (build) execFileSync(build[0], build.slice(1), { cwd: folder, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' } });
  }, BUILD_MS);
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  check('accepts what is signed with the secret, in both of its forms', () => {
    expect(accepts(signed(SECRET))).toBe(true);
    expect(accepts({ ...signed(SECRET), secret: whsecForm(SECRET) })).toBe(true);
  });

  check('accepts one of two signatures, as while a secret is being rotated', () => {
    const right = signed(SECRET);
    const other = signed(generateSecret()).signatures;
    expect(accepts({ ...right, signatures: `${other} ${right.signatures}` })).toBe(true);
  });

  check('refuses another secret, another body, another id, and no signature', () => {
    const right = signed(SECRET);
    expect(accepts({ ...right, signatures: signed(generateSecret()).signatures })).toBe(false);
    expect(accepts({ ...right, body: Buffer.from('{"name":"Zoë","total":"25.00"}\n') })).toBe(false);
    expect(accepts({ ...right, id: `${ID}x` })).toBe(false);
    expect(accepts({ ...right, signatures: '' })).toBe(false);
  });

  check('refuses what was signed too long ago, or will be, and a timestamp that is none', () => {
    expect(accepts(signed(SECRET, 400))).toBe(false);
    expect(accepts(signed(SECRET, -400))).toBe(false);
    for (const timestamp of ['', 'soon', '²']) expect(accepts({ ...signed(SECRET), timestamp })).toBe(false);
  });
});
