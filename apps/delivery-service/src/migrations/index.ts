import { CreateEvents1763700000001 } from './1763700000001-create-events.js';
import { CreateDue1763700000002 } from './1763700000002-create-due.js';
import { CreateEarlyCommands1763700000003 } from './1763700000003-create-early-commands.js';

/** In the order they run. */
export const migrations = [CreateEvents1763700000001, CreateDue1763700000002, CreateEarlyCommands1763700000003];
