import type { Json } from '../flow/json.ts';
import { EACH, formatPath, type Path } from '../flow/path.ts';
import { referenceOf } from '../mapping/compile-functions.ts';
import { parseScopedPath } from '../mapping/compile-path.ts';
import type { MappingRule } from '../mapping/mapping-schema.ts';
import { fieldAt } from '../schema/field-paths.ts';
import type { SchemaDoc } from '../schema/schema-doc.ts';
import { applyMeaning, type Known, type Misuse } from './function-meaning.ts';

/** The rules of one `forEach`, with where they read and where they write. */
export interface MeaningLevel {
  source: Path;
  target: Path;
  outer: MeaningLevel | null;
}

export interface Schemas {
  source: SchemaDoc | null;
  target: SchemaDoc | null;
}

export const UNKNOWN: Known = { meaning: null, name: '', guessed: false };

/** What the value of a rule means once its functions are done, and what they mixed on the way. */
export function meaningOfRule(rule: MappingRule, level: MeaningLevel, schemas: Schemas): { known: Known; misuse: Misuse | null } {
  let known = meaningOfSource(rule, level, schemas);
  for (const { fn, args } of rule.functions) {
    const operands = args.map((argument) => {
      const reference = referenceOf(argument);
      if (reference === null) return { known: UNKNOWN, value: argument };
      return { known: read(reference, level, schemas), value: undefined };
    });
    const next = applyMeaning(known, fn, operands satisfies readonly { known: Known; value: Json | undefined }[]);
    if ('misuse' in next) return { known, misuse: next.misuse };
    known = next.known;
  }
  return { known, misuse: null };
}

/** Formulas, lookups and fixed values mean what their author says: nothing is known of them. */
function meaningOfSource({ source }: MappingRule, level: MeaningLevel, schemas: Schemas): Known {
  if (source.type !== 'path' && source.type !== 'target') return UNKNOWN;
  return read({ kind: source.type, path: source.path }, level, schemas);
}

function read(reference: { kind: 'path' | 'target'; path: string }, level: MeaningLevel, { source, target }: Schemas): Known {
  const side = reference.kind === 'path' ? 'source' : 'target';
  const schema = side === 'source' ? source : target;
  const path = absolutePath(reference.path, level, side);
  if (schema === null || path === null) return UNKNOWN;
  const field = fieldAt(schema, path);
  return { meaning: field?.meaning ?? null, name: path, guessed: field?.meaningGuessed === true };
}

/** A path of a rule from the root of the record; null when it cannot be read. */
export function absolutePath(text: string, level: MeaningLevel, side: 'source' | 'target'): string | null {
  const scoped = parseScopedPath(text);
  if (scoped === null) return null;
  let at: MeaningLevel | null = level;
  for (let left = scoped.up; left > 0 && at !== null; left -= 1) at = at.outer;
  return at === null ? null : formatPath([...at[side], ...scoped.path]);
}

/** The level inside a `forEach` rule. */
export function levelInside(level: MeaningLevel, sourceList: string, targetList: string): MeaningLevel | null {
  const source = parseScopedPath(sourceList);
  const target = parseScopedPath(targetList);
  if (source === null || target === null) return null;
  let from: MeaningLevel | null = level;
  for (let left = source.up; left > 0 && from !== null; left -= 1) from = from.outer;
  if (from === null) return null;
  const written: Path = target.path.at(-1) === EACH ? target.path : [...target.path, EACH];
  return { source: [...from.source, ...source.path, EACH], target: [...level.target, ...written], outer: level };
}
