export interface ProcessIdentity {
  readonly pid: number;
  readonly birth?: string | undefined;
}
export declare function isAlive(pid: number): boolean;
export declare function birthOf(pid: number): string | undefined;
export declare function commandOf(pid: number): string;
export declare function stillRuns(identity: ProcessIdentity): boolean;
