export { accountsApi } from './account.openapi.js';
export type { Account, AccountPatch, NotificationKind, NotificationSettings } from './account.js';
export { CreateAccountDto, ListAccountsDto, NotificationsDto, UpdateAccountDto } from './account.dto.js';
export { isAccountId } from './account-id.js';
export { AccountRemovalModule } from './account-removal.module.js';
export { AccountService, type ListAccounts, type NewAccount } from './account.service.js';
export { AccountsModule } from './accounts.module.js';
