import { textOf, type Json } from '../flow/json.ts';
import { compileDataPath, parseScopedPath } from './compile-path.ts';
import { compareNumbers, toNumber } from './decimal.ts';
import type { Frame, Get } from './frame.ts';
import { MappingFault } from './mapping-fault.ts';
import type { ForEachSource, ListOrder } from './mapping-schema.ts';
import { compileRulesOn } from './rules.ts';

/** The items a `forEach` walks, filtered, sorted and grouped; undefined where there is no list. */
export type GetItems = (frame: Frame) => readonly Json[] | undefined;

/** Null when a path in it cannot be read. */
export function compileItems({ path, filter, sort = [], groupBy = '' }: ForEachSource): GetItems | null {
  const parsed = parseScopedPath(path);
  const keep = filter === undefined ? null : compileRulesOn(filter, getterOf);
  const order = compileOrder(sort);
  const group = groupBy.trim() === '' ? null : getterIn(groupBy);
  if (parsed === null || order === null || (group === null && groupBy.trim() !== '')) return null;
  const get = compileDataPath(parsed);

  function listOf(frame: Frame): Json[] | undefined {
    const list = get(frame);
    if (list === undefined || list === null) return undefined;
    if (!Array.isArray(list)) throw new MappingFault('not_a_list');
    return list;
  }
  if (keep === null && group === null && order === NO_ORDER) return listOf;

  return (frame) => {
    const list = listOf(frame);
    if (list === undefined) return undefined;
    let items = list.map((data, index): Frame => ({ ...frame, data: data ?? null, index, parent: frame }));
    if (keep !== null) items = items.filter(keep);
    if (order !== NO_ORDER) items = order(items);
    return group === null ? items.map(({ data }) => data) : grouped(items, group);
  };
}

function getterOf(path: string): Get {
  return getterIn(path) ?? (() => undefined);
}

function getterIn(path: string): Get | null {
  const parsed = path.trim() === '' ? null : parseScopedPath(path);
  return parsed === null ? null : compileDataPath(parsed);
}

type Order = (items: Frame[]) => Frame[];

const NO_ORDER: Order = (items) => items;

interface SortKey {
  rank: number;
  value: Json;
}

function compileOrder(sort: readonly ListOrder[]): Order | null {
  if (sort.length === 0) return NO_ORDER;
  const by: { get: Get; turn: 1 | -1 }[] = [];
  for (const { path, direction } of sort) {
    const get = getterIn(path);
    if (get === null) return null;
    by.push({ get, turn: direction === 'down' ? -1 : 1 });
  }
  return (items) =>
    items
      .map((item) => ({ item, keys: by.map(({ get }) => sortKey(get(item))) }))
      .toSorted((left, right) => {
        for (const [at, { turn }] of by.entries()) {
          const order = compareKeys(left.keys[at], right.keys[at], turn);
          if (order !== 0) return order;
        }
        return 0;
      })
      .map(({ item }) => item);
}

const MISSING = 3;

/** Numbers, also those written as text, before other text, before the rest. */
function sortKey(value: Json | undefined): SortKey {
  if (value === undefined || value === null || value === '') return { rank: MISSING, value: null };
  const number = typeof value === 'boolean' ? null : toNumber(value);
  if (number !== null) return { rank: 0, value: number };
  return typeof value === 'string' ? { rank: 1, value } : { rank: 2, value: textOf(value) };
}

function compareKeys(left: SortKey | undefined, right: SortKey | undefined, turn: 1 | -1): number {
  if (left === undefined || right === undefined) return 0;
  if (left.rank === MISSING || right.rank === MISSING) return left.rank - right.rank;
  if (left.rank !== right.rank) return turn * (left.rank - right.rank);
  if (left.rank === 0) return turn * (compareNumbers(left.value, right.value) ?? 0);
  const [one, other] = [textOf(left.value), textOf(right.value)];
  return one === other ? 0 : turn * (one < other ? -1 : 1);
}

/** Numbers fall together however they are written; 5 and "5" too. */
function grouped(items: readonly Frame[], key: Get): Json[] {
  const groups = new Map<string, { key: Json; items: Json[] }>();
  for (const item of items) {
    const value = key(item) ?? null;
    const number = typeof value === 'string' ? null : toNumber(value);
    const name = value === null ? '' : `=${textOf(number ?? value)}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key: value, items: [item.data] });
    else group.items.push(item.data);
  }
  return [...groups.values()].map((group) => ({ key: group.key, items: group.items }));
}
