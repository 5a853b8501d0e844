import { entity } from '../entity.ts';
import { address, changed } from '../parts.ts';
import { calendarDate, currencyCode, flag, id, text } from '../retail-field.ts';

export const store = entity('erp', {
  id: id({ text: 'store_id' }),
  code: text({ class: 'id', text: 'store_code' }).optional(),
  name: text({ text: 'store_name' }),
  timeZone: text({ format: 'time-zone', text: 'storeTimeZone' }).optional(),
  currency: currencyCode().optional(),
  active: flag().optional(),
  openedOn: calendarDate().optional(),
  address: address.optional(),
  ...changed,
});
