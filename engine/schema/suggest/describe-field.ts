import { EACH, formatPath, parsePath } from '../../flow/path.ts';
import { conceptsOf, wordsOf } from '../concepts.ts';
import { FAINT } from '../vocabulary.ts';
import type { SuggestField } from './suggest-field.ts';

/** A field with what its name and its place speak of. */
export interface Described {
  at: SuggestField;
  /** Concepts of its own name. */
  own: readonly string[];
  /** Concepts of the other name it goes by: the title of a schema, or the words of the retail model. */
  alias: readonly string[];
  /** Concepts of what lies between it and the list around it, or the root. */
  context: readonly string[];
  /** Path of the innermost list around it; '' at the root. */
  list: string;
  /** Its name without case, blanks and signs. */
  plain: string;
  /** Name of the object around it; '' at the root and right inside a list. */
  around: string;
  /** Path of what holds it, with `[]` behind a list; '' at the root. */
  holder: string;
}

/** Reads the names along the path of a field; null for one that cannot be named by a path. */
export function describeField(at: SuggestField): Described | null {
  const steps = parsePath(at.path);
  if (steps === null || steps.length === 0) return null;
  const inner = steps.lastIndexOf(EACH) + 1;
  const between = steps.slice(inner, -1).filter((step) => typeof step === 'string');
  const { text, title } = at.field ?? {};
  return {
    at,
    own: spoken(at.name),
    alias: text === undefined && title === undefined ? [] : spoken(text ?? title ?? ''),
    context: [...new Set(between.flatMap(conceptsOf))],
    list: formatPath(steps.slice(0, Math.max(0, inner - 1))),
    plain: plainName(at.name),
    around: between.at(-1) ?? '',
    holder: formatPath(steps.slice(0, -1)),
  };
}

/** Names of nothing but words like “value” and “data” stand for themselves. */
function spoken(name: string): readonly string[] {
  const concepts = conceptsOf(name);
  return concepts.length > 0 ? concepts : [wordsOf(name).join(' ')];
}

/** `Line_Items` and `lineItems` are the same. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Concepts that carry a name; where there are none, the faint ones have to. */
export function strongOf(concepts: readonly string[]): readonly string[] {
  const strong = concepts.filter((concept) => !FAINT.has(concept));
  return strong.length > 0 ? strong : concepts;
}
