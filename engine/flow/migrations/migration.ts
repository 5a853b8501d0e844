/**
 * One step of the document's history: turns a document of version `to - 1` into one of version `to`. A migration imports
 * nothing that lives on; it must mean the same in ten years.
 */
export interface Migration {
  to: number;
  name: string;
  up(document: Record<string, unknown>): Record<string, unknown>;
}

/**
 * Checks that ids are consecutive from 1, so that a forgotten or doubled migration stops the process when it loads.
 * @throws {Error} naming the migration out of line.
 */
export function checkedMigrations(migrations: readonly Migration[]): readonly Migration[] {
  migrations.forEach((migration, index) => {
    if (migration.to !== index + 1) {
      throw new Error(`Migration "${migration.name}" has number ${migration.to}, but ${index + 1} is next`);
    }
  });
  return migrations;
}
