/** Fields whose content never enters the audit trail: secrets, and documents and payloads that live elsewhere. */
const withheld = /secret|password|token|docText|bodyText|dataText|csvText/i;
const longest = 300;

/** What an audit row says about the input: its fields, with secrets and large texts left out. */
export function auditDetail(input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return {};
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, shown(key, value)]));
}

function shown(key: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (withheld.test(key)) return typeof value === 'string' && !/secret|password|token/i.test(key) ? `(${value.length} characters)` : '(set)';
  if (typeof value === 'string') return value.length > longest ? `${value.slice(0, longest)}…` : value;
  if (typeof value === 'object') return Array.isArray(value) ? `(${value.length} items)` : auditDetail(value);
  return value;
}

/** `<aggregate>:<id>` of what was changed: the id of the procedure's own aggregate (of several the first), else the first id in the input. */
export function auditSubject(path: string, input: Record<string, unknown>): string {
  const aggregate = path.split('.')[0] ?? path;
  const own = input[`${aggregate}Id`];
  if (typeof own === 'string') return `${aggregate}:${own}`;
  const listed = input[`${aggregate}Ids`];
  if (Array.isArray(listed) && typeof listed[0] === 'string') return `${aggregate}:${listed[0]}`;
  const other = Object.entries(input).find(([key, value]) => key.endsWith('Id') && typeof value === 'string');
  return other === undefined ? aggregate : `${other[0].slice(0, -2)}:${String(other[1])}`;
}
