import type { z } from 'zod';
import type { RetailEntityModel } from './entity.ts';
import { customer } from './entities/customer.ts';
import { loyaltyMember, pointsTransaction, reward } from './entities/loyalty.ts';
import { line, order, tender } from './entities/order.ts';
import { price, stockLevel } from './entities/price-and-stock.ts';
import { product, variant } from './entities/product.ts';
import { payout, promotion } from './entities/promotion-and-payout.ts';
import { returned, shipment } from './entities/return-and-shipment.ts';
import { store } from './entities/store.ts';

/**
 * The canonical retail model: what a record of each kind looks like between two systems. Every field says its class, the
 * system that owns it and what its value means; words at `retail.entities.<entity>` and `retail.fields.<text>`.
 */
export const RETAIL_MODEL = {
  order,
  line,
  tender,
  return: returned,
  shipment,
  customer,
  product,
  variant,
  price,
  stockLevel,
  store,
  loyaltyMember,
  pointsTransaction,
  reward,
  promotion,
  payout,
} satisfies Record<string, RetailEntityModel<z.ZodObject>>;

export type RetailEntity = keyof typeof RETAIL_MODEL;

export type RetailRecord<E extends RetailEntity> = z.infer<(typeof RETAIL_MODEL)[E]['schema']>;
