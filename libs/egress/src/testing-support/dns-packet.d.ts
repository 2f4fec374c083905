// The package comes without types; these are of what the name server for tests uses.
declare module 'dns-packet' {
  interface Question {
    readonly name: string;
    readonly type: string;
  }
  interface Answer {
    readonly name: string;
    readonly type: 'A' | 'AAAA' | 'CNAME';
    readonly ttl: number;
    readonly data: string;
  }
  interface Packet {
    readonly id?: number;
    readonly type?: 'query' | 'response';
    readonly flags?: number;
    readonly questions?: readonly Question[];
    readonly answers?: readonly Answer[];
  }
  export const TRUNCATED_RESPONSE: number;
  export const RECURSION_AVAILABLE: number;
  export function decode(message: Buffer): Packet;
  export function encode(packet: Packet): Buffer;
}
