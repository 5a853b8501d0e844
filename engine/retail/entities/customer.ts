import { z } from 'zod';
import { entity } from '../entity.ts';
import { address, changed } from '../parts.ts';
import { calendarDate, flag, id, pii, text } from '../retail-field.ts';

export const customer = entity('crm', {
  id: id({ text: 'customer_id' }),
  number: text({ class: 'id', text: 'customer_number', owner: 'erp' }).optional(),
  email: pii({ format: 'email' }).optional(),
  phone: pii({ format: 'phone' }).optional(),
  firstName: pii().optional(),
  lastName: pii().optional(),
  company: text().optional(),
  birthday: calendarDate({ class: 'pii' }).optional(),
  language: text().optional(),
  marketingConsent: flag().optional(),
  taxId: pii().optional(),
  loyaltyId: id({ owner: 'loyalty' }).optional(),
  address: address.optional(),
  tags: z.array(text()).optional(),
  note: text().optional(),
  ...changed,
});
