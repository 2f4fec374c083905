export { ConfigError, loadConfig } from './config.js';
export { Bool, CommaList, Int, OptionalCommaList, Port } from './env-rules.js';
export { HealthRegistry, type PartHealth, type ServiceHealth } from './health-registry.js';
export { KafkaEnv, kafkaSettings } from './kafka-env.js';
export { HTTP_STATUS, PROBLEM_BASE, problemOf, type Problem } from './problem.js';
export { ProblemFilter } from './problem.filter.js';
export { EXIT_CONFIG, runService, type ServiceOptions } from './run-service.js';
export { RuntimeModule, type RuntimeOptions } from './runtime.module.js';
export { validationFailed, validationPipe } from './validation.js';
