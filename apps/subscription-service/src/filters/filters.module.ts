import { Module } from '@nestjs/common';
import { FilterController } from './filter.controller.js';
import { FilterGrpcController } from './filter.grpc-controller.js';
import { FilterTester } from './filter-tester.js';

@Module({ controllers: [FilterController, FilterGrpcController], providers: [FilterTester], exports: [FilterTester] })
export class FiltersModule {}
