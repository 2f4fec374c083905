import { Controller, Get, Param } from '@nestjs/common';
import { AppError, errorTable } from '#libs/kernel';
import { HTTP_STATUS, problemType } from '#libs/runtime';
import { OpenRoute } from '../auth/index.js';

/** What the `type` of a problem document leads to. */
@Controller('problems')
export class ProblemTypesController {
  @Get(':name')
  @OpenRoute()
  problemType(@Param('name') name: string) {
    for (const [code, { kind, title, retryable }] of errorTable()) {
      if (problemType(code).endsWith(`/${name}`)) return { type: problemType(code), code, title, status: HTTP_STATUS[kind], retryable };
    }
    throw new AppError('ROUTE_NOT_FOUND', 'there is no problem of this type');
  }
}
