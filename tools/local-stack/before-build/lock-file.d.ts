import type { ProcessIdentity } from './process-identity.js';

export declare function tryLock(path: string): number | undefined;
export declare function waitForLock(path: string, onWait?: (holderPid: number) => void): Promise<void>;
export declare function unlock(path: string): void;
export declare function readHolder(path: string): ProcessIdentity | undefined;
