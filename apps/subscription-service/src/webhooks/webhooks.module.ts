import { Module } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { DnsResolver } from '#libs/egress';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';
import { Sealer } from '#libs/secrets';
import { AppConfig } from '../config.js';
import { CatalogModule } from '../catalog/index.js';
import { DatabaseModule } from '../database.module.js';
import { OutboxModule, ServiceOutbox } from '../outbox/index.js';
import { WebhookStandingModule } from '../webhook-standing/index.js';
import { EndedSecrets } from './ended-secrets.js';
import { SecretMaker } from './secret-maker.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookGrpcController } from './webhook.grpc-controller.js';
import { WebhookPresenter } from './webhook-presenter.js';
import { WebhookPgStore } from './webhook.pg-store.js';
import { WebhookPublisher } from './webhook.publisher.js';
import { WebhookRules } from './webhook.rules.js';
import { WebhookService } from './webhook.service.js';
import { WebhookStore } from './webhook.store.js';

@Module({
  imports: [CatalogModule, DatabaseModule, OutboxModule, WebhookStandingModule],
  controllers: [WebhookController, WebhookGrpcController],
  providers: [
    WebhookPresenter,
    { provide: SecretMaker, inject: [AppConfig], useFactory: (config: AppConfig) => new SecretMaker(new Sealer(config.masterKeys)) },
    {
      provide: WebhookRules,
      inject: [Catalog, AppConfig],
      useFactory: (catalog: Catalog, config: AppConfig) => new WebhookRules(catalog, config.egress, new DnsResolver()),
    },
    {
      provide: WebhookStore,
      inject: [UnitOfWork, ServiceOutbox, AppConfig],
      useFactory: (unitOfWork: UnitOfWork, outbox: ServiceOutbox, config: AppConfig) =>
        new WebhookPgStore(unitOfWork, outbox, new WebhookPublisher(config.topics.prefix)),
    },
    {
      provide: EndedSecrets,
      inject: [WebhookStore, WebhookService, Clock],
      useFactory: (store: WebhookStore, webhooks: WebhookService, clock: Clock) => new EndedSecrets(store, webhooks, clock),
    },
    {
      provide: WebhookService,
      inject: [WebhookStore, WebhookRules, SecretMaker, Catalog, Clock],
      useFactory: (store: WebhookStore, rules: WebhookRules, secrets: SecretMaker, catalog: Catalog, clock: Clock) =>
        new WebhookService(store, rules, secrets, catalog, clock),
    },
  ],
  exports: [WebhookService, WebhookStore],
})
export class WebhooksModule {}
