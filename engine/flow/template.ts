import { textOf, type Json } from './json.ts';
import { getPath, parsePath, type Path } from './path.ts';

/** Makes a value safe for where it is put; gets its text and the value itself. */
export type Encode = (text: string, value: Json | undefined) => string;

/** Text with placeholders, ready to be filled many times. */
export interface Template {
  /** Paths the text refers to, in order. */
  paths: readonly Path[];
  /** Missing values become ''. `encode` is applied to each value, never to the fixed text. */
  render(data: Json, encode?: Encode): string;
  /** The placeholders, as written, that find nothing in `data` (null and '' count as nothing). */
  missing(data: Json): string[];
}

export type TemplateResult = { ok: true; template: Template } | { ok: false; position: number };

/**
 * Compiles `/orders/{{order.id}}`. A placeholder holds a path and nothing else: no code, no functions.
 * Refused: an unclosed `{{`, or what is no path inside; `position` is where.
 */
export function compileTemplate(text: string): TemplateResult {
  const fixed: string[] = [];
  const paths: Path[] = [];
  const sources: string[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open);
    const source = close < 0 ? '' : text.slice(open + 2, close).trim();
    const path = parsePath(source);
    if (close < 0 || path === null) return { ok: false, position: open };
    fixed.push(text.slice(at, open));
    paths.push(path);
    sources.push(source);
    at = close + 2;
  }
  const tail = text.slice(at);
  return {
    ok: true,
    template: {
      paths,
      render(data, encode) {
        let result = '';
        paths.forEach((path, index) => {
          const value = getPath(data, path);
          const written = textOf(value);
          result += (fixed[index] ?? '') + (encode === undefined ? written : encode(written, value));
        });
        return result + tail;
      },
      missing: (data) => sources.filter((_, index) => textOf(getPath(data, paths[index] ?? [])) === ''),
    },
  };
}

/** Fills a template once; text that is no template is returned as it is. */
export function renderTemplate(text: string, data: Json, encode?: Encode): string {
  const compiled = compileTemplate(text);
  return compiled.ok ? compiled.template.render(data, encode) : text;
}
