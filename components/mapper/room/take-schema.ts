import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { schemaJson } from './read-schema-doc.ts';
import type { Room } from './room-context.ts';

/** Takes a schema as what the records are to become. The button that asked for it may be gone: the keyboard goes on in its fields. */
export function takeSchema(room: Room, schema: SchemaDoc): void {
  room.configure({ target: schemaJson(schema) });
  requestAnimationFrame(() => requestAnimationFrame(() => room.focus('target')));
}
