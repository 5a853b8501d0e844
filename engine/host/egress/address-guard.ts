import ipaddr from 'ipaddr.js';

/** One line of the operator's allow-list: a network, or one host and port. */
export type AllowedNetwork = { type: 'network'; network: [ipaddr.IPv4 | ipaddr.IPv6, number] } | { type: 'host'; host: string; port: number };

/** Reads a line of private_network: '10.1.0.0/16', '127.0.0.1:3002', 'erp.internal:8443'. Null when it is neither. */
export function parseAllowed(line: string): AllowedNetwork | null {
  const text = line.trim();
  if (text.includes('/')) return ipaddr.isValidCIDR(text) ? { type: 'network', network: ipaddr.parseCIDR(text) } : null;
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return { type: 'host', host: text.slice(0, colon).replace(/^\[|\]$/g, '').toLowerCase(), port };
}

/** Addresses of the public internet. Everything else (private, loopback, link-local, CGNAT, metadata, mapped …) is not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // process() turns ::ffff:127.0.0.1 into 127.0.0.1, so a mapped address is judged by what it means.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // What is neither reserved nor assigned (::7f00:1, which means 127.0.0.1; 4000::) counts as unicast there; the public internet is 2000::/3.
  return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0] ?? 0) >> 5 === 1;
}

/** Where a call wants to go. */
export interface Target {
  /** As written in the address, lower case, without brackets. */
  host: string;
  port: number;
}

/** Whether an address that is not public was allowed by the operator for this target. */
export function isAllowedPrivate(address: string, target: Target, allowed: readonly AllowedNetwork[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowed.some((entry) => {
    if (entry.type === 'host') return entry.port === target.port && (entry.host === target.host || entry.host === address);
    return parsed.kind() === entry.network[0].kind() && parsed.match(entry.network);
  });
}
