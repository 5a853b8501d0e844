import { initial } from './0001-initial.ts';
import { checkedMigrations } from './migration.ts';

/** All migrations, oldest first. */
export const MIGRATIONS = checkedMigrations([initial]);
