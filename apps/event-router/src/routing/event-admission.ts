import { Injectable, Logger } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import type { DomainEvent } from '#libs/contracts';
import { SchemaChecks } from '../catalog/index.js';
import { countMismatch } from './routing.metrics.js';

/** Whether an event is one that is routed: of a type that travels, with data that fits where its type insists. */
@Injectable()
export class EventAdmission {
  private readonly logger = new Logger('routing');

  constructor(
    private readonly catalog: Catalog,
    private readonly schemas: SchemaChecks,
  ) {}

  judge(event: DomainEvent): 'routable' | 'unknown-type' | 'schema-mismatch' {
    // Unknown is, besides what the catalog lacks, what it has but never lets travel: combined types and `test.webhook`.
    if (!this.catalog.isKnown(event.type)) return 'unknown-type';
    const type = this.catalog.get(event.type)!;
    if (type.schemaCheck === 'off') return 'routable';
    const faults = this.schemas.faultsOf(type, event);
    if (faults.length === 0) return 'routable';
    countMismatch(type.schemaCheck);
    const { accountId, id: eventId, type: eventType } = event;
    const places = faults.slice(0, 5).map(({ path, rule }) => `data${path} ${rule}`);
    this.logger.log({ accountId, eventId, eventType, action: type.schemaCheck, places }, 'event.schema-mismatch');
    return type.schemaCheck === 'reject' ? 'schema-mismatch' : 'routable';
  }
}
