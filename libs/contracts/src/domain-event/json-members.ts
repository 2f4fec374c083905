import { ContractViolation } from '../contract-violation.js';
import { scanJsonObject, type JsonMember } from '../json-scan.js';

/** The outermost members of an event that is one JSON object; JSON `null` counts as absent everywhere but in `data`. */
export class JsonMembers {
  private readonly members: ReadonlyMap<string, JsonMember>;

  /** @throws ContractViolation what `scanJsonObject` throws */
  constructor(private readonly bytes: Buffer) {
    this.members = scanJsonObject(bytes);
  }

  find(name: string): JsonMember | undefined {
    return this.members.get(name);
  }

  /** The value's own bytes, as they were published. */
  slice(member: JsonMember): Buffer {
    return this.bytes.subarray(member.start, member.end);
  }

  /** The value as JSON text, as it was published. */
  json(name: string): string | undefined {
    const member = this.members.get(name);
    return member === undefined || member.kind === 'null' ? undefined : this.bytes.toString('utf8', member.start, member.end);
  }

  /** The text that a string member holds. @throws ContractViolation with `reason` when it holds something else */
  text(name: string, reason = 'EVENT_MEMBER_INVALID'): string | undefined {
    const member = this.members.get(name);
    if (member === undefined || member.kind === 'null') return undefined;
    if (member.kind !== 'string') throw new ContractViolation(reason, `${name} must be a string`);
    return this.textOf(member, name, reason);
  }

  /** The text of a member known to be a string. */
  textOf(member: JsonMember, name: string, reason: string): string {
    const inner = this.bytes.toString('utf8', member.start + 1, member.end - 1);
    const text = inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
    // A lone surrogate has no UTF-8: written out again it would be another text.
    if (!text.isWellFormed()) throw new ContractViolation(reason, `${name} holds a lone surrogate`);
    return text;
  }

  /**
   * A text that JSON events call `accountId` and CloudEvents, whose names are lower-case, `accountid`; likewise the channel.
   * Both spellings are read, because taking one for absent would hand the event to the default account.
   */
  extension(name: 'accountId' | 'channelId'): string | undefined {
    const camel = this.text(name);
    const lower = this.text(name.toLowerCase());
    if (camel !== undefined && lower !== undefined && camel !== lower) {
      throw new ContractViolation('EVENT_MEMBER_INVALID', `${name} and ${name.toLowerCase()} differ`);
    }
    return camel ?? lower;
  }
}
