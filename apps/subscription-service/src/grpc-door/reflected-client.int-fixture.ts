import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client, credentials, Metadata, type MetadataValue, type ServiceError, status } from '@grpc/grpc-js';
import {
  loadFileDescriptorSetFromBuffer,
  loadSync,
  type MessageTypeDefinition,
  type MethodDefinition,
  type PackageDefinition,
  type ServiceDefinition,
} from '@grpc/proto-loader';
import { apiDefinition } from '../grpc/index.js';
import { ProtoJson } from './proto-json.int-fixture.js';

/** What came of a call, in the words of both protocols. */
export interface RpcAnswer<T = Record<string, unknown>> {
  /** Name of the status: `OK`, `NOT_FOUND`. */
  readonly status: string;
  readonly message: T;
  /** `ErrorInfo.reason`. */
  readonly code: string | undefined;
  /** `BadRequest` as `field: rule`. */
  readonly faults: readonly string[];
  readonly retryAfterSeconds: number | undefined;
  readonly details: string;
  readonly headers: Record<string, MetadataValue[]>;
}

const READ = { longs: Number, enums: String, defaults: false, oneofs: false };
const REFLECTION_ROOT = join(dirname(createRequire(import.meta.url).resolve('@grpc/reflection')), '..', 'proto');

/** A client that knows of the server only what its reflection tells, as `grpcurl` does. */
export class ReflectedClient {
  private constructor(
    private readonly channel: Client,
    readonly services: readonly string[],
    readonly definition: PackageDefinition,
  ) {}

  static async connect(address: string): Promise<ReflectedClient> {
    const channel = new Client(address, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
    const reflection = new Reflection(channel);
    const services = await reflection.services();
    const files = await reflection.files(services);
    return new ReflectedClient(channel, services, loadFileDescriptorSetFromBuffer(descriptorSet(files), READ));
  }

  close(): void {
    this.channel.close();
  }

  /** Every RPC of these services, as `Service/Method`. */
  methods(prefix = 'hookstream.v1.'): string[] {
    const services = this.services.filter((name) => name.startsWith(prefix));
    return services.flatMap((name) => Object.keys(this.definition[name] as ServiceDefinition).map((method) => `${name}/${method}`));
  }

  method(path: string): MethodDefinition<object, object> {
    const [service, name] = path.split('/');
    return (this.definition[service!] as ServiceDefinition)[name!]!;
  }

  /** Of a stream of answers, the last one. @param path `hookstream.v1.WebhookService/GetWebhook` @param request its JSON, or the bytes to send in its place */
  async call<T = Record<string, unknown>>(
    path: string,
    request: object | Buffer,
    headers: Record<string, string> = {},
  ): Promise<RpcAnswer<T>> {
    const method = this.method(path);
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const json = new ProtoJson(this.definition);
    const encode = (message: object | Buffer): Buffer =>
      Buffer.isBuffer(message) ? message : method.requestSerialize(json.toMessage(message, method.requestType.type));
    const read = (message: object): T => json.toJson(message, method.responseType.type) as T;
    return new Promise((resolve) => {
      let received: Record<string, MetadataValue[]> = {};
      const done = (error: ServiceError | null, message?: object): void =>
        resolve(answerOf(error, message ? read(message) : (undefined as T), received));
      const deadline = Date.now() + 20_000;
      if (method.responseStream) {
        const call = this.channel.makeServerStreamRequest(method.path, encode, method.responseDeserialize, request, metadata, { deadline });
        let last: object | undefined;
        call.on('data', (message: object) => (last = message));
        call.on('metadata', (given) => (received = mapOf(given)));
        call.on('error', (error: ServiceError) => done(error));
        call.on('end', () => done(null, last ?? {}));
        return;
      }
      const call = this.channel.makeUnaryRequest(method.path, encode, method.responseDeserialize, request, metadata, { deadline }, done);
      call.on('metadata', (given) => (received = mapOf(given)));
    });
  }
}

function answerOf<T>(error: ServiceError | null, message: T, headers: Record<string, MetadataValue[]>): RpcAnswer<T> {
  if (!error) return { status: 'OK', message, code: undefined, faults: [], retryAfterSeconds: undefined, details: '', headers };
  const bytes = error.metadata.get('grpc-status-details-bin')[0];
  const details = Buffer.isBuffer(bytes) ? decode<{ details?: { type_url: string; value: Buffer }[] }>('Status', bytes).details : undefined;
  const detail = <D>(type: string): D | undefined => {
    const found = details?.find((entry) => entry.type_url === `type.googleapis.com/google.rpc.${type}`);
    return found && decode<D>(type, found.value);
  };
  const violations = detail<{ fieldViolations: { field: string; reason: string }[] }>('BadRequest')?.fieldViolations ?? [];
  return {
    status: status[error.code],
    message,
    code: detail<{ reason: string }>('ErrorInfo')?.reason,
    faults: violations.map(({ field, reason }) => `${field}: ${reason}`),
    retryAfterSeconds: detail<{ retryDelay: { seconds?: number } }>('RetryInfo')?.retryDelay.seconds,
    details: error.details,
    headers: mapOf(error.metadata),
  };
}

function mapOf(metadata: Metadata): Record<string, MetadataValue[]> {
  return Object.fromEntries(Object.keys(metadata.getMap()).map((name) => [name, metadata.get(name)]));
}

function decode<T>(type: string, bytes: Buffer): T {
  return (apiDefinition()[`google.rpc.${type}`] as MessageTypeDefinition<object, object>).deserialize(bytes) as T;
}

interface ReflectionAnswer {
  readonly errorResponse?: { errorMessage: string };
  readonly listServicesResponse?: { service: { name: string }[] };
  readonly fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
}

/** The standard reflection protocol, one question at a time. */
class Reflection {
  private readonly method: MethodDefinition<object, object>;

  constructor(private readonly channel: Client) {
    const definition = loadSync('grpc/reflection/v1/reflection.proto', { ...READ, includeDirs: [REFLECTION_ROOT] });
    this.method = (definition['grpc.reflection.v1.ServerReflection'] as ServiceDefinition)['ServerReflectionInfo']!;
  }

  async services(): Promise<string[]> {
    const answer = await this.ask({ listServices: '' });
    return answer.listServicesResponse!.service.map(({ name }) => name);
  }

  async files(symbols: readonly string[]): Promise<Buffer[]> {
    const answers = await Promise.all(symbols.map((symbol) => this.ask({ fileContainingSymbol: symbol })));
    const files = answers.flatMap((answer) => answer.fileDescriptorResponse!.fileDescriptorProto);
    return [...new Map(files.map((file) => [file.toString('base64'), file])).values()];
  }

  private ask(question: object): Promise<ReflectionAnswer> {
    return new Promise((resolve, reject) => {
      const { path, requestSerialize, responseDeserialize } = this.method;
      const call = this.channel.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
      call.on('error', reject);
      call.on('data', (answer: ReflectionAnswer) => {
        if (answer.errorResponse) reject(new Error(answer.errorResponse.errorMessage));
        resolve(answer);
        call.end();
      });
      call.write(question);
    });
  }
}

/** `google.protobuf.FileDescriptorSet`: field 1, each file with its length before it. */
function descriptorSet(files: readonly Buffer[]): Buffer {
  return Buffer.concat(files.flatMap((file) => [Buffer.from([0x0a]), varint(file.length), file]));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
