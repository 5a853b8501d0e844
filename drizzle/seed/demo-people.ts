import type { DemoRetailer } from '#engine/testing/demo-world/demo-secrets.ts';
import { drawLogo, harborMark, lumenMark } from './logos.ts';

export interface DemoRetailerProfile {
  slug: DemoRetailer;
  name: string;
  timeZone: string;
  locale: string;
  currency: string;
  stores: { name: string; code: string }[];
  viewer: { name: string; email: string };
}

export interface DemoPartner {
  slug: string;
  name: string;
  accent: string;
  logo: Uint8Array;
  host: string;
  admin: { name: string; email: string };
  consultant: { name: string; email: string };
  retailers: DemoRetailerProfile[];
}

/** Everybody's password in the demo. */
export const demoPassword = 'weft-demo-2026';

/** Who lives in the demo. Invented people and firms; .example and .localhost names reach nobody. */
export function demoPartners(): DemoPartner[] {
  return [
    {
      slug: 'harbor',
      name: 'Harbor Retail Systems',
      accent: '#0F766E',
      logo: drawLogo('#0F766E', harborMark),
      host: 'harbor.localhost',
      admin: { name: 'Maren Holt', email: 'admin@harbor.example' },
      consultant: { name: 'Jonas Brandt', email: 'consultant@harbor.example' },
      retailers: [
        {
          slug: 'nordlicht',
          name: 'Nordlicht Outdoor',
          timeZone: 'Europe/Berlin',
          locale: 'de',
          currency: 'EUR',
          stores: [{ name: 'Onlineshop', code: 'WEB' }, { name: 'Hamburg Speicherstadt', code: 'HH1' }, { name: 'Kiel Hörn', code: 'KI1' }],
          viewer: { name: 'Silke Ahrens', email: 'viewer@nordlicht.example' },
        },
        {
          slug: 'kaffeewerk',
          name: 'Kaffeewerk',
          timeZone: 'Europe/Berlin',
          locale: 'de',
          currency: 'EUR',
          stores: [{ name: 'Onlineshop', code: 'WEB' }, { name: 'Rösterei Leipzig', code: 'LE1' }],
          viewer: { name: 'Tariq Demir', email: 'viewer@kaffeewerk.example' },
        },
      ],
    },
    {
      slug: 'lumen',
      name: 'Lumen Commerce',
      accent: '#B4235A',
      logo: drawLogo('#B4235A', lumenMark),
      host: 'lumen.localhost',
      admin: { name: 'Claire Fontaine', email: 'admin@lumen.example' },
      consultant: { name: 'Luis Ortega', email: 'consultant@lumen.example' },
      retailers: [
        {
          slug: 'atelier',
          name: 'Atelier Vert',
          timeZone: 'Europe/Paris',
          locale: 'en',
          currency: 'EUR',
          stores: [{ name: 'Boutique en ligne', code: 'WEB' }, { name: 'Nantes Graslin', code: 'NTE' }],
          viewer: { name: 'Manon Girard', email: 'viewer@atelier.example' },
        },
        {
          slug: 'volta',
          name: 'Volta Bikes',
          timeZone: 'Europe/London',
          locale: 'en',
          currency: 'GBP',
          stores: [{ name: 'Online shop', code: 'WEB' }, { name: 'Bristol Harbourside', code: 'BRS' }],
          viewer: { name: 'Priya Shah', email: 'viewer@volta.example' },
        },
      ],
    },
  ];
}
