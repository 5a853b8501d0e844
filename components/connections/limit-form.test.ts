import { expect, it } from 'vitest';
import { checkLimits, limitsOf, openLimits } from './limit-form.ts';

it('opens and saves a limit as it was, with what the form cannot say', () => {
  const stored = {
    concurrency: 4,
    drainPerSecond: null,
    rateLimit: { account: 'main', headers: 'shopify-rest' as const, limits: [{ style: 'bucket' as const, calls: 40, perSecond: 2.5 }, { style: 'concurrency' as const, calls: 3 }] },
  };
  expect(limitsOf(openLimits(stored))).toEqual(stored);
  expect(limitsOf(openLimits(null))).toEqual({ concurrency: null, drainPerSecond: null, rateLimit: null });
});

it('says which numbers are missing', () => {
  const form = { ...openLimits(null), style: 'window' as const, amount: '40', pace: '' };
  expect(checkLimits(form)).toEqual({ pace: 'numberMissing' });
  expect(checkLimits({ ...form, pace: '60', concurrency: '0' })).toEqual({ concurrency: 'numberOff' });
  expect(limitsOf({ ...form, pace: '0,5' }).rateLimit?.limits).toEqual([{ style: 'window', calls: 40, seconds: 0.5 }]);
});
