import type { ReadOutcome } from '../imports/outcome.ts';
import type { SchemaField } from '../schema-doc.ts';

/** A schema in one line, as tests speak of it: `id:text!, lines:list{sku:text}`; why it could not be read instead. */
export function outline(read: ReadOutcome): string {
  if (read.ok) return fieldsText(read.schema.fields) + (read.cut === true ? ' (cut)' : '');
  if (read.code === 'choose') return `choose ${read.choices.map(({ id }) => id).join(', ')}`;
  return [read.code, ...Object.values(read.params)].join(' ');
}

function fieldsText(fields: readonly SchemaField[]): string {
  return fields.map(({ name, type, required, item, fields: inner }) => `${name}:${type}${item === undefined ? '' : `<${item}>`}${required === true ? '!' : ''}${inner === undefined ? '' : `{${fieldsText(inner)}}`}`).join(', ');
}
