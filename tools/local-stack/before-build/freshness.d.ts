export declare const INSTALL_STAMP: string;
export declare const BUILD_STAMP: string;
export declare function isFresh(root: string, stamp: string, state: string): boolean;
export declare function installState(root: string): string;
export declare function buildState(root: string): string;
