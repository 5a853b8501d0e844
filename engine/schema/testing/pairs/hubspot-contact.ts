import type { LabelledPair } from '../labelled-pair.ts';

export const hubspotContact: LabelledPair = {
  name: 'HubSpot contact',
  entity: 'customer',
  records: [
    {
      id: '20415',
      properties: { hs_object_id: '20415', email: 'ida.holm@example.dk', firstname: 'Ida', lastname: 'Holm', phone: '+45 55 50 01 22', mobilephone: '+45 55 50 01 23', company: 'Holm Keramik', website: 'holm.example.dk', address: 'Nørregade 14', city: 'Aarhus', state: 'Midtjylland', zip: '8000', country: 'Denmark', hs_language: 'da', date_of_birth: '1984-05-19', jobtitle: 'Owner', lifecyclestage: 'customer', hubspot_owner_id: '771', hs_email_optout: 'false', createdate: '2025-12-01T07:30:17.883Z', lastmodifieddate: '2026-02-07T16:50:06.678Z', notes_last_updated: null, num_associated_deals: '2' },
      createdAt: '2025-12-01T07:30:17.883Z',
      updatedAt: '2026-02-07T16:50:06.678Z',
      archived: false,
    },
  ],
  correct: {
    id: ['id', 'properties.hs_object_id'],
    email: 'properties.email',
    phone: ['properties.phone', 'properties.mobilephone'],
    firstName: 'properties.firstname',
    lastName: 'properties.lastname',
    company: 'properties.company',
    birthday: 'properties.date_of_birth',
    language: 'properties.hs_language',
    'address.street': 'properties.address',
    'address.city': 'properties.city',
    'address.region': 'properties.state',
    'address.postcode': 'properties.zip',
    'address.country': 'properties.country',
    'address.phone': ['properties.phone', 'properties.mobilephone'],
    'address.email': 'properties.email',
    'address.firstName': 'properties.firstname',
    'address.lastName': 'properties.lastname',
    'address.company': 'properties.company',
    createdAt: ['createdAt', 'properties.createdate'],
    updatedAt: ['updatedAt', 'properties.lastmodifieddate'],
  },
};
