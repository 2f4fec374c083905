import { Module } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { Clock } from '#libs/kernel';
import { CatalogModule } from '../catalog/index.js';
import { DeliveryRequests, DeliveryRequestsModule } from '../redelivery/index.js';
import { WebhookService, WebhooksModule } from '../webhooks/index.js';
import { TestSendController } from './test-send.controller.js';
import { TestSendGrpcController } from './test-send.grpc-controller.js';
import { TestSendService } from './test-send.service.js';

@Module({
  imports: [CatalogModule, WebhooksModule, DeliveryRequestsModule],
  controllers: [TestSendController, TestSendGrpcController],
  providers: [
    {
      provide: TestSendService,
      inject: [WebhookService, Catalog, DeliveryRequests, Clock],
      useFactory: (webhooks: WebhookService, catalog: Catalog, requests: DeliveryRequests, clock: Clock) =>
        new TestSendService(webhooks, catalog, requests, clock),
    },
  ],
})
export class TestSendsModule {}
