export interface XmlScan {
  /** How deep elements are nested; counting stops beyond the limit. */
  depth: number;
  /** The text, or of a long one the beginning, ended between two records and closed properly. */
  sample: string;
}

/**
 * Looks once over a document, without recursion and without a pattern that could go back: its depth, and a beginning that is
 * enough to know its fields. Attributes with angle brackets may mislead it; then the sample is not well formed, which is seen.
 */
export function scanXml(text: string, limits: { depth: number; enough: number }): XmlScan {
  const open: string[] = [];
  let depth = 0;
  let cut: { at: number; open: readonly string[] } | null = null;
  for (let start = text.indexOf('<'); start >= 0; ) {
    const end = text.indexOf('>', start);
    if (end < 0) break;
    // A bracket inside: what came before was no tag.
    const next = text.lastIndexOf('<', end);
    const tag = text.slice(next + 1, end);
    const closing = tag.startsWith('/');
    const single = tag.endsWith('/');
    if (closing) open.pop();
    else if (!single && !/^[!?\s]|^$/.test(tag)) open.push(nameOf(tag));
    depth = Math.max(depth, open.length);
    if (depth > limits.depth || end > 2 * limits.enough) break;
    // As far out as there is a place between elements, but not beyond twice what is enough.
    if (end >= limits.enough && (closing || single) && open.length > 0 && (cut === null || open.length < cut.open.length)) cut = { at: end + 1, open: [...open] };
    start = text.indexOf('<', end);
  }
  if (text.length <= limits.enough || cut === null) return { depth, sample: text };
  return { depth, sample: text.slice(0, cut.at) + cut.open.toReversed().map((name) => `</${name}>`).join('') };
}

function nameOf(tag: string): string {
  const end = tag.search(/\s/);
  return end < 0 ? tag : tag.slice(0, end);
}
