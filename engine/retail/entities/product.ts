import { z } from 'zod';
import { entity } from '../entity.ts';
import { changed, currency, variantShape } from '../parts.ts';
import { choice, id, text, webAddress } from '../retail-field.ts';

export const product = entity('erp', {
  id: id({ text: 'product_id' }),
  title: text({ text: 'product_title' }),
  description: text({ text: 'product_description', owner: 'shop' }).optional(),
  brand: text().optional(),
  category: text().optional(),
  status: choice(['active', 'draft', 'archived'], { text: 'product_status' }).optional(),
  tags: z.array(text()).optional(),
  currency: currency.currency.optional(),
  images: z.array(z.object({ url: webAddress({ text: 'image_url' }), alt: text({ text: 'image_alt' }).optional() })).optional(),
  variants: z.array(z.object(variantShape)).optional(),
  ...changed,
});

export const variant = entity('erp', { ...variantShape, productId: id().optional(), ...currency });
