import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { ApiDocsController } from './api-docs.controller.js';
import { ProblemTypesController } from './problem-types.controller.js';

@Module({ imports: [CatalogModule], controllers: [ApiDocsController, ProblemTypesController] })
export class ApiDocsModule {}
