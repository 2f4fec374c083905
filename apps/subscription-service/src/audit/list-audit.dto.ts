import { Label, Optional, PageDto } from '../http/index.js';

export class ListAuditDto extends PageDto {
  @Optional()
  @Label(256)
  accountId?: string;

  @Optional()
  @Label(100)
  action?: string;

  @Optional()
  @Label(100)
  actor?: string;
}
