import { IsIn } from 'class-validator';
import { type Circuit, CIRCUITS } from '#libs/contracts';
import { Label, Optional, PageDto } from '../http/index.js';
import { MAIL_STATUSES, type MailStatus } from './notification.store.js';

export class ListCircuitsDto extends PageDto {
  @Optional()
  @IsIn(CIRCUITS)
  circuit?: Circuit;

  @Optional()
  @Label(256)
  accountId?: string;
}

export class ListNotificationsDto extends PageDto {
  @Optional()
  @Label(256)
  accountId?: string;

  @Optional()
  @Label(100)
  webhookId?: string;

  @Optional()
  @IsIn(MAIL_STATUSES)
  status?: MailStatus;
}
