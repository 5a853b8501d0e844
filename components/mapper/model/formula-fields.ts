/**
 * The fields a formula names, as paths of its level: `$sum(line_items.(price * quantity))` gives `line_items`, `price`
 * and `quantity`. A guess by words, for drawing lines and for nothing else: `$parent.x` comes back as `^.x`.
 */
export function formulaFields(expression: string): string[] {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\//g, ' ');
  const found = new Set<string>();
  for (const [word] of bare.matchAll(/(?:\$parent\.)*(?<![\w$.])[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*(?!\s*\()|(?:\$parent\.)+[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)) {
    if (!WORDS.has(word)) found.add(word.replaceAll('$parent.', '^.'));
  }
  return [...found].slice(0, MAX_FIELDS);
}

const MAX_FIELDS = 20;
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function', 'Infinity']);
