import { describe, expect, test } from 'vitest';
import { type Json, stringifyJson } from '../../flow/json.ts';
import { schemaDocSchema } from '../schema-doc.ts';
import { outline } from '../testing/outline.ts';
import { readSchema } from './read-schema.ts';

describe('sample XML', () => {
  test.each([
    ['attributes, and text beside them', '<order id="1"><total cur="EUR">12.50</total><note/></order>', 'total:object!{#text:text!, @cur:text!}, note:any, @id:text!'],
    ['namespaces', '<?xml version="1.0"?><ns:order xmlns:ns="urn:x"><ns:id>7</ns:id></ns:order>', 'ns:id:text!, @xmlns:ns:text!'],
    ['a byte order mark', '\uFEFF<?xml version="1.0" encoding="utf-8"?><o><id>1</id></o>', 'id:text!'],
    ['elements repeated in one record only', '<os><o><id>1</id><line><sku>A</sku></line></o><o><id>2</id><line><sku>A</sku></line><line><sku>B</sku></line></o></os>', 'id:text!, line:list!{sku:text!}'],
    ['angle brackets in attributes and in character data', '<o><a t="x>y"><b>1</b></a><d><![CDATA[<p>x</p>]]></d></o>', 'a:object!{b:text!, @t:text!}, d:text!'],
    ['names that objects have', '<o><toString>1</toString><hasOwnProperty>2</hasOwnProperty></o>', 'toString:text!, hasOwnProperty:text!'],
    ['entities, which stay as they are', '<o><t>&lt;b&gt; &unknown;</t></o>', 't:text!'],
    ['a document type', '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>\n<o>&lol2;</o>', 'xml_doctype 2'],
    ['an entity of a file', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><o>&f;</o>', 'xml_doctype 1'],
    ['a web page', '<!doctype html><html><body/></html>', 'xml_doctype 1'],
    ['a name that reaches into objects', '<o><__proto__>1</__proto__></o>', 'name_forbidden __proto__'],
    ['another one', '<o><constructor>1</constructor></o>', 'name_forbidden constructor'],
    ['tags closed in the wrong order', '<o>\n<a>1</b>\n</o>', 'xml_malformed 2 5'],
    ['two roots', '<a>1</a><b>2</b>', 'xml_malformed 1 11'],
    ['no record', '<a>hello</a>', 'no_records'],
    ['too many levels', '<a>'.repeat(100_000), 'xml_too_deep 50'],
  ])('with %s', (...[, text, expected]) => {
    expect(outline(readSchema(text, 'xml'))).toBe(expected);
  });

  test('of many megabytes is known from its beginning', () => {
    const orders = Array.from({ length: 60_000 }, (_, at) => `<order id="${at}"><sku>ABC-${at}</sku><price cur="EUR">12.50</price></order>`).join('\n');
    expect(outline(readSchema(`<orders>${orders}</orders>`))).toBe('sku:text!, price:object!{#text:text!, @cur:text!}, @id:text!');
  });

  test('that was made to keep a reader busy is refused', () => {
    expect([`<${'a'.repeat(200_000)}`, `<a${' <'.repeat(100_000)}`, '<a '.repeat(100_000)].map((text) => outline(readSchema(text)).split(' ')[0])).toEqual(['xml_malformed', 'xml_malformed', 'xml_malformed']);
  });
});

const schema = (parts: { [key: string]: Json }): string => stringifyJson({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...parts });
const string = { type: 'string' };

describe('JSON Schema', () => {
  test.each<[string, { [key: string]: Json }, string]>([
    ['types, lists and what is required', { type: 'object', required: ['id'], properties: { id: string, n: { type: ['integer', 'null'] }, l: { type: 'array', items: { type: 'object', properties: { x: { type: 'number' } } } } } }, 'id:text!, n:number, l:list{x:number}'],
    ['a definition that holds itself', { $ref: '#/$defs/N', $defs: { N: { type: 'object', properties: { v: string, kids: { type: 'array', items: { $ref: '#/$defs/N' } }, up: { $ref: '#/$defs/N' } } } } }, 'v:text, kids:list, up:any'],
    ['a schema that holds itself', { type: 'object', properties: { self: { $ref: '#' }, a: string } }, 'self:object{self:any, a:text}, a:text'],
    ['references in a circle', { type: 'object', properties: { a: { $ref: '#/$defs/A' } }, $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } }, 'a:any'],
    ['allOf', { allOf: [{ type: 'object', properties: { a: string }, required: ['a'] }, { properties: { b: { type: 'integer' } } }] }, 'a:text!, b:number'],
    ['oneOf, of which only one has to hold', { oneOf: [{ type: 'object', properties: { a: string }, required: ['a'] }, { type: 'object', properties: { b: string }, required: ['b'] }] }, 'a:text, b:text'],
    ['null beside a type', { type: 'object', properties: { a: { oneOf: [{ type: 'null' }, string] }, c: { anyOf: [{ type: 'number' }, string] } } }, 'a:text, c:text'],
    ['lists in lists', { type: 'object', properties: { m: { type: 'array', items: { type: 'array', items: { type: 'number' } } } } }, 'm:list<list>'],
    ['enumerations without a type', { type: 'object', properties: { a: { const: 'x' }, b: { enum: [1, 2, null] }, c: { enum: [true] } } }, 'a:text, b:number, c:boolean'],
    ['escaped pointers and anchors', { type: 'object', $defs: { 'a/b~c': { type: 'number' }, A: { $anchor: 'addr', type: 'object', properties: { z: string } } }, properties: { x: { $ref: '#/$defs/a~1b~0c' }, y: { $ref: '#addr' } } }, 'x:number, y:object{z:text}'],
    ['schemas that allow everything', { type: 'object', properties: { a: true, b: {} } }, 'a:any, b:any'],
    ['references into other files', { type: 'object', properties: { a: { $ref: 'other.json#/x' }, b: string } }, 'a:any, b:text'],
    ['nothing but a reference into another file', { $ref: 'https://schemas.example.org/order.json' }, 'schema_reference_missing https://schemas.example.org/order.json'],
    ['a reference that leads nowhere', { type: 'object', properties: { a: { $ref: '#/$defs/Nope' } } }, 'schema_reference_missing #/$defs/Nope'],
    ['a single value', { type: 'string' }, 'schema_not_object'],
    ['only free names', { type: 'object', additionalProperties: string }, 'schema_no_fields'],
    ['names that are too long or none', { type: 'object', properties: { '': string, ['x'.repeat(300)]: string, ok: string } }, 'ok:text'],
  ])('with %s', (...[, given, expected]) => {
    expect(outline(readSchema(schema(given), 'json-schema'))).toBe(expected);
  });

  test('with if, then and else takes the fields of both', () => {
    const text = '{"type":"object","properties":{"k":{"type":"string"}},"if":{"properties":{"k":{"const":"x"}}},"then":{"properties":{"t":{"type":"string"}},"required":["t"]},"else":{"properties":{"e":{"type":"string"}}}}';
    expect(outline(readSchema(text))).toBe('k:text, t:text, e:text');
  });

  test('that grows by the power of two with each level is cut', () => {
    const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, at): [string, Json] => [`L${at}`, { type: 'object', properties: { a: { $ref: `#/$defs/L${at + 1}` }, b: { $ref: `#/$defs/L${at + 1}` } } }]));
    const read = readSchema(schema({ $ref: '#/$defs/L0', $defs: { ...$defs, L30: string } }));
    expect(read).toMatchObject({ ok: true, cut: true });
    expect(read.ok && schemaDocSchema.safeParse(read.schema).success).toBe(true);
  });

  test('of two thousand fields keeps them all', () => {
    const properties = Object.fromEntries(Array.from({ length: 2_000 }, (_, at): [string, Json] => [`f${at}`, string]));
    const read = readSchema(schema({ type: 'object', properties }));
    expect(read.ok && [read.schema.fields.length, read.cut]).toEqual([2_000, undefined]);
  });

  test('never takes a name that reaches into objects, in JSON or in YAML', () => {
    const names = ['__proto__', 'constructor', 'prototype'];
    expect(names.map((name) => outline(readSchema(`{"type":"object","properties":{"${name}":{"type":"string"}}}`)))).toEqual(names.map((name) => `name_forbidden ${name}`));
    expect(names.map((name) => outline(readSchema(`type: object\nproperties:\n  ${name}: {type: string}\n`, 'json-schema')))).toEqual(names.map((name) => `name_forbidden ${name}`));
  });
});

const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer', readOnly: true }, customer: { allOf: [{ $ref: '#/components/schemas/Customer' }], nullable: true }, secret: { type: 'string', writeOnly: true } } };
const customer = { type: 'object', properties: { email: { type: 'string', format: 'email' }, orders: { type: 'array', items: { $ref: '#/components/schemas/Order' } } } };
const content = (given: Json): Json => ({ content: { 'application/json; charset=utf-8': { schema: given } } });
const api = {
  openapi: '3.0.3',
  paths: { '/orders': { post: { requestBody: content({ $ref: '#/components/schemas/Order' }), responses: { 201: content({ type: 'array', items: { $ref: '#/components/schemas/Order' } }) } } } },
  components: { schemas: { Order: order, Customer: customer } },
};
const yaml = `openapi: 3.1.0
webhooks:
  newOrder:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id]
              properties:
                id: {type: string}
                total: {type: ["number", "null"]}
                day: {type: string, example: 2026-01-01}
`;

describe('OpenAPI', () => {
  test('names what there is to choose from, and gives what was chosen: what is read only is not sent, what is write only does not come back', () => {
    const read = (pick?: string): string => outline(readSchema(stringifyJson(api), 'auto', pick === undefined ? {} : { pick }));
    expect(read()).toBe('choose request:post:/orders, answer:post:/orders, component:Order, component:Customer');
    expect(read('request:post:/orders')).toBe('customer:object{email:text, orders:list}, secret:text');
    expect(read('answer:post:/orders')).toBe('id:number!, customer:object{email:text, orders:list}');
    expect(read('component:Nope')).toBe('openapi_choice_unknown component:Nope');
  });

  test.each([
    ['3.1 in YAML, with a webhook', yaml, 'id:text!, total:number, day:text'],
    ['YAML of Windows', `\uFEFF${yaml.replaceAll('\n', '\r\n')}`, 'id:text!, total:number, day:text'],
    ['3.1 in JSON', stringifyJson({ openapi: '3.1.1', components: { schemas: { A: { type: ['object', 'null'], properties: { x: { type: ['string', 'null'] } } } } } }), 'x:text'],
    ['YAML with anchors and merged keys', 'openapi: 3.0.0\ncomponents:\n  schemas:\n    C:\n      <<: &a\n        type: object\n        properties: {x: {type: string}}\n      required: [x]\n', 'x:text!'],
    ['Swagger 2', stringifyJson({ swagger: '2.0', paths: { '/p': { post: { parameters: [{ in: 'body', schema: { type: 'object', properties: { a: string } } }], responses: {} } } } }), 'a:text'],
    ['a form of Swagger 2', stringifyJson({ swagger: '2.0', paths: { '/p': { post: { parameters: [{ in: 'formData', name: 'a', type: 'string', required: true }, { in: 'formData', name: 'b', type: 'integer' }], responses: {} } } } }), 'a:text!, b:number'],
    ['a schema in another file', stringifyJson({ openapi: '3.0.0', paths: { '/a': { post: { requestBody: content({ $ref: './order.yaml' }), responses: {} } } } }), 'schema_reference_missing ./order.yaml'],
    ['another version', stringifyJson({ openapi: '4.0.0', paths: { '/a': {} } }), 'openapi_version 4.0.0'],
    ['no bodies', stringifyJson({ openapi: '3.0.0', paths: { '/a': { get: { responses: { 204: {} } } } } }), 'openapi_nothing'],
    ['a tab in YAML', 'openapi: 3.0.0\npaths:\n\t/a: 1', 'yaml_malformed 3 1'],
    ['a YAML alias that would grow without end', `openapi: 3.0.0\ncomponents:\n  schemas:\n    a: &a [${Array.from({ length: 9 }, () => 'x').join(',')}]\n${[...'bcdefghij'].map((name, at) => `    ${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'.charAt(at)}`).join(',')}]\n`).join('')}`, 'yaml_aliases'],
  ])('with %s', (...[, text, expected]) => {
    expect(outline(readSchema(text))).toBe(expected);
  });
});
