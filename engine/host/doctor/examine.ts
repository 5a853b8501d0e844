import postgres from 'postgres';
import { examineKey, examineRetention, examineSchema, examineServer } from './examine-database.ts';
import { examineDisk, examineNode, examinePorts } from './examine-place.ts';
import { examineWork } from './examine-work.ts';
import { fail, ok, type Finding } from './finding.ts';

/** What the doctor looks at. */
export interface Patient {
  nodeVersion: string;
  /** Owner URL. */
  databaseUrl: string;
  masterKey: string | null;
  /** A folder on the volume of the database; null when that is another machine's. */
  folder: string | null;
  ports: Record<string, number>;
}

/** Looks at an installation and changes nothing. Never throws: what cannot be looked at is a finding too. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = [examineNode(patient.nodeVersion), await examinePorts(patient.ports)];
  if (patient.folder !== null) findings.push(examineDisk(patient.folder));
  const sql = postgres(patient.databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined, connection: { application_name: 'weft-doctor', 'weft.maintenance': 'on' } });
  try {
    await sql`select 1`;
    findings.push(ok('database', placeOf(patient.databaseUrl)));
  } catch (error) {
    const todo = 'Start it (npm start starts the embedded one), or correct DATABASE_URL.';
    await sql.end({ timeout: 1 }).catch(() => undefined);
    return [...findings, fail('database', `${placeOf(patient.databaseUrl)}: ${messageOf(error)}`, todo)];
  }
  const schema = await guarded('schema', () => examineSchema(sql));
  findings.push(...(await guarded('server', () => examineServer(sql))), ...schema);
  // The rest reads tables that are not there, or not as this version knows them.
  if (!schema.some((finding) => finding.name === 'migrations' && finding.state === 'fail')) {
    findings.push(...(await guarded('master key', async () => [await examineKey(sql, patient.masterKey)])));
    findings.push(...(await guarded('retention', () => examineRetention(sql))), ...(await guarded('work', () => examineWork(sql))));
  }
  await sql.end({ timeout: 2 });
  return findings;
}

async function guarded(name: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [fail(name, `could not be looked at: ${messageOf(error)}`, 'Is the role of DATABASE_URL the owner of the tables?')];
  }
}

function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || String(('code' in error && error.code) || error.name) : String(error);
}
