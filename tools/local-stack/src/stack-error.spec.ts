import { describe, expect, it } from '@jest/globals';
import { saysDiskFull } from './process/log-tail.js';
import { PortTakenError, explained } from './stack-error.js';

const fault = (code: string): Error => Object.assign(new Error(code), { code, path: '/data/x' });

describe('explained', () => {
  it.each([
    ['ENOSPC', /no space left on the disk that holds \/data\..*HOOKSTREAM_DATA_DIR/],
    ['EACCES', /no permission for \/data\/x\./],
    ['EROFS', /read-only disk/],
  ])('says what %s means and what to do', (code, message) => {
    expect(explained(fault(code), '/data').message).toMatch(message);
  });

  it('leaves every other error as it is', () => {
    const other = new Error('other');
    expect(explained(other, '/data')).toBe(other);
  });
});

describe('PortTakenError', () => {
  it('names the port, whose it is and the variable', () => {
    expect(new PortTakenError(9092, 'the embedded Kafka', 'EMBEDDED_KAFKA_PORT').message).toBe(
      'port 9092 for the embedded Kafka is taken by another program. Stop it, or set EMBEDDED_KAFKA_PORT to a free port.',
    );
  });
});

describe('saysDiskFull', () => {
  it('knows the words of the broker and of the database', () => {
    expect(saysDiskFull('java.io.IOException: No space left on device')).toBe(true);
    expect(saysDiskFull('could not write to file: No space left on device')).toBe(true);
    expect(saysDiskFull('all is well')).toBe(false);
  });
});
