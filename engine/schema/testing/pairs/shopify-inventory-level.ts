import type { LabelledPair } from '../labelled-pair.ts';

export const shopifyInventoryLevel: LabelledPair = {
  name: 'Shopify inventory level',
  entity: 'stockLevel',
  records: [
    { inventory_item_id: 70441, location_id: 66120553, available: 38, updated_at: '2026-02-03T09:15:45+01:00', admin_graphql_api_id: 'gid://shopify/InventoryLevel/66120553?inventory_item_id=70441' },
    { inventory_item_id: 70442, location_id: 66120553, available: 12, updated_at: '2026-02-01T08:00:00+01:00', admin_graphql_api_id: 'gid://shopify/InventoryLevel/66120553?inventory_item_id=70442' },
  ],
  correct: { stockItemId: 'inventory_item_id', storeId: 'location_id', available: 'available', countedAt: 'updated_at' },
};
