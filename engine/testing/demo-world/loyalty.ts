import { textOf } from '#engine/flow/json.ts';
import { at, checkBody, readBody, validationFailed } from './checks.ts';
import { demoHeaders } from './demo-secrets.ts';
import { notFound, type DemoAnswer, type DemoSystem, type KnownRequest } from './system.ts';

/** The loyalty service: books points on a member's account, enrolling a member it does not know. */
export function createLoyalty(): DemoSystem {
  /** Balance by retailer and member. */
  const balances = new Map<string, bigint>();
  let entries = 0;

  function book(request: KnownRequest) {
    const read = readBody(request.body);
    if ('refusal' in read) return read.refusal;
    const check = checkBody(read.body);
    const memberId = check.text('memberId');
    check.text('orderId');
    check.pattern('occurredAt', /^\d{4}-\d{2}-\d{2}/, 'a date and time');
    const points = check.pattern('points', /^-?\d+(\.0+)?$/, 'a whole number');
    if (check.problems.length > 0) return validationFailed(check.problems);
    const balance = add(request, memberId, points);
    entries += 1;
    return { status: 201, body: { entryId: `LE-${String(entries).padStart(6, '0')}`, memberId, points: Number.parseInt(points, 10), balance } };
  }

  function add(request: KnownRequest, memberId: string, points: string): number {
    const key = `${request.retailer} ${memberId}`;
    const balance = (balances.get(key) ?? 0n) + BigInt(points.replace(/\.0+$/, ''));
    balances.set(key, balance);
    return Number(balance);
  }

  function members(request: KnownRequest): { memberId: string; balance: number }[] {
    const prefix = `${request.retailer} `;
    return [...balances]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, balance]) => ({ memberId: key.slice(prefix.length), balance: Number(balance) }));
  }

  return {
    secretHeader: demoHeaders.loyalty.toLowerCase(),
    secretOf: (secrets) => secrets.loyaltyKey,
    handle(request): DemoAnswer {
      if (request.method === 'POST' && request.path === '/api/points') return book(request);
      if (request.method !== 'GET') return notFound();
      if (request.path === '/api/members') return { status: 200, body: { members: members(request) } };
      const id = /^\/api\/members\/([^/]+)$/.exec(request.path)?.[1];
      const found = members(request).find((member) => member.memberId === id);
      return found ? { status: 200, body: { ...found } } : { status: 404, body: { error: 'member_not_found' } };
    },
    restore(request) {
      const read = readBody(request.body);
      if ('refusal' in read) return;
      add(request, textOf(at(read.body, 'memberId')), textOf(at(read.body, 'points')));
      entries += 1;
    },
  };
}
