import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { CompiledFilters } from './compiled-filters.js';
import { RecipientFilter } from './recipient-filter.js';

@Module({})
export class FiltersModule {
  /** @param options.imports where the index of subscriptions comes from */
  static forRoot({ imports = [] }: { imports: ModuleMetadata['imports'] }): DynamicModule {
    return {
      module: FiltersModule,
      imports,
      providers: [RecipientFilter, { provide: CompiledFilters, useFactory: () => new CompiledFilters() }],
      exports: [RecipientFilter],
    };
  }
}
