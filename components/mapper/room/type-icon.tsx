import { Braces, CircleDashed, Hash, List, ToggleLeft, Type } from 'lucide-react';
import type { FieldType } from '#engine/schema/schema-doc.ts';

const ICONS = { text: Type, number: Hash, boolean: ToggleLeft, object: Braces, list: List, any: CircleDashed } satisfies Record<FieldType, typeof Type>;

/** The type of a field as a small sign; its name is said elsewhere. No star where it is not known: a star says that a field is required. */
export function TypeIcon({ type }: { type: FieldType }) {
  const Icon = ICONS[type];
  return <Icon aria-hidden className="size-3.5 shrink-0 text-text-muted" />;
}
