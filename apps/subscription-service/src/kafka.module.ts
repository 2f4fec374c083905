import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { AppConfig } from './config.js';

const messaging = MessagingModule.forRootAsync({
  inject: [AppConfig],
  useFactory: (config: AppConfig) => ({ settings: config.kafka, topicPrefix: config.topics.prefix }),
});

@Module({ imports: [messaging], exports: [messaging] })
export class KafkaModule {}
