import ipaddr from 'ipaddr.js';

const privateNames = /^(localhost|[^.]+|.+\.(localhost|local|lan|internal|intranet|home\.arpa|test))$/i;

/**
 * Whether a base URL plainly means a host inside somebody's network: a private literal address or a name that the public
 * DNS does not have. Such a connection is marked, so that the engine lets it reach what the operator's allow-list names;
 * any other name that resolves to a private address stays refused, whatever the list says.
 */
export function meansPrivateHost(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast';
  return privateNames.test(host);
}
