import { AppError } from '#libs/kernel';
import type { Admin, GroupDescription } from 'kafkajs';
import kafkajs from 'kafkajs';
import type { KafkaConnection } from './kafka-connection.js';
import './messaging.errors.js';

export interface PartitionLag {
  readonly partition: number;
  /** The offset that the group reads next, decimal; null: it has committed none. */
  readonly committed: string | null;
  /** The offset that the next record gets, decimal. */
  readonly end: string;
  /** Records that the group has not committed; where it has committed none, all that the partition holds. */
  readonly lag: number;
}

export interface TopicLag {
  readonly topic: string;
  readonly lag: number;
  readonly partitions: readonly PartitionLag[];
}

export interface GroupLag {
  readonly groupId: string;
  /** In Kafka's words: `Stable`, `PreparingRebalance`, `CompletingRebalance`, `Empty`, `Dead`. */
  readonly state: string;
  readonly members: number;
  readonly lag: number;
  readonly topics: readonly TopicLag[];
}

interface PartitionEnds {
  readonly partition: number;
  readonly high: string;
  readonly low: string;
}

const PATIENCE_MS = 4_000;

/** How far consumer groups are behind. Reads what the brokers know: it takes part in no group and changes nothing. */
export class LagMeter {
  /** By prefix. While brokers are away the client goes on trying for longer than a caller waits: one at a time does so. */
  readonly #measuring = new Map<string, Promise<readonly GroupLag[]>>();

  constructor(private readonly connection: KafkaConnection) {}

  /**
   * The groups whose ids begin so, by id.
   * @throws AppError `BROKER_UNAVAILABLE` after four seconds at most
   */
  async measure(groupPrefix: string): Promise<readonly GroupLag[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS)));
    try {
      return await Promise.race([this.#measure(groupPrefix), late]);
    } catch (cause) {
      throw new AppError('BROKER_UNAVAILABLE', 'measuring the lag of consumer groups', { cause, retryAfterSeconds: 2 });
    } finally {
      clearTimeout(timer);
    }
  }

  #measure(groupPrefix: string): Promise<readonly GroupLag[]> {
    let measuring = this.#measuring.get(groupPrefix);
    if (!measuring) {
      measuring = this.connection.withAdmin((admin) => groupsOf(admin, groupPrefix));
      this.#measuring.set(groupPrefix, measuring);
      const over = (): void => void this.#measuring.delete(groupPrefix);
      measuring.then(over, over);
    }
    return measuring;
  }
}

async function groupsOf(admin: Admin, prefix: string): Promise<readonly GroupLag[]> {
  const ids = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith(prefix));
  if (ids.length === 0) return [];
  const { groups } = await admin.describeGroups(ids);
  const committed = await Promise.all(groups.map((group) => committedOf(admin, group)));
  const topics = [...new Set(committed.flatMap((offsets) => [...offsets.keys()]))];
  const ends = new Map(await Promise.all(topics.map(async (topic) => [topic, await endsOf(admin, topic)] as const)));
  return groups
    .map((group, index) => lagOf(group, committed[index]!, ends))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : a.groupId > b.groupId ? 1 : 0));
}

/** By topic and partition; topics of which a member reads partitions, though nothing is committed, are there too. */
async function committedOf(admin: Admin, group: GroupDescription): Promise<Map<string, Map<number, string>>> {
  const found = await admin.fetchOffsets({ groupId: group.groupId });
  const offsets = new Map(found.map(({ topic, partitions }) => [topic, new Map(partitions.map((at) => [at.partition, at.offset]))]));
  for (const topic of readBy(group)) if (!offsets.has(topic)) offsets.set(topic, new Map());
  return offsets;
}

function readBy({ members }: GroupDescription): string[] {
  return members.flatMap(({ memberAssignment }) =>
    memberAssignment.length === 0 ? [] : Object.keys(kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment ?? {}),
  );
}

/** None of a topic that is gone. */
async function endsOf(admin: Admin, topic: string): Promise<readonly PartitionEnds[]> {
  try {
    return await admin.fetchTopicOffsets(topic);
  } catch (error) {
    if ((error as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION') return [];
    throw error;
  }
}

function lagOf(
  { groupId, state, members }: GroupDescription,
  committed: ReadonlyMap<string, ReadonlyMap<number, string>>,
  ends: ReadonlyMap<string, readonly PartitionEnds[]>,
): GroupLag {
  const topics = [...committed]
    .map(([topic, offsets]) => topicLag(topic, offsets, ends.get(topic) ?? []))
    .filter(({ partitions }) => partitions.length > 0)
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  return { groupId, state, members: members.length, lag: sum(topics), topics };
}

function topicLag(topic: string, offsets: ReadonlyMap<number, string>, ends: readonly PartitionEnds[]): TopicLag {
  const partitions = ends
    .map(({ partition, high, low }): PartitionLag => {
      const offset = offsets.get(partition);
      const committed = offset === undefined || Number(offset) < 0 ? null : offset;
      // What retention or compaction took away is no work any more.
      const next = Math.max(Number(committed ?? low), Number(low));
      return { partition, committed, end: high, lag: Math.max(0, Number(high) - next) };
    })
    .sort((a, b) => a.partition - b.partition);
  return { topic, lag: sum(partitions), partitions };
}

function sum(parts: readonly { readonly lag: number }[]): number {
  return parts.reduce((total, { lag }) => total + lag, 0);
}
