import type { UnitOfWork } from '#libs/persistence';
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly owner_email: string | null;
  readonly roles: string[];
  readonly created_at: Date;
  readonly updated_at: Date;
}

export class AccountPgStore extends AccountStore {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  override async find(id: string): Promise<Account | undefined> {
    const rows = await this.unitOfWork.read((manager) =>
      manager.query<AccountRow[]>(
        'select a.id, a.name, a.owner_email, a.roles, a.created_at, a.updated_at from subscription.accounts as a where a.id = $1',
        [id],
      ),
    );
    return rows[0] && fromRow(rows[0]);
  }
}

function fromRow(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    ownerEmail: row.owner_email,
    roles: row.roles,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
