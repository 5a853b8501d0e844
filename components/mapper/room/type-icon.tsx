import { Braces, Hash, List, ToggleLeft, Type } from 'lucide-react';
import type { FieldType } from '#engine/schema/schema-doc.ts';

const ICONS = { text: Type, number: Hash, boolean: ToggleLeft, object: Braces, list: List, any: null } satisfies Record<FieldType, typeof Type | null>;

/** The type of a field as a small sign; its name is said elsewhere. Where the type is not known its place stays empty, so that names stand below each other. */
export function TypeIcon({ type }: { type: FieldType }) {
  const Icon = ICONS[type];
  if (Icon === null) return <span className="size-3.5 shrink-0" />;
  return <Icon aria-hidden className="size-3.5 shrink-0 text-text-muted" />;
}
