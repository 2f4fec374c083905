// Plain JavaScript without dependencies: also used by tools/bootstrap.mjs, before anything is installed or built.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { commandPath } from './command-path.js';

const ALTERNATIVE = 'Or set KAFKA_BROKERS=host:port to use a Kafka of your own, or run the whole system with "docker compose up".';

/** The java command: of JAVA_HOME where that is set, as Maven does it, else the one on the PATH. */
export function javaCommand(env = process.env) {
  return env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
}

export function mavenCommand() {
  return process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
}

/**
 * What the embedded Kafka lacks on this machine: a message for each, saying which, why it is needed and what else can be done.
 * Maven is needed only for the first download.
 */
export async function missingPrerequisites({ maven, env = process.env }) {
  const [java, mvn] = await Promise.all([javaFault(env), maven ? mavenFault(env) : undefined]);
  const faults = [java, mvn].filter((fault) => fault !== undefined);
  return faults.length === 0 ? [] : [...faults, ALTERNATIVE];
}

async function javaFault(env) {
  const why = 'The embedded Kafka runs on Java 17 or newer';
  const hint = 'Install a JDK (for example Eclipse Temurin 17) and put it on the PATH, or set JAVA_HOME.';
  if (!commandPath(javaCommand(env), env)) {
    return `${why}, and ${env.JAVA_HOME ? `JAVA_HOME names a folder without bin/java` : 'no java was found on the PATH'}. ${hint}`;
  }
  const printed = await printedBy(javaCommand(env), ['-version'], env);
  const major = javaMajor(printed);
  if (major === undefined) return `${why}, and "java -version" does not say which one it is: ${firstLine(printed)}. ${hint}`;
  return major < 17 ? `${why}, and this is Java ${major}. ${hint}` : undefined;
}

async function mavenFault(env) {
  const why = 'Maven 3.8 or newer downloads the embedded Kafka at the first start';
  const hint = 'Install Maven (package "maven" of most systems) and put mvn on the PATH.';
  if (!commandPath('mvn', env)) return `${why}, and no mvn was found on the PATH. ${hint}`;
  const printed = await printedBy(mavenCommand(), ['-v'], env);
  const version = mavenVersion(printed);
  if (version === undefined) return `${why}, and "mvn -v" does not say which one it is: ${firstLine(printed)}. ${hint}`;
  const [major, minor] = version;
  return major < 3 || (major === 3 && minor < 8) ? `${why}, and this is Maven ${major}.${minor}. ${hint}` : undefined;
}

/** Java's major version from what `java -version` prints: `"17.0.15"` is 17, `"1.8.0_402"` is 8. */
export function javaMajor(printed) {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(printed);
  if (!match) return undefined;
  return match[1] === '1' && match[2] !== undefined ? Number(match[2]) : Number(match[1]);
}

/** Major and minor version from what `mvn -v` prints, colours or not. */
export function mavenVersion(printed) {
  const match = /Apache Maven (\d+)\.(\d+)/.exec(printed);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function firstLine(text) {
  return text.trim().split('\n')[0] || 'it prints nothing';
}

async function printedBy(command, args, env) {
  return new Promise((resolve) => {
    const options = { env, timeout: 30_000, shell: process.platform === 'win32' };
    execFile(command, args, options, (error, stdout, stderr) => resolve(`${stdout}${stderr}` || (error?.message ?? '')));
  });
}
