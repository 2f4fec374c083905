import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { Catalog, LiveCatalog, loadCatalog } from '#libs/catalog';
import { KafkaConnection } from '#libs/messaging';
import { HealthRegistry } from '#libs/runtime';
import { CoveringNames } from './covering-names.js';
import { EventTypeFeed } from './event-type-feed.js';
import { SchemaChecks } from './schema-checks.js';

export interface CatalogOptions {
  /** Folder of the catalog's files; the shipped ones when absent. */
  readonly dir: string | undefined;
  /** The full name of the compacted topic of event types. */
  readonly topic: string;
  /** Where the connection to Kafka comes from. */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class CatalogModule {
  static forRoot({ dir, topic, imports = [] }: CatalogOptions): DynamicModule {
    return {
      module: CatalogModule,
      imports,
      providers: [
        { provide: LiveCatalog, useFactory: () => new LiveCatalog(loadCatalog(dir)) },
        { provide: Catalog, useExisting: LiveCatalog },
        { provide: CoveringNames, inject: [LiveCatalog], useFactory: (catalog: LiveCatalog) => new CoveringNames(catalog) },
        SchemaChecks,
        {
          provide: EventTypeFeed,
          inject: [KafkaConnection, LiveCatalog, CoveringNames, HealthRegistry],
          useFactory: (connection: KafkaConnection, catalog: LiveCatalog, covering: CoveringNames, health: HealthRegistry) =>
            new EventTypeFeed(connection, topic, catalog, covering, health),
        },
      ],
      exports: [Catalog, CoveringNames, SchemaChecks, EventTypeFeed],
    };
  }
}
