import type { LabelledPair } from '../labelled-pair.ts';

export const salesforceAccount: LabelledPair = {
  name: 'Salesforce account',
  entity: 'customer',
  records: [
    { attributes: { type: 'Account', url: '/services/data/v62.0/sobjects/Account/001Hs00003abcd1' }, Id: '001Hs00003abcd1', Name: 'Alpenblick Sport AG', AccountNumber: 'CH-0042', Type: 'Customer - Direct', Industry: 'Retail', Phone: '+41 44 555 01 44', Fax: null, Website: 'https://alpenblick.example.ch', Description: 'Chain of four stores', BillingStreet: 'Seestrasse 101', BillingCity: 'Zürich', BillingState: 'ZH', BillingPostalCode: '8002', BillingCountry: 'Switzerland', BillingCountryCode: 'CH', ShippingStreet: 'Lagerweg 2', ShippingCity: 'Dietikon', ShippingState: 'ZH', ShippingPostalCode: '8953', ShippingCountry: 'Switzerland', ShippingCountryCode: 'CH', OwnerId: '005Hs00000owner1', ParentId: null, AnnualRevenue: 4200000, NumberOfEmployees: 38, CreatedDate: '2025-09-09T09:09:09.000+0000', LastModifiedDate: '2026-01-15T13:00:00.000+0000', LastModifiedById: '005Hs00000owner2', SystemModstamp: '2026-01-15T13:00:01.000+0000', LastActivityDate: '2026-01-14', IsDeleted: false },
  ],
  correct: {
    id: 'Id',
    number: 'AccountNumber',
    phone: 'Phone',
    company: 'Name',
    note: 'Description',
    'address.company': 'Name',
    'address.name': 'Name',
    'address.street': 'BillingStreet',
    'address.city': 'BillingCity',
    'address.region': 'BillingState',
    'address.postcode': 'BillingPostalCode',
    'address.country': 'BillingCountryCode',
    'address.phone': 'Phone',
    createdAt: 'CreatedDate',
    updatedAt: ['LastModifiedDate', 'SystemModstamp'],
  },
};
