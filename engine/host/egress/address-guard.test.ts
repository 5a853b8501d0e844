import { describe, expect, test } from 'vitest';
import { isAllowedPrivate, isPublicAddress, parseAllowed } from './address-guard.ts';

describe('address guard', () => {
  test.each([
    '127.0.0.1', '127.1.2.3', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1', '192.0.2.1',
    '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'localhost', '',
    '::7f00:1', '::127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b:1::7f00:1', 'fe80::1%eth0', 'fec0::1', '100::1', '2001::1', '5f00::1', '4000::1', '192.0.0.170', '192.88.99.1', '240.0.0.1', '0x7f000001', '2130706433', '0177.0.0.1',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  test('the operator\'s list names networks, or one host and port', () => {
    const allowed = ['10.1.0.0/16', '127.0.0.1:3002', 'erp.internal:8443', 'nonsense', '1.2.3.4'].flatMap((line) => parseAllowed(line) ?? []);
    expect(allowed).toHaveLength(3);
    expect(isAllowedPrivate('10.1.2.3', { host: 'erp.example', port: 80 }, allowed)).toBe(true);
    expect(isAllowedPrivate('10.2.2.3', { host: 'erp.example', port: 80 }, allowed)).toBe(false);
    expect(isAllowedPrivate('127.0.0.1', { host: '127.0.0.1', port: 3002 }, allowed)).toBe(true);
    expect(isAllowedPrivate('127.0.0.1', { host: '127.0.0.1', port: 5432 }, allowed)).toBe(false);
    expect(isAllowedPrivate('192.168.7.7', { host: 'erp.internal', port: 8443 }, allowed)).toBe(true);
  });
});
