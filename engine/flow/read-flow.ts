import { findNodeKind } from '../nodes/registry.ts';
import type { NodeKind } from '../nodes/node-kind.ts';
import { flowDocumentSchema, type FlowDocument } from './document.ts';
import { isRecord } from './json.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { structuralFault } from './structure.ts';

export type ReadFlowError =
  /** Saved by a newer release; this one must not touch it. */
  | { code: 'newer_than_code'; found: number; known: number; kind?: string }
  | { code: 'unreadable'; reason: string; path?: string }
  | { code: 'unknown_kind'; kind: string; nodeId: string };

export type ReadFlowResult = { ok: true; doc: FlowDocument } | { ok: false; error: ReadFlowError };

/** Where migrations and kinds come from; tests pass their own to prove the mechanism. */
export interface ReadFlowWorld {
  migrations: readonly Migration[];
  findKind(kind: string): NodeKind | undefined;
}

const WORLD: ReadFlowWorld = { migrations: MIGRATIONS, findKind: findNodeKind };

/**
 * Reads a stored flow document: migrates it, upgrades its nodes, parses it and checks its structure. Never throws and
 * never changes what it was given. Faults a consultant can repair (missing fields, unconnected nodes) do not stop
 * reading; `validateFlow` names them.
 */
export function readFlow(json: unknown, world: ReadFlowWorld = WORLD): ReadFlowResult {
  if (!isRecord(json)) return refused({ code: 'unreadable', reason: 'not_an_object' });
  const migrated = migrate(json, world.migrations);
  if (!migrated.ok) return migrated;
  const upgraded = upgradeNodes(migrated.document, world);
  if (!upgraded.ok) return upgraded;
  const parsed = flowDocumentSchema.safeParse(upgraded.document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused({ code: 'unreadable', reason: issue?.code ?? 'invalid', path: issue?.path.join('.') ?? '' });
  }
  const fault = structuralFault(parsed.data);
  if (fault !== null) return refused({ code: 'unreadable', reason: fault.reason, path: fault.id });
  return { ok: true, doc: parsed.data };
}

type Stage = { ok: true; document: Record<string, unknown> } | { ok: false; error: ReadFlowError };

function refused(error: ReadFlowError): { ok: false; error: ReadFlowError } {
  return { ok: false, error };
}

function migrate(json: Record<string, unknown>, migrations: readonly Migration[]): Stage {
  const version = json['schemaVersion'] ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return refused({ code: 'unreadable', reason: 'schema_version', path: 'schemaVersion' });
  }
  if (version > migrations.length) return refused({ code: 'newer_than_code', found: version, known: migrations.length });
  try {
    const document = migrations.slice(version).reduce((current, migration) => migration.up(current), json);
    return { ok: true, document };
  } catch {
    return refused({ code: 'unreadable', reason: 'migration_failed' });
  }
}

function upgradeNodes(document: Record<string, unknown>, world: ReadFlowWorld): Stage {
  const nodes = document['nodes'];
  if (!Array.isArray(nodes)) return { ok: true, document };
  const upgraded: unknown[] = [];
  for (const node of nodes) {
    const result = upgradeNode(node, world);
    if (!result.ok) return result;
    upgraded.push(result.document);
  }
  return { ok: true, document: { ...document, nodes: upgraded } };
}

function upgradeNode(node: unknown, world: ReadFlowWorld): Stage {
  if (!isRecord(node)) return refused({ code: 'unreadable', reason: 'invalid_type', path: 'nodes' });
  const { kind, kindVersion, id } = node;
  if (typeof kind !== 'string' || typeof kindVersion !== 'number') return { ok: true, document: node };
  const found = world.findKind(kind);
  if (found === undefined) return refused({ code: 'unknown_kind', kind, nodeId: String(id) });
  if (kindVersion > found.version) {
    return refused({ code: 'newer_than_code', found: kindVersion, known: found.version, kind });
  }
  let config: unknown = node['config'];
  for (let version = kindVersion; version < found.version; version += 1) {
    const upgrade = found.upgrades?.[version];
    if (upgrade === undefined) return refused({ code: 'unreadable', reason: 'upgrade_missing', path: `${kind}.${version}` });
    try {
      config = upgrade(config);
    } catch {
      return refused({ code: 'unreadable', reason: 'upgrade_failed', path: `${kind}.${version}` });
    }
  }
  return { ok: true, document: { ...node, kindVersion: found.version, config } };
}
