import { type MasterKeys, Sealer } from '#libs/secrets';

/** Which mails an address is to get no more. */
export interface Unsubscription {
  readonly accountId: string;
  /** `null`: about any webhook of the account. */
  readonly webhookId: string | null;
  /** In lower case. */
  readonly address: string;
}

const PURPOSE = ['unsubscribe'];
const LONGEST_TOKEN = 2_000;

/** Links that carry what they switch off, sealed: who has none can neither make one up nor learn an address from one. */
export class UnsubscribeLinks {
  private readonly sealer: Sealer;

  constructor(
    keys: MasterKeys,
    /** Without a slash at the end. */
    private readonly publicUrl: string,
  ) {
    this.sealer = new Sealer(keys);
  }

  linkFor({ accountId, webhookId, address }: Unsubscription): string {
    const token = this.sealer.seal(JSON.stringify([accountId, webhookId, address]), PURPOSE);
    return `${this.publicUrl}/unsubscribe?token=${token}`;
  }

  /** What the token of a link stands for; undefined for any other text, and for one whose master key is gone. */
  read(token: unknown): Unsubscription | undefined {
    if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
    try {
      const [accountId, webhookId, address] = JSON.parse(this.sealer.open(token, PURPOSE).toString('utf8')) as [
        string,
        string | null,
        string,
      ];
      return { accountId, webhookId, address };
    } catch {
      return undefined;
    }
  }
}
