import type { OnModuleInit } from '@nestjs/common';
import { Topics } from '#libs/contracts';
import { type KafkaConnection, TopicAdmin, type TopicLayout } from '#libs/messaging';
import { HISTORY_TOPICS } from './history-record.js';

/** Makes the topics that are missing, as whoever starts first has to. */
export class TopicSetup implements OnModuleInit {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly layout: TopicLayout,
  ) {}

  async onModuleInit(): Promise<void> {
    await new TopicAdmin(this.connection).ensureTopics([...HISTORY_TOPICS.map((topic) => Topics[topic]), Topics.deadLetters], this.layout);
  }
}
