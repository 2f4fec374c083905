import 'reflect-metadata';
import { randomUUID, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface Certificate {
  /** PEM, as `node:tls` takes them. */
  readonly cert: string;
  readonly key: string;
}

export interface LeafOptions {
  /** Host names and IPv4 addresses it is for. */
  readonly hosts: readonly string[];
  /** Ended yesterday. */
  readonly expired?: boolean;
  /** Starts tomorrow. */
  readonly notYet?: boolean;
}

/** An authority of its own, made for one test run: trusted by nobody who is not told to. */
export class TestAuthority {
  private constructor(
    /** PEM of the authority's own certificate. */
    readonly ca: string,
    private readonly name: string,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async create(): Promise<TestAuthority> {
    const name = `CN=Test authority ${randomUUID()}`;
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - 30 * DAY_MS),
      notAfter: new Date(Date.now() + 30 * DAY_MS),
      extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
    });
    return new TestAuthority(certificate.toString('pem'), name, keys);
  }

  async issue(options: LeafOptions): Promise<Certificate> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...leaf(options),
      issuer: this.name,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
    });
    return { cert: certificate.toString('pem'), key: await pem(keys.privateKey) };
  }
}

/** A certificate that vouches for itself. */
export async function selfSigned(options: LeafOptions): Promise<Certificate> {
  const keys = await generateKeys();
  const { subject: name, ...rest } = leaf(options);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({ ...rest, name, keys });
  return { cert: certificate.toString('pem'), key: await pem(keys.privateKey) };
}

function leaf({ hosts, expired = false, notYet = false }: LeafOptions) {
  const names = hosts.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value }));
  return {
    subject: 'CN=receiver',
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() + (notYet ? DAY_MS : -10 * DAY_MS)),
    notAfter: new Date(Date.now() + (expired ? -DAY_MS : 10 * DAY_MS)),
    extensions: [new x509.SubjectAlternativeNameExtension(names)],
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
