import { z } from 'zod';
import type { FieldType, SchemaDoc, SchemaField } from '../schema/schema-doc.ts';
import type { RetailEntityModel } from './entity.ts';
import { RETAIL_MODEL, type RetailEntity } from './retail-model.ts';
import type { Owner, RetailMeta } from './retail-field.ts';

/** Every entity as a schema the mapper can show, derived from the zod schemas; `name` is the entity. */
export const RETAIL_SCHEMAS: Record<RetailEntity, SchemaDoc> = deriveAll();

/** The entities in the order in which they are offered. */
export const RETAIL_ENTITIES: readonly RetailEntity[] = Object.keys(RETAIL_MODEL).filter(isRetailEntity);

export function isRetailEntity(name: string): name is RetailEntity {
  return Object.hasOwn(RETAIL_MODEL, name);
}

function deriveAll(): Record<RetailEntity, SchemaDoc> {
  const doc = (name: RetailEntity): SchemaDoc => {
    const { owner, schema }: RetailEntityModel = RETAIL_MODEL[name];
    return { name, origin: 'retail', fields: fieldsOf(schema, owner) };
  };
  return {
    order: doc('order'),
    line: doc('line'),
    tender: doc('tender'),
    return: doc('return'),
    shipment: doc('shipment'),
    customer: doc('customer'),
    product: doc('product'),
    variant: doc('variant'),
    price: doc('price'),
    stockLevel: doc('stockLevel'),
    store: doc('store'),
    loyaltyMember: doc('loyaltyMember'),
    pointsTransaction: doc('pointsTransaction'),
    reward: doc('reward'),
    promotion: doc('promotion'),
    payout: doc('payout'),
  };
}

function fieldsOf(schema: z.ZodObject, owner: Owner): SchemaField[] {
  return Object.entries(schema.shape).map(([name, given]) => fieldOf(name, given, owner));
}

function fieldOf(name: string, given: z.core.$ZodType, owner: Owner): SchemaField {
  const required = !(given instanceof z.ZodOptional);
  const type = given instanceof z.ZodOptional ? given.unwrap() : given;
  const meta: RetailMeta = z.globalRegistry.get(type)?.retail ?? {};
  const base = {
    name,
    text: meta.text ?? name,
    owner: meta.owner ?? owner,
    ...(required ? { required } : {}),
    ...(meta.class === undefined ? {} : { class: meta.class }),
    ...(meta.meaning === undefined ? {} : { meaning: meta.meaning }),
    ...(meta.format === undefined ? {} : { format: meta.format }),
  };
  if (type instanceof z.ZodObject) return { ...base, type: 'object', fields: fieldsOf(type, base.owner) };
  if (type instanceof z.ZodArray) {
    const { element } = type;
    if (element instanceof z.ZodObject) return { ...base, type: 'list', fields: fieldsOf(element, base.owner) };
    return { ...base, type: 'list', item: leafType(element, {}) };
  }
  const options = type instanceof z.ZodEnum ? type.options.map(String) : undefined;
  return { ...base, type: leafType(type, meta), ...(options === undefined ? {} : { options }) };
}

function leafType(type: z.core.$ZodType, { as }: RetailMeta): FieldType {
  if (as !== undefined) return as;
  return type instanceof z.ZodBoolean ? 'boolean' : 'text';
}
