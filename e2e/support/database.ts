import postgres from 'postgres';
import { runningProduct } from './product.ts';

/** Looks into the product's database with one query, as an auditor would; never for arranging. */
export async function look<T>(query: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(runningProduct().ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await query(sql);
  } finally {
    await sql.end();
  }
}
