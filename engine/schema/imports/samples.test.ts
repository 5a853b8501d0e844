import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecord, type Json } from '../../flow/json.ts';
import { schemaDocSchema, type SchemaField } from '../schema-doc.ts';
import { inferSchema } from '../infer-schema.ts';
import { outline } from '../testing/outline.ts';
import { decodeText } from './decode-text.ts';
import { readSchema } from './read-schema.ts';

describe('sample CSV', () => {
  test.each([
    ['a byte order mark and semicolons', '\uFEFFsku;price;name\nA;1,50;"Tea; green"\nB;2,00;x\n', 'sku:text!, price:text!, name:text!'],
    ['the line in which Excel names the delimiter', 'sep=;\na;b\n1;2\n', 'a:number!, b:number!'],
    ['quoted line breaks and doubled quotes', 'sku,note\nA,"line one\nline two"\nB,"say ""hi"""\n', 'sku:text!, note:text!'],
    ['line ends of all systems', 'a\tb\r1\t2\r', 'a:number!, b:number!'],
    ['columns of the same name', 'id,name,name,name_2\n1,a,b,c\n', 'id:number!, name:text!, name_3:text!, name_2:text!'],
    ['columns without a name', 'id,,\n1,2,3\n', 'id:number!, column_2:number!, column_3:number!'],
    ['rows of different length', 'a,b,c\n1,2\n1,2,3,4\n', 'a:number!, b:number!, c:number'],
    ['digits that are no number', 'zip,id\n01234,820982911946154508\n99999,820982911946154509\n', 'zip:text!, id:text!'],
    ['an apostrophe that begins a cell', "name,city\n'O Brien,Cork\nx,y\n", 'name:text!, city:text!'],
    ['cells in single quotes', "name,city\n'O, Brien',Cork\n", 'name:text!, city:text!'],
    ['delimiters inside other columns', 'id|text\n1|a,b,c\n2|d,e,f\n', 'id:number!, text:text!'],
    ['only the names', 'a,b\n', 'a:text, b:text'],
    ['a quote that is never closed', 'a,b\n1,"open\n2,3\n', 'csv_malformed 3'],
    ['no names', '2024,2025\n1,2\n', 'csv_no_header'],
    ['a name that reaches into objects', 'a,__proto__\n1,2\n', 'name_forbidden __proto__'],
    ['another one', 'a,constructor\n1,2\n', 'name_forbidden constructor'],
    ['a workbook', 'PK\u0003\u0004\u0000\u0000,;', 'format_unknown'],
  ])('with %s', (...[, text, expected]) => {
    expect(outline(readSchema(text))).toBe(expected);
  });

  test('of five thousand columns is cut, and says so', () => {
    const read = readSchema(`${Array.from({ length: 5_000 }, (_, at) => `c${at}`).join(',')}\n`);
    expect(read).toMatchObject({ ok: true, cut: true });
    expect(read.ok && schemaDocSchema.safeParse(read.schema).success).toBe(true);
  });

  test('gives every column a name of its own', () => {
    const property = fc.property(fc.array(fc.constantFrom('a', 'a_2', 'a_3', '', 'column_2', 'b'), { minLength: 2, maxLength: 8 }), (header) => {
      const read = readSchema(`${header.join(',')}\n${header.map(() => 'x').join(',')}\n`, 'csv');
      const names = read.ok ? read.schema.fields.map(({ name }) => name) : [];
      expect(new Set(names).size).toBe(names.length);
    });
    fc.assert(property);
  });
});

test.each<[string, Uint8Array]>([
  ['UTF-8', new TextEncoder().encode('Größe;ä')],
  ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Größe;ä')])],
  ['UTF-16', new Uint8Array([0xff, 0xfe, ...[...'Größe;ä'].flatMap((char) => [char.charCodeAt(0), 0])])],
  ['the code page of Windows', new Uint8Array([...'Größe;ä'].map((char) => char.charCodeAt(0)))],
])('a file in %s keeps its umlauts', (...[, bytes]) => {
  expect(decodeText(bytes).replace('\uFEFF', '')).toBe('Größe;ä');
});

describe('sample JSON', () => {
  test.each([
    ['a byte order mark', '\uFEFF{"a":1}', 'a:number!'],
    ['a list of records', '[{"a":1},{"b":"x"}]', 'a:number, b:text'],
    ['one record per line', '{"a":1}\n{"a":2,"b":null}\n', 'a:number!, b:any'],
    ['records parted by empty lines', '{\n"a":1\n}\n\n{\n"b":2\n}', 'a:number, b:number'],
    ['lists in lists', '{"m":[[1,2],[3]],"n":[[{"a":1}]]}', 'm:list<number>!, n:list<list>!{a:number!}'],
    ['a list of records and of values', '{"a":[1,"x",{"b":2}]}', 'a:list<any>!{b:number}'],
    ['names full of signs', '{"a.b":1,"c[d]":2,"":3,"f\\"g":4}', 'a.b:number!, c[d]:number!, f"g:number!'],
    ['nothing but values', '[1,2]', 'no_records'],
    ['an empty record', '{}', 'schema_no_fields'],
    ['a comma too many', '{"a":1,}', 'json_malformed 1 8'],
    ['a value missing on the second line', '{"a":1,\n"b":}', 'json_malformed 2 6'],
    ['a forbidden name', '{"x":{"constructor":1}}', 'name_forbidden constructor'],
    ['a forbidden name, escaped', '{"\\u005f_proto__":1}', 'name_forbidden __proto__'],
    ['thousands of levels', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'json_too_deep 100'],
  ])('with %s', (...[, text, expected]) => {
    expect(outline(readSchema(text, 'json'))).toBe(expected);
  });

  test('deeper than twenty levels and wider than three thousand fields is cut, says so, and can be stored', () => {
    const deep = readSchema(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`);
    const wide = readSchema(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, at]))));
    const fits = readSchema(JSON.stringify(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`f${at}`, at]))));
    expect([deep, wide, fits].map((read) => read.ok && [read.cut === true, schemaDocSchema.safeParse(read.schema).success])).toEqual([[true, true], [true, true], [false, true]]);
  });

  test('of eight million characters is read, of more than ten refused', () => {
    const record = (at: number): string => `{"id":${at},"name":"name of ${at}","tags":["a"]}`;
    const lines = Array.from({ length: 160_000 }, (_, at) => record(at)).join(',');
    expect(outline(readSchema(`[${lines}]`))).toBe('id:number!, name:text!, tags:list<text>!');
    expect(outline(readSchema('x'.repeat(10_000_001)))).toBe('too_large 10000000');
  });

  test('every record of a sample satisfies the schema that is inferred from it', () => {
    const name = fc.oneof(fc.constantFrom('id', 'a', 'b', 'items', 'total'), fc.string({ minLength: 1, maxLength: 8 }));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.integer(), fc.string(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 4 })),
    }));
    const property = fc.property(fc.array(fc.dictionary(name, value, { maxKeys: 5 }), { minLength: 1, maxLength: 4 }), (records) => {
      const schema = inferSchema('sample', records);
      expect(schemaDocSchema.safeParse(schema).success).toBe(true);
      expect(records.flatMap((record) => contradictions(record, schema.fields))).toEqual([]);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

/** What in a record its schema does not allow. */
function contradictions(record: Json, fields: readonly SchemaField[]): string[] {
  if (!isRecord(record)) return [];
  const known = new Map(fields.map((field) => [field.name, field]));
  const strangers = Object.keys(record).filter((key) => key !== '' && key !== '__proto__' && !known.has(key));
  return [...strangers.map((key) => `unknown ${key}`), ...fields.flatMap((field) => against(Object.hasOwn(record, field.name) ? (record[field.name] ?? null) : null, field))];
}

function against(value: Json, field: SchemaField): string[] {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return field.required === true ? [`${field.name} is missing`] : [];
  const type = Array.isArray(value) ? 'list' : isRecord(value) ? 'object' : typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'text' : 'number';
  const allowed = field.type === 'any' || field.type === type || (field.type === 'text' && type === 'number');
  const inside = Array.isArray(value) ? value.flatMap((item) => contradictions(item, field.fields ?? [])) : contradictions(value, field.fields ?? []);
  // A field of any kind may hold lists here and records there: its fields are those of both, required in neither.
  return allowed ? (field.type === 'any' ? [] : inside) : [`${field.name} is ${type}, not ${field.type}`];
}
