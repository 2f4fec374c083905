import { type DynamicModule, Module } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { EgressClient } from '#libs/egress';
import { MessagingModule } from '#libs/messaging';
import { kafkaSettings, productVersion, RuntimeModule } from '#libs/runtime';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { AttemptsModule } from './attempts/index.js';
import { type DeliveryServiceEnv, egressPolicy, healthRules, retryRules } from './config.js';
import { DueModule } from './due/index.js';
import { HealthModule } from './health/index.js';
import { WebhooksModule } from './webhooks/index.js';

export const SERVICE = 'delivery-service';

@Module({})
export class AppModule {
  static forRoot(env: DeliveryServiceEnv): DynamicModule {
    const topic = (name: keyof typeof Topics): string => topicName(Topics[name], env.TOPIC_PREFIX);
    const messaging = MessagingModule.forRoot({ settings: kafkaSettings(env, SERVICE), topicPrefix: env.TOPIC_PREFIX });
    const sealer = new Sealer(parseMasterKeys(env.HOOKSTREAM_MASTER_KEYS.reveal()));
    const webhooks = WebhooksModule.forRoot({ topic: topic('webhooks'), sealer, imports: [messaging] });
    const due = DueModule.forRoot({
      databaseUrl: env.DATABASE_URL,
      topics: { deliveries: topic('deliveries'), outcomes: topic('outcomes') },
      pace: { perSecond: env.DUE_PER_SECOND, perWebhook: env.DUE_PER_SECOND_PER_WEBHOOK },
      imports: [messaging, webhooks],
    });
    const health = HealthModule.forRoot({ topic: topic('endpointHealth'), rules: healthRules(env), imports: [messaging, webhooks] });
    const attempts = AttemptsModule.forRoot({
      settings: { rules: retryRules(env), userAgent: `Hookstream/${productVersion()}` },
      topics: { attempts: topic('attempts'), outcomes: topic('outcomes'), retries: topic('retries') },
      maxConcurrent: env.MAX_CONCURRENT_ATTEMPTS,
      egress: new EgressClient({ policy: egressPolicy(env), connectionsPerOrigin: env.EGRESS_CONNECTIONS_PER_ORIGIN }),
      imports: [messaging, webhooks, due, health],
    });
    return {
      module: AppModule,
      imports: [RuntimeModule.forRoot({ service: SERVICE, logLevel: env.LOG_LEVEL }), messaging, webhooks, due, health, attempts],
    };
  }
}
