export declare function commandPath(command: string, env?: NodeJS.ProcessEnv): string | undefined;
