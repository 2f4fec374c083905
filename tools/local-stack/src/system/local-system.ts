import { mkdirSync, writeFileSync } from 'node:fs';
import { EmbeddedKafka } from '../embedded-kafka.js';
import { EmbeddedPostgres } from '../embedded-postgres.js';
import { freePort } from '../free-port.js';
import { Mailbox } from '../mailbox/mailbox.js';
import { StackError, explained } from '../stack-error.js';
import { announceStop, lockDataDir, unlockDataDir } from './data-dir-lock.js';
import { EmbeddedPart } from './embedded-part.js';
import { keptKey, newAdminKey, newMasterKeys } from './local-keys.js';
import { checkPrerequisites } from './prerequisite-check.js';
import { announceRunning, withdrawRunning } from './running-system.js';
import type { ServiceProcess } from './service-process.js';
import { serviceSet } from './service-set.js';
import { type ApiPorts, commonEnv } from './services.js';
import type { Supervised } from './supervised.js';
import { Supervisor } from './supervisor.js';
import { systemFiles } from './system-files.js';
import type { SystemSettings } from './system-options.js';
import { portsTakenError, takenPorts } from './taken-ports.js';
import { waitingAloud } from './waiting-aloud.js';

/** Milliseconds after the order to stop at which each stage is ended by force, so that all is over within the promised 30 s. */
const STAGE_DEADLINES_MS = [8_000, 20_000, 27_000] as const;
const SERVICE_STARTS = 3;
const DATABASE = 'hookstream';

/** Where a started system is reached. */
export interface SystemAddresses {
  readonly httpUrl: string;
  /** `host:port` of the gRPC API. */
  readonly grpcAddress: string;
  /** Bootstrap servers, comma-separated. */
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly adminKey: string;
  /** Page of the mailbox; absent when mails go to a server of one's own. */
  readonly mailboxUrl?: string | undefined;
}

/**
 * Broker, database and services over one data directory, each supervised. They start in the order broker and database, services,
 * and stop in the opposite one, so that work in hand still finds what it needs.
 */
export class LocalSystem {
  private readonly files: ReturnType<typeof systemFiles>;
  private readonly kafka: EmbeddedPart<EmbeddedKafka> | undefined;
  private readonly postgres: EmbeddedPart<EmbeddedPostgres> | undefined;
  private mailbox: Mailbox | undefined;
  private services: ServiceProcess[][] = [];
  private readonly supervisors = new Map<Supervised, Supervisor>();
  /** Servers do not keep this process alive; a running system must. */
  private readonly alive = setInterval(() => undefined, 60_000);
  private stopping: Promise<void> | undefined;
  private locked = false;

  constructor(
    private readonly settings: SystemSettings,
    private readonly out: (line: string) => void,
  ) {
    const { dataDir, kafkaBrokers, databaseUrl, embeddedKafkaPort, embeddedPostgresPort } = settings;
    this.files = systemFiles(dataDir);
    const { kafka, postgres } = this.files;
    if (!kafkaBrokers)
      this.kafka = new EmbeddedPart('kafka', () => EmbeddedKafka.start({ dataDir: kafka, port: embeddedKafkaPort, log: out }));
    if (!databaseUrl)
      this.postgres = new EmbeddedPart('postgres', () =>
        EmbeddedPostgres.start({ dataDir: postgres, port: embeddedPostgresPort, log: out }),
      );
  }

  /** Process ids by name; 0 for one that does not run at the moment. */
  get pids(): Readonly<Record<string, number>> {
    const parts = [this.kafka, this.postgres, ...this.services.flat()].filter((part) => part !== undefined);
    return Object.fromEntries(parts.map((part) => [part.name, part.pid]));
  }

  /**
   * Resolves when every service is ready. On a fault everything that was started is stopped again.
   * @throws StackError
   */
  async start(): Promise<SystemAddresses> {
    try {
      await checkPrerequisites(this.settings);
      return await this.startAll();
    } catch (error) {
      await this.stop();
      throw explained(error, this.settings.dataDir);
    }
  }

  /** Stops everything in order, within 30 s; also in the middle of a start. */
  async stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    await this.stopping;
  }

  /** Ends everything at once. */
  kill(): void {
    for (const supervisor of this.supervisors.values()) supervisor.kill();
  }

  private async startAll(): Promise<SystemAddresses> {
    const { settings, files } = this;
    for (const folder of [files.logs, files.processes]) mkdirSync(folder, { recursive: true });
    await lockDataDir(settings, this.out);
    this.locked = true;
    await this.endLeftovers();
    const taken = await takenPorts(settings);
    if (taken.length > 0) throw portsTakenError(taken);

    const [brokers, databaseUrl] = await Promise.all([this.startKafka(), this.startPostgres()]);
    const masterKeys = settings.masterKeys ?? keptKey(files.masterKeys, newMasterKeys);
    const adminKey = settings.adminKey ?? keptKey(files.adminKey, newAdminKey);
    const ports = { http: settings.httpPort || (await freePort()), grpc: settings.grpcPort || (await freePort()) };
    const doors = { httpUrl: `http://127.0.0.1:${ports.http}`, grpcAddress: `127.0.0.1:${ports.grpc}` };
    if (!settings.smtpUrl) this.mailbox = await Mailbox.start({ port: settings.mailboxPort });
    const mail = { smtpUrl: settings.smtpUrl ?? this.mailbox!.smtpUrl, publicUrl: doors.httpUrl };
    await this.startServices(ports, commonEnv({ brokers, databaseUrl, masterKeys, adminKey, ...mail, given: settings.env }));

    const addresses = { ...doors, brokers, databaseUrl, adminKey, mailboxUrl: this.mailbox?.url };
    this.announce(addresses);
    return addresses;
  }

  private async endLeftovers(): Promise<void> {
    const services = serviceSet(this.settings, { http: 0, grpc: 0 }, this.out).flat();
    await Promise.all([
      ...services.map((service) => service.endLeftover(this.out)),
      EmbeddedKafka.endLeftover(this.files.kafka, this.out),
      EmbeddedPostgres.endLeftover(this.files.postgres, this.out),
    ]);
  }

  private async startKafka(): Promise<string> {
    if (!this.kafka) return this.settings.kafkaBrokers!;
    await this.supervise(this.kafka, 1);
    return this.kafka.server!.brokers;
  }

  private async startPostgres(): Promise<string> {
    if (!this.postgres) return this.settings.databaseUrl!;
    await this.supervise(this.postgres, 1);
    return this.postgres.server!.ensureDatabase(DATABASE);
  }

  private async startServices(ports: ApiPorts, env: NodeJS.ProcessEnv): Promise<void> {
    this.services = serviceSet({ ...this.settings, env }, ports, this.out);
    const waitedFor = new Map(this.services.flat().map((service) => [service, `${service.name} (its log: ${service.log.path})`]));
    const starts = [...waitedFor.keys()].map(async (service) => {
      service.log.open();
      await this.supervise(service, SERVICE_STARTS);
      waitedFor.delete(service);
    });
    await waitingAloud(Promise.all(starts), () => [...waitedFor.values()].join(', '), this.out);
  }

  private async supervise(part: Supervised, firstStarts: number): Promise<void> {
    this.continueUnlessStopping();
    const supervisor = new Supervisor(part, { log: this.out, firstStarts });
    this.supervisors.set(part, supervisor);
    await supervisor.start();
  }

  private continueUnlessStopping(): void {
    if (this.stopping) throw new StackError('stopped while it was starting');
  }

  private announce(addresses: SystemAddresses): void {
    this.continueUnlessStopping();
    const { settings, files } = this;
    const adminKeyFile = settings.adminKey ? files.givenAdminKey : files.adminKey;
    if (settings.adminKey) writeFileSync(adminKeyFile, `${addresses.adminKey}\n`, { mode: 0o600 });
    const { httpUrl, grpcAddress, brokers, databaseUrl } = addresses;
    announceRunning(settings.dataDir, { httpUrl, grpcAddress, kafkaBrokers: brokers, databaseUrl, adminKeyFile });
  }

  private async stopAll(): Promise<void> {
    const ordered = Date.now();
    const embedded = [this.kafka, this.postgres].filter((part) => part !== undefined);
    if (this.locked) {
      announceStop(this.settings.dataDir);
      withdrawRunning(this.settings.dataDir);
    }
    for (const [i, stage] of [...this.services, embedded].entries()) {
      const graceMs = Math.max(0, ordered + (STAGE_DEADLINES_MS[i] ?? 0) - Date.now());
      await Promise.all(stage.map(async (part) => this.supervisors.get(part)?.stop(graceMs)));
    }
    await this.mailbox?.close();
    if (this.locked) unlockDataDir(this.settings.dataDir);
    clearInterval(this.alive);
  }
}
