import { Module } from '@nestjs/common';
import { Catalog, loadCatalog } from '#libs/catalog';
import { AppConfig } from '../config.js';
import { CatalogController } from './catalog.controller.js';

@Module({
  controllers: [CatalogController],
  providers: [{ provide: Catalog, inject: [AppConfig], useFactory: (config: AppConfig) => loadCatalog(config.catalogDir) }],
  exports: [Catalog],
})
export class CatalogModule {}
