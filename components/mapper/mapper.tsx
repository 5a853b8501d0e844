'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Json } from '#engine/flow/json.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { previewMapping } from '#engine/mapping/preview-mapping.ts';
import { type MapperScope, MapperScopeContext } from './mapper-scope.ts';
import { MapperWorldContext } from './mapper-world.ts';
import { ResultPane } from './result-pane.tsx';
import { RuleList } from './rule-list.tsx';

interface MapperProps {
  mapping: Mapping;
  /** The record that arrives; undefined: none is known. */
  sample: Json | undefined;
  readOnly: boolean;
  /** Dotted name of the mapping inside the configuration, for its problems. */
  path: string;
  onChange: (mapping: Mapping) => void;
  onDone: () => void;
}

/** A mapping by list: rows of source → functions → target, each with its result for the sample, computed by the engine's own compiler. */
export function Mapper({ mapping, sample, readOnly, path, onChange, onDone }: MapperProps) {
  const t = useTranslations('mapping');
  const preview = useMemo(() => (sample === undefined ? null : previewMapping(mapping, sample)), [mapping, sample]);
  const scope = useMemo<MapperScope>(() => ({ sample, parent: null, preview }), [sample, preview]);
  const world = useMemo(() => ({ readOnly, onDone }), [readOnly, onDone]);
  return (
    <MapperWorldContext value={world}>
      <MapperScopeContext value={scope}>
        <div className="@container">
          <div className="grid gap-3 @3xl:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
            <div className="min-w-0">
              {sample === undefined && <p className="mb-2 rounded-md bg-surface-2 px-2.5 py-2 text-xs text-text-muted">{t('noSample')}</p>}
              <RuleList rules={mapping.rules} path={`${path}.rules`} prefix="" onChange={(rules) => onChange({ rules })} />
            </div>
            <ResultPane preview={preview} />
          </div>
        </div>
      </MapperScopeContext>
    </MapperWorldContext>
  );
}
