import type { LabelledPair } from '../labelled-pair.ts';

export const businessCentralItem: LabelledPair = {
  name: 'Business Central item',
  entity: 'variant',
  records: [
    { '@odata.etag': 'W/"JzE5OzEy"', id: 'f1c5738a-44e3-4a11-bb43-000d3a25738b', number: '1920-S', displayName: 'ANTWERP conference table', type: 'Inventory', itemCategoryId: 'e21a6a90-44e3-4a11-bb43-000d3a25738b', itemCategoryCode: 'TABLE', blocked: false, gtin: '4006381333924', inventory: 6, unitPrice: 420.4, priceIncludesTax: false, unitCost: 327.3, taxGroupId: '9f196a90-44e3-4a11-bb43-000d3a25738b', taxGroupCode: 'FURNITURE', baseUnitOfMeasureId: '55a6738a-44e3-4a11-bb43-000d3a25738b', baseUnitOfMeasureCode: 'PCS', lastModifiedDateTime: '2026-01-21T00:24:19.347Z' },
    { '@odata.etag': 'W/"JzE5OzEz"', id: 'a2c5738a-44e3-4a11-bb43-000d3a25738c', number: '1936-S', displayName: 'BERLIN guest chair', type: 'Inventory', itemCategoryId: 'e31a6a90-44e3-4a11-bb43-000d3a25738b', itemCategoryCode: 'CHAIR', blocked: false, gtin: '', inventory: 112, unitPrice: 192.8, priceIncludesTax: false, unitCost: 150.1, taxGroupId: '9f196a90-44e3-4a11-bb43-000d3a25738b', taxGroupCode: 'FURNITURE', baseUnitOfMeasureId: '55a6738a-44e3-4a11-bb43-000d3a25738b', baseUnitOfMeasureCode: 'PCS', lastModifiedDateTime: '2026-02-02T08:11:00.1Z' },
  ],
  correct: {
    id: 'id',
    sku: 'number',
    barcode: 'gtin',
    title: 'displayName',
    unit: 'baseUnitOfMeasureCode',
    price: 'unitPrice',
    cost: 'unitCost',
  },
};
