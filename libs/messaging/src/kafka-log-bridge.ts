import { logLevel, type logCreator } from 'kafkajs';
import type { LogFunction, LogLevel } from './kafka-settings.js';

const LEVELS: Partial<Record<logLevel, LogLevel>> = { [logLevel.WARN]: 'warn', [logLevel.INFO]: 'debug', [logLevel.DEBUG]: 'debug' };

// What every start, rebalance and broker restart says, although the client heals itself. What does not heal comes out
// as an event of the runner or the publisher, which own the levels above `warn`.
const ROUTINE =
  /Connection (error|timeout)|Failed to connect|Failed to send messages|Closed connection|coordinator is (loading|not available)|coordinator is not aware|not the correct coordinator|group is rebalancing|rebalance in progress|rejoin|Response [A-Z]|metadata|Crash:|Restarting the consumer|reached after|no leader|leader not available/i;

/** A kafkajs logger that writes through `log`, with the noise of normal operation at debug. */
export function kafkaLogBridge(log: LogFunction): logCreator {
  return () => (entry) => {
    const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...fields } = entry.log;
    // The client's own errors are at most warnings: it retries, and who uses it decides when retrying has failed.
    const level = ROUTINE.test(message) ? 'debug' : (LEVELS[entry.level] ?? 'warn');
    log(level, 'kafka-client.reported', { namespace: entry.namespace, message, ...fields });
  };
}
