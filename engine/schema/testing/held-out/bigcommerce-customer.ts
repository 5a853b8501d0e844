import type { LabelledPair } from '../labelled-pair.ts';

export const bigcommerceCustomer: LabelledPair = {
  name: 'BigCommerce customer',
  entity: 'customer',
  records: [
    {
      id: 4471,
      email: 'tom.ferreira@example.net',
      first_name: 'Tom',
      last_name: 'Ferreira',
      company: 'Ferreira Surf',
      phone: '+351 21 555 0190',
      registration_ip_address: '198.51.100.7',
      notes: 'Prefers pickup in store',
      tax_exempt_category: '',
      customer_group_id: 2,
      date_created: '2025-08-30T10:00:12Z',
      date_modified: '2026-01-22T19:41:00Z',
      address_count: 1,
      attribute_count: 0,
      authentication: { force_password_reset: false },
      addresses: [
        { id: 5120, customer_id: 4471, first_name: 'Tom', last_name: 'Ferreira', company: 'Ferreira Surf', address1: 'Rua do Mar 5', address2: '', city: 'Ericeira', state_or_province: 'Lisboa', postal_code: '2655-001', country: 'Portugal', country_code: 'PT', phone: '+351 21 555 0190', address_type: 'commercial' },
      ],
      store_credit_amounts: [{ amount: 12.5 }],
      accepts_product_review_abandoned_cart_emails: true,
      origin_channel_id: 1,
      channel_ids: [1],
    },
  ],
  correct: {
    id: 'id',
    email: 'email',
    phone: 'phone',
    firstName: 'first_name',
    lastName: 'last_name',
    company: 'company',
    marketingConsent: 'accepts_product_review_abandoned_cart_emails',
    note: 'notes',
    createdAt: 'date_created',
    updatedAt: 'date_modified',
  },
};
