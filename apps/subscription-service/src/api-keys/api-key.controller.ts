import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { isId } from '#libs/kernel';
import { Caller, type Principal, RequiresScope } from '../auth/index.js';
import { decodeKeyCursor, VersionTagInterceptor, versionsOf } from '../http/index.js';
import { apiKeyView } from './api-key.js';
import { CreateApiKeyDto, ListApiKeysDto, RotateApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';
import { ApiKeyService } from './api-key.service.js';

const IF_MATCH = 'if-match';

@Controller('v1/accounts/:id/api-keys')
@RequiresScope('admin')
@UseInterceptors(VersionTagInterceptor)
export class ApiKeyController {
  constructor(private readonly apiKeys: ApiKeyService) {}

  @Post()
  async create(@Caller() caller: Principal, @Param('id') accountId: string, @Body() body: CreateApiKeyDto) {
    const { apiKey, text } = await this.apiKeys.create(caller, accountId, body);
    return apiKeyView(apiKey, text);
  }

  @Get()
  async list(@Caller() caller: Principal, @Param('id') accountId: string, @Query() { cursor, limit }: ListApiKeysDto) {
    const after = decodeKeyCursor(cursor, (key) => isId('key', key));
    const { data, nextCursor } = await this.apiKeys.list(caller, accountId, { after, limit });
    return { data: data.map((apiKey) => apiKeyView(apiKey)), nextCursor };
  }

  @Get(':keyId')
  async get(@Caller() caller: Principal, @Param('id') accountId: string, @Param('keyId') id: string) {
    return apiKeyView(await this.apiKeys.get(caller, accountId, id));
  }

  @Patch(':keyId')
  async update(
    @Caller() caller: Principal,
    @Param('id') accountId: string,
    @Param('keyId') id: string,
    @Headers(IF_MATCH) ifMatch: string,
    @Body() body: UpdateApiKeyDto,
  ) {
    return apiKeyView(await this.apiKeys.update(caller, accountId, id, body, versionsOf(ifMatch)));
  }

  @Delete(':keyId')
  @HttpCode(204)
  async revoke(
    @Caller() caller: Principal,
    @Param('id') accountId: string,
    @Param('keyId') id: string,
    @Headers(IF_MATCH) ifMatch: string,
  ): Promise<void> {
    await this.apiKeys.revoke(caller, accountId, id, versionsOf(ifMatch));
  }

  @Post(':keyId/rotate')
  @HttpCode(200)
  async rotate(
    @Caller() caller: Principal,
    @Param('id') accountId: string,
    @Param('keyId') id: string,
    @Headers(IF_MATCH) ifMatch: string,
    @Body() body: RotateApiKeyDto,
  ) {
    const { apiKey, text } = await this.apiKeys.rotate(caller, accountId, id, body.overlapSeconds, versionsOf(ifMatch));
    return apiKeyView(apiKey, text);
  }
}
