import { describe, expect, it } from '@jest/globals';
import { javaMajor, mavenVersion, missingPrerequisites } from './prerequisites.js';

describe('prerequisites', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_402"', 8],
    ['Error: no such thing', undefined],
  ])('reads the major version of Java from %j', (printed, major) => {
    expect(javaMajor(printed)).toBe(major);
  });

  it('reads the version of Maven through colours', () => {
    expect(mavenVersion('\u001b[1mApache Maven 3.8.7\u001b[m\nMaven home: /usr/share/maven')).toEqual([3, 8]);
  });

  it('names everything that is missing, and the alternative', async () => {
    const missing = await missingPrerequisites({ maven: true, env: { PATH: '' } });
    expect(missing).toHaveLength(3);
    expect(missing[0]).toMatch(/Java 17 or newer, and no java was found/);
    expect(missing[1]).toMatch(/Maven 3\.8 or newer .* no mvn was found/);
    expect(missing[2]).toMatch(/KAFKA_BROKERS=host:port .*docker compose up/);
  });

  it('needs no Maven once Kafka is downloaded', async () => {
    expect((await missingPrerequisites({ maven: false, env: { PATH: '' } })).join()).not.toMatch(/mvn/);
  });
});
