import { type DynamicModule, Module } from '@nestjs/common';
import { topicName, Topics } from '#libs/contracts';
import { EgressClient } from '#libs/egress';
import { MessagingModule } from '#libs/messaging';
import { kafkaSettings, RuntimeModule } from '#libs/runtime';
import { parseMasterKeys, Sealer } from '#libs/secrets';
import { AttemptsModule, IMMEDIATE_DELAYS } from './attempts/index.js';
import { type DeliveryServiceEnv, egressPolicy } from './config.js';
import { productVersion } from './product-version.js';
import { WebhooksModule } from './webhooks/index.js';

export const SERVICE = 'delivery-service';

@Module({})
export class AppModule {
  static forRoot(env: DeliveryServiceEnv): DynamicModule {
    const topic = (name: keyof typeof Topics): string => topicName(Topics[name], env.TOPIC_PREFIX);
    const messaging = MessagingModule.forRoot({ settings: kafkaSettings(env, SERVICE), topicPrefix: env.TOPIC_PREFIX });
    const sealer = new Sealer(parseMasterKeys(env.HOOKSTREAM_MASTER_KEYS.reveal()));
    const webhooks = WebhooksModule.forRoot({ topic: topic('webhooks'), sealer, imports: [messaging] });
    const attempts = AttemptsModule.forRoot({
      settings: {
        rules: { attempts: env.IMMEDIATE_ATTEMPTS, ...IMMEDIATE_DELAYS },
        userAgent: `Hookstream/${productVersion()}`,
      },
      topics: { attempts: topic('attempts'), outcomes: topic('outcomes') },
      maxInFlight: env.MAX_IN_FLIGHT,
      egress: new EgressClient({ policy: egressPolicy(env), connectionsPerOrigin: env.EGRESS_CONNECTIONS_PER_ORIGIN }),
      imports: [messaging, webhooks],
    });
    return {
      module: AppModule,
      imports: [RuntimeModule.forRoot({ service: SERVICE, logLevel: env.LOG_LEVEL }), messaging, webhooks, attempts],
    };
  }
}
