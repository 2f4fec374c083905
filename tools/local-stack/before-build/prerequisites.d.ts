export declare function javaCommand(env?: NodeJS.ProcessEnv): string;
export declare function mavenCommand(): string;
export declare function missingPrerequisites(options: { maven: boolean; env?: NodeJS.ProcessEnv }): Promise<string[]>;
export declare function javaMajor(printed: string): number | undefined;
export declare function mavenVersion(printed: string): readonly [major: number, minor: number] | undefined;
