import { Controller, Get, Param } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { AppError } from '#libs/kernel';
import './catalog.errors.js';

/** What a webhook can subscribe to. The catalog is constant while the service runs and small, so lists come whole. */
@Controller('v1')
export class CatalogController {
  constructor(private readonly catalog: Catalog) {}

  @Get('modules')
  modules() {
    return { data: this.catalog.modules(), nextCursor: null };
  }

  @Get('event-types')
  eventTypes() {
    return { data: this.catalog.eventTypes(), nextCursor: null };
  }

  @Get('event-types/:type')
  eventType(@Param('type') type: string) {
    const found = this.catalog.get(type);
    if (!found) throw new AppError('EVENT_TYPE_NOT_FOUND', 'the catalog has no event type of this name');
    return found;
  }
}
