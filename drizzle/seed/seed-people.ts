import { hash } from '@node-rs/argon2';
import { inArray } from 'drizzle-orm';
import type { Queries } from '../client.ts';
import { account, brand, domain, membership, partner, retailer, store, user } from '../schema/index.ts';
import { demoId } from './demo-id.ts';
import { demoPassword, type DemoPartner } from './demo-people.ts';

/** As the web process hashes: argon2id, 19 MiB, two passes, one lane. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

interface Person {
  name: string;
  email: string;
  partnerId: string;
  retailerId: string | null;
  role: 'partner_admin' | 'consultant' | 'retailer_viewer';
}

export const partnerIdOf = (slug: string) => demoId(`partner/${slug}`);
export const retailerIdOf = (slug: string) => demoId(`retailer/${slug}`);
export const userIdOf = (email: string) => demoId(`user/${email}`);

/** Partners with brand and host, their retailers and stores, and who may sign in. What is there already stays as it is. */
export async function seedPeople(db: Queries, partners: DemoPartner[]): Promise<void> {
  for (const one of partners) {
    const partnerId = partnerIdOf(one.slug);
    await db.insert(partner).values({ id: partnerId, slug: one.slug, name: one.name }).onConflictDoNothing();
    await db.insert(brand).values({ partnerId, name: one.name, accent: one.accent, logo: one.logo, logoType: 'image/png' }).onConflictDoNothing();
    await db.insert(domain).values({ host: one.host, partnerId, verifiedAt: new Date() }).onConflictDoNothing();
    for (const { slug, name, timeZone, locale, currency, stores } of one.retailers) {
      const retailerId = retailerIdOf(slug);
      await db.insert(retailer).values({ partnerId, id: retailerId, slug, name, timeZone, locale, currency }).onConflictDoNothing();
      const rows = stores.map((shop) => ({ partnerId, retailerId, id: demoId(`store/${slug}/${shop.code}`), timeZone, ...shop }));
      await db.insert(store).values(rows).onConflictDoNothing();
    }
  }
  await seedUsers(db, partners.flatMap(peopleOf));
}

function peopleOf(one: DemoPartner): Person[] {
  const partnerId = partnerIdOf(one.slug);
  return [
    { ...one.admin, partnerId, retailerId: null, role: 'partner_admin' },
    { ...one.consultant, partnerId, retailerId: null, role: 'consultant' },
    ...one.retailers.map(({ slug, viewer }): Person => ({ ...viewer, partnerId, retailerId: retailerIdOf(slug), role: 'retailer_viewer' })),
  ];
}

async function seedUsers(db: Queries, people: Person[]): Promise<void> {
  const known = await db.select({ email: user.email }).from(user).where(inArray(user.email, people.map(({ email }) => email)));
  const missing = people.filter(({ email }) => !known.some((row) => row.email === email));
  for (const { name, email, partnerId, retailerId, role } of missing) {
    const userId = userIdOf(email);
    await db.insert(user).values({ id: userId, name, email, emailVerified: true });
    const password = await hash(demoPassword, argon2id);
    await db.insert(account).values({ id: demoId(`account/${email}`), userId, accountId: userId, providerId: 'credential', password });
    await db.insert(membership).values({ partnerId, id: demoId(`membership/${email}`), userId, retailerId, role });
  }
}
