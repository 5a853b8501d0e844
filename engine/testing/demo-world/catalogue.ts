import type { Json } from '#engine/flow/json.ts';
import type { DemoRetailer } from './demo-secrets.ts';

export interface Article {
  sku: string;
  title: string;
  variant: string | null;
  /** Gross price in the retailer's currency. */
  price: string;
  grams: number;
  vendor: string;
}

function article(sku: string, title: string, rest: Omit<Article, 'sku' | 'title'>): Article {
  return { sku, title, ...rest };
}

/** What each demo retailer sells. */
export const catalogue: Record<DemoRetailer, Article[]> = {
  nordlicht: [
    article('JKT-STORM-M-NVY', 'Regenjacke Sturmvogel', { variant: 'M / marine', price: '189.00', grams: 480, vendor: 'Fjordwind' }),
    article('TENT-2P-GRN', 'Kuppelzelt Lagerplatz 2', { variant: '2 Personen / grün', price: '249.90', grams: 2450, vendor: 'Lagerplatz' }),
    article('TENT-4P-RED', 'Kuppelzelt Lagerplatz 4', { variant: '4 Personen / rot', price: '399.00', grams: 4200, vendor: 'Lagerplatz' }),
    article('BAG-40L-BLK', 'Trekkingrucksack Wanderfalke 40', { variant: '40 l / schwarz', price: '139.95', grams: 1320, vendor: 'Wanderfalke' }),
    article('SLP-DOWN-0C', 'Daunenschlafsack Polarnacht', { variant: '0 °C', price: '279.00', grams: 980, vendor: 'Polarnacht' }),
    article('BTL-1L-STL', 'Trinkflasche Edelstahl', { variant: '1 l', price: '24.90', grams: 210, vendor: 'Fjordwind' }),
    article('SOCK-MER-42', 'Merinosocken Dreierpack', { variant: '42–44', price: '34.50', grams: 180, vendor: 'Wollwerk' }),
    article('LAMP-H300', 'Stirnlampe 300 Lumen', { variant: null, price: '44.00', grams: 85, vendor: 'Polarnacht' }),
  ],
  kaffeewerk: [
    article('ESP-HAUS-1KG', 'Hausespresso', { variant: '1 kg / ganze Bohne', price: '27.90', grams: 1000, vendor: 'Kaffeewerk' }),
    article('FIL-AETH-250', 'Äthiopien Sidamo', { variant: '250 g / Filter', price: '11.50', grams: 250, vendor: 'Kaffeewerk' }),
    article('MILL-HAND-2', 'Handmühle Kegelwerk', { variant: null, price: '119.00', grams: 640, vendor: 'Kegelwerk' }),
  ],
  atelier: [
    article('PLN-MONST-L', 'Monstera deliciosa', { variant: 'Large', price: '64.00', grams: 5200, vendor: 'Serre du Midi' }),
    article('POT-TERRA-28', 'Terracotta planter', { variant: '28 cm', price: '32.50', grams: 3100, vendor: 'Atelier Vert' }),
  ],
  volta: [
    article('BIKE-CITY-54', 'Volta City e-bike', { variant: '54 cm / graphite', price: '2399.00', grams: 21500, vendor: 'Volta' }),
    article('LOCK-U-GOLD', 'U-lock Gold', { variant: null, price: '74.99', grams: 1450, vendor: 'Ironside' }),
    article('HLM-URB-M', 'Urban helmet', { variant: 'M', price: '89.00', grams: 390, vendor: 'Brightside' }),
  ],
};

/** Tax rates by retailer, in percent of the net price; prices include it. */
export const taxOf: Record<DemoRetailer, { title: string; percent: number; currency: string }> = {
  nordlicht: { title: 'MwSt', percent: 19, currency: 'EUR' },
  kaffeewerk: { title: 'MwSt', percent: 7, currency: 'EUR' },
  atelier: { title: 'TVA', percent: 20, currency: 'EUR' },
  volta: { title: 'VAT', percent: 20, currency: 'GBP' },
};

const packs = [
  { suffix: '', title: 'Single', pieces: 1 },
  { suffix: '-X2', title: 'Pack of two', pieces: 2 },
];

/** The same articles as products with variants; their prices are kept elsewhere. */
export function productsOf(retailer: DemoRetailer): Json[] {
  return catalogue[retailer].map(({ sku, title, vendor, grams }, index) => ({
    id: 7_900_000_000_001 + index,
    title,
    vendor,
    status: 'active',
    variants: packs.map((pack) => ({ sku: `${sku}${pack.suffix}`, title: pack.title, grams: grams * pack.pieces, barcode: null })),
  }));
}
