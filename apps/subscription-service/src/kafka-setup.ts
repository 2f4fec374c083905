import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { domainTopic, Topics } from '#libs/contracts';
import { KafkaConnection, TopicAdmin } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { AppConfig } from './config.js';

/** Makes every topic of the system that is missing before anything is published: this service is the one that sets up. */
@Injectable()
export class KafkaSetup implements OnModuleInit {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly catalog: Catalog,
    private readonly config: AppConfig,
    private readonly health: HealthRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.health.register('publisher', () => ({ ...this.connection.publisher.health(), live: true }));
    const domainTopics = new Set([...this.catalog.topics(), ...this.config.domainTopics]);
    const topics = [...Object.values(Topics), ...[...domainTopics].map(domainTopic)];
    await new TopicAdmin(this.connection).ensureTopics(topics, this.config.topics);
  }
}
