'use client';

import { createContext, useContext, useMemo } from 'react';
import { useTranslations } from 'next-intl';
import type { Json } from '#engine/flow/json.ts';
import { readPath } from '#engine/flow/path.ts';
import type { MappingPreview } from '#engine/mapping/preview-mapping.ts';
import { samplePaths } from '#components/schema-form/sample-paths.ts';
import type { Suggestion } from '#components/schema-form/suggest-input.tsx';

/** What the rows of one level may pick from: the record, or inside a group one item of its list with what is around it. */
export interface MapperScope {
  /** The value that paths of this level begin at; undefined: there is no sample. */
  sample: Json | undefined;
  /** The level around this one (`^.`). */
  parent: MapperScope | null;
  preview: MappingPreview | null;
  /** Fields to pick from, where more is known than one sample; lists among them apart. */
  fields?: { all: readonly Suggestion[]; lists: readonly Suggestion[] };
}

export const MapperScopeContext = createContext<MapperScope>({ sample: undefined, parent: null, preview: null });

export function useMapperScope(): MapperScope {
  return useContext(MapperScopeContext);
}

/** The scope of the rows inside a group over a list: its first item. */
export function itemScope(scope: MapperScope, listPath: string): MapperScope {
  const list = scope.sample === undefined || listPath.trim() === '' ? undefined : lookUp(scope, listPath);
  return { sample: Array.isArray(list) ? list[0] : undefined, parent: scope, preview: scope.preview };
}

function lookUp(scope: MapperScope, path: string): Json | undefined {
  if (path.startsWith('^.')) return scope.parent === null ? undefined : lookUp(scope.parent, path.slice(2));
  return scope.sample === undefined ? undefined : readPath(scope.sample, path);
}

/** Fields to pick from at this level, its own first, then those around it with `^.`. */
export function useScopeSuggestions(only?: 'list'): readonly Suggestion[] {
  const scope = useMapperScope();
  const t = useTranslations('forms');
  return useMemo(() => {
    if (scope.fields !== undefined) return only === 'list' ? scope.fields.lists : scope.fields.all;
    const found: Suggestion[] = [];
    let prefix = '';
    for (let level: MapperScope | null = scope; level !== null; level = level.parent) {
      for (const { path, example, depth, type } of samplePaths(level.sample)) {
        if (only === 'list' && type !== 'list') continue;
        found.push({ value: prefix + path, hint: type === 'list' ? t('items', { size: example }) : example, depth });
      }
      prefix += '^.';
    }
    return found;
  }, [scope, only, t]);
}
