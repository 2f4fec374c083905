import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { AnyKey, Caller, type Principal, RequiresScope } from '../auth/index.js';
import { CreatePortalSessionDto } from './portal-session.dto.js';
import { PortalSessionService } from './portal-session.service.js';
import { sessionView, shownSessionView } from './portal-session.view.js';

@Controller('v1')
export class PortalSessionController {
  constructor(private readonly sessions: PortalSessionService) {}

  @Post('accounts/:id/portal-sessions')
  @RequiresScope('admin')
  async create(@Caller() caller: Principal, @Param('id') accountId: string, @Body() body?: CreatePortalSessionDto) {
    return shownSessionView(await this.sessions.create(caller, accountId, body ?? {}));
  }

  @Get('session')
  @AnyKey()
  session(@Caller() caller: Principal) {
    return sessionView(caller);
  }
}
