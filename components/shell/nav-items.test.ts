import { expect, it } from 'vitest';
import { permissionsOf } from '#server/auth/permissions.ts';
import { currentNavKey, navItemsFor, startPath } from './nav-items.ts';

it('a consultant starts at the retailers', () => {
  expect(startPath(permissionsOf('consultant'))).toBe('/retailers');
  expect(startPath(permissionsOf('partner_admin'))).toBe('/retailers');
});

it('a retailer viewer has the runs and the open exceptions', () => {
  expect(navItemsFor(permissionsOf('retailer_viewer')).map((item) => item.key)).toEqual(['runs', 'exceptions']);
  expect(startPath(permissionsOf('retailer_viewer'))).toBe('/runs');
});

it('a flow belongs to the retailers, a run to the runs', () => {
  const items = navItemsFor(permissionsOf('consultant'));
  expect(currentNavKey(items, '/flows/1')).toBe('retailers');
  expect(currentNavKey(items, '/retailers/1/connections')).toBe('retailers');
  expect(currentNavKey(items, '/runs/1')).toBe('runs');
  expect(currentNavKey(items, '/replays')).toBe('runs');
  expect(currentNavKey(items, '/runsheet')).toBeNull();
});
