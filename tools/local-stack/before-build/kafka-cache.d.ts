export declare const KAFKA_POM: string;
export declare function kafkaFolder(cacheDir: string): string;
export declare function hasKafkaJars(cacheDir: string): boolean;
