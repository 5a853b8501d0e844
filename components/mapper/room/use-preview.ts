'use client';

import { useCallback, useMemo } from 'react';
import type { NodeSample } from '#components/designer/samples/sample-list.ts';
import type { FormWorld } from '#components/schema-form/form-world.ts';
import type { Json } from '#engine/flow/json.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import { type MappingPreview, previewMapping } from '#engine/mapping/preview-mapping.ts';

interface Preview {
  preview: MappingPreview | null;
  outputOf: (mapping: Mapping, sample: NodeSample) => Json;
}

/** The result of a mapping for the chosen sample, by the engine's own compiler. */
export function usePreview(mapping: Mapping, current: NodeSample | null, _tables: FormWorld['tables']): Preview {
  const preview = useMemo(() => (current === null ? null : previewMapping(mapping, current.data)), [mapping, current]);
  const outputOf = useCallback((of: Mapping, sample: NodeSample): Json => previewMapping(of, sample.data).output, []);
  return { preview, outputOf };
}
