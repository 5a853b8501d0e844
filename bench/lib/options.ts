import { parseArgs } from 'node:util';

/** Numbers given as `--name value`, each with its default. @throws for an option nobody knows, or a value that is no positive number */
export function numbersFrom<N extends string>(defaults: Record<N, number>, args: string[] = process.argv.slice(2)): Record<N, number> {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args, options });
  const result = { ...defaults };
  for (const name in defaults) {
    const text = values[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (!(value > 0)) throw new Error(`--${name} wants a positive number; it was "${String(text)}".`);
    result[name] = value;
  }
  return result;
}
