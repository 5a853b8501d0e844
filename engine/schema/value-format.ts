/** What texts look like, from examples: the format of a field, or undefined when they differ or say nothing. */
export function formatOf(examples: readonly string[]): string | undefined {
  if (examples.length === 0) return undefined;
  return FORMATS.find(({ pattern }) => examples.every((example) => pattern.test(example)))?.format;
}

// Anchored, and without nested repetition: examples are at most 80 characters, the patterns stay linear.
const FORMATS: readonly { format: string; pattern: RegExp }[] = [
  { format: 'date', pattern: /^\d{4}-\d{2}-\d{2}$/ },
  { format: 'date-time', pattern: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/ },
  { format: 'date-text', pattern: /^(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}.*|\d{1,2}\.\d{1,2}\.\d{4}.*|\d{1,2}\/\d{1,2}\/\d{4}.*)$/ },
  { format: 'email', pattern: /^[^\s@]{1,64}@[^\s@]{1,64}\.[^\s@.]{2,20}$/ },
  { format: 'uri', pattern: /^https?:\/\/\S+$/ },
  { format: 'uuid', pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i },
  { format: 'decimal', pattern: /^-?\d{1,15}[.,]\d{1,6}$/ },
  { format: 'integer', pattern: /^-?(?:0|[1-9]\d{0,14})$/ },
  { format: 'currency', pattern: /^(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|BRL|MXN|INR|CNY|ZAR|SGD|HKD|AED)$/ },
];

/** Numbers written as text. */
export function isNumericFormat(format: string | undefined): boolean {
  return format === 'decimal' || format === 'integer';
}

export function isTimeFormat(format: string | undefined): boolean {
  return format === 'date' || format === 'date-time' || format === 'date-text';
}
