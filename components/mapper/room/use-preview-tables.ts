'use client';

import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLookupTables } from '#components/designer/use-surroundings.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { Json } from '#engine/flow/json.ts';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';
import type { PreviewTables } from '#engine/mapping/preview-mapping.ts';
import type { TableView } from '#server/views/table.ts';
import type { PlacedRule } from '../model/place-rules.ts';

const NONE: PreviewTables = new Map();

/** The rows of the tables that rules look into, for previews; a table nobody has is null, one on its way is left out. */
export function usePreviewTables(retailerId: string, placed: readonly PlacedRule[]): PreviewTables {
  const trpc = useTrpc();
  const list = useLookupTables(retailerId);
  const names = [...new Set(placed.flatMap(({ rule }) => tableOf(rule)))].join('\n');
  const wanted = useMemo(() => (names === '' ? [] : names.split('\n')).map((name) => ({ name, id: list?.find((table) => table.name === name)?.id ?? null })), [names, list]);
  const asked = wanted.filter(({ id }) => id !== null);
  const rows = useQueries({ queries: asked.map(({ id }) => ({ ...trpc.table.get.queryOptions({ tableId: id ?? '' }), staleTime: 30_000 })), combine: dataOf });
  return useMemo(() => {
    if (wanted.length === 0) return NONE;
    const known = new Map(list === undefined ? [] : wanted.filter(({ id }) => id === null).map(({ name }): [string, null] => [name, null]));
    const found = rows.flatMap((table): [string, ReadonlyMap<string, Json>][] => (table === undefined ? [] : [[table.name, rowsOf(table)]]));
    return new Map([...known, ...found]);
  }, [wanted, rows, list]);
}

/** Stable while the data is. */
function dataOf(results: readonly { data?: TableView | undefined }[]): (TableView | undefined)[] {
  return results.map(({ data }) => data);
}

function tableOf({ source }: MappingRule): string[] {
  return source.type === 'lookup' && source.table !== '' ? [source.table] : [];
}

function rowsOf({ columns, rows }: TableView): ReadonlyMap<string, Json> {
  // As it is stored: the one column `value` is the value itself.
  const single = columns.length === 1 && columns[0] === 'value';
  return new Map(rows.map(([key = '', ...cells]): [string, Json] => [key, single ? (cells[0] ?? '') : Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))]));
}
