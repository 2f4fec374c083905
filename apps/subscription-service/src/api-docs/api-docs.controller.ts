import { Controller, Get } from '@nestjs/common';
import { Catalog } from '#libs/catalog';
import { OpenRoute } from '../auth/index.js';
import { apiDocument } from './api-document.js';

@Controller()
export class ApiDocsController {
  constructor(private readonly catalog: Catalog) {}

  @Get('openapi.json')
  @OpenRoute()
  document() {
    return apiDocument(this.catalog);
  }
}
