import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineNode, type NodeKind } from '../nodes/node-kind.ts';
import { emptyDocument } from './document.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { checkedMigrations, type Migration } from './migrations/migration.ts';
import { readFlow } from './read-flow.ts';

const NODE = { id: 'a', kind: 'note', kindVersion: 1, label: '', position: { x: 0, y: 0 }, config: { text: 'hi' } };

function codeOf(json: unknown): string {
  const result = readFlow(json);
  return result.ok ? 'ok' : result.error.code;
}

describe('reading', () => {
  test('a document as it was saved', () => {
    const doc = { ...emptyDocument(), nodes: [NODE] };
    expect(readFlow(doc)).toEqual({ ok: true, doc });
  });

  test('what is newer than the code is refused in those words', () => {
    expect(readFlow({ ...emptyDocument(), schemaVersion: 7 })).toEqual({
      ok: false,
      error: { code: 'newer_than_code', found: 7, known: 1 },
    });
    expect(readFlow({ ...emptyDocument(), nodes: [{ ...NODE, kindVersion: 4 }] })).toEqual({
      ok: false,
      error: { code: 'newer_than_code', found: 4, known: 1, kind: 'note' },
    });
  });

  test.each([
    [null, 'unreadable'],
    ['text', 'unreadable'],
    [{ schemaVersion: 'one' }, 'unreadable'],
    [{ schemaVersion: 1 }, 'unreadable'],
    [{ ...emptyDocument(), nodes: [{ ...NODE, kind: 'teleport' }] }, 'unknown_kind'],
    [{ ...emptyDocument(), nodes: [{ ...NODE, kindVersion: -3 }] }, 'unreadable'],
    [{ ...emptyDocument(), nodes: [NODE, NODE] }, 'unreadable'],
    [{ ...emptyDocument(), nodes: [{ ...NODE, secret: 'x' }] }, 'unreadable'],
    [
      { ...emptyDocument(), edges: [{ id: 'e', from: { node: 'a', port: 'o' }, to: { node: 'b', port: 'i' } }] },
      'unreadable',
    ],
  ])('%o is %s', (json, code) => {
    expect(codeOf(json)).toBe(code);
  });
});

describe('migrations', () => {
  test('0001-initial: a document from before versions were written down', () => {
    const { schemaVersion: _, ...before } = emptyDocument();
    expect(readFlow(before)).toEqual({ ok: true, doc: emptyDocument() });
  });

  test('run from the document’s version on, in order', () => {
    const rename: Migration = {
      to: 2,
      name: '0002-boxes-are-nodes',
      up: ({ boxes, ...rest }) => ({ ...rest, nodes: boxes, schemaVersion: 2 }),
    };
    const back: Migration = { to: 3, name: '0003-number', up: (document) => ({ ...document, schemaVersion: 1 }) };
    const migrations = checkedMigrations([...MIGRATIONS, rename, back]);
    const { nodes: _, ...before } = { ...emptyDocument(), boxes: [NODE] };
    const result = readFlow(before, { migrations, findKind: () => noteOf(1) });
    expect(result).toEqual({ ok: true, doc: { ...emptyDocument(), nodes: [NODE] } });
  });

  test('must be numbered without gaps', () => {
    const migration = (to: number): Migration => ({ to, name: `m${to}`, up: (document) => document });
    expect(() => checkedMigrations([migration(1), migration(3)])).toThrow('has number 3, but 2 is next');
    expect(() => checkedMigrations([migration(1), migration(1)])).toThrow('has number 1, but 2 is next');
  });

  test('one that fails makes the document unreadable, nothing worse', () => {
    const broken: Migration = {
      to: 1,
      name: 'broken',
      up: () => {
        throw new Error('no');
      },
    };
    const result = readFlow({}, { migrations: [broken], findKind: () => noteOf(1) });
    expect(result).toMatchObject({ ok: false, error: { code: 'unreadable', reason: 'migration_failed' } });
  });
});

describe('node upgrades', () => {
  const kind = noteOf(3, {
    1: (config) => ({ words: z.object({ text: z.string() }).parse(config).text }),
    2: (config) => ({ words: z.object({ words: z.string() }).parse(config).words.toUpperCase() }),
  });

  test('lead from the node’s version to the present one', () => {
    const result = readFlow({ ...emptyDocument(), nodes: [NODE] }, { migrations: MIGRATIONS, findKind: () => kind });
    expect(result.ok && result.doc.nodes[0]).toEqual({ ...NODE, kindVersion: 3, config: { words: 'HI' } });
  });

  test('a missing or failing one is said', () => {
    const read = (findKind: () => NodeKind, config: object = NODE.config) =>
      readFlow({ ...emptyDocument(), nodes: [{ ...NODE, config }] }, { migrations: MIGRATIONS, findKind });
    expect(read(() => noteOf(2))).toMatchObject({ error: { reason: 'upgrade_missing', path: 'note.1' } });
    expect(read(() => kind, {})).toMatchObject({ error: { reason: 'upgrade_failed', path: 'note.1' } });
  });
});

function noteOf(version: number, upgrades?: NodeKind['upgrades']): NodeKind {
  return defineNode<unknown>({
    kind: 'note',
    version,
    group: 'annotation',
    icon: 'note',
    config: z.unknown(),
    initial: () => ({}),
    ports: () => ({ inputs: [], outputs: [] }),
    summary: () => ({ key: 'text' }),
    check: () => [],
    effect: 'none',
    execute: () => ({ outputs: {}, failures: [] }),
    ...(upgrades !== undefined && { upgrades }),
  });
}
