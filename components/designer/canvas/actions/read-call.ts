/** A call as documentation of a system shows it. */
export interface PastedCall {
  method: string;
  /** Absolute address, with its query. */
  url: string;
  headers: { name: string; value: string }[];
  /** The example that is sent; null: none. */
  body: string | null;
}

/** Options of curl that stand before a word of their own which is of no interest here: files, proxies, times, credentials. */
const WITH_WORD = new Set(
  '-u --user -A --user-agent -e --referer -b --cookie -c --cookie-jar -o --output -m --max-time -x --proxy -F --form -T --upload-file --connect-timeout --retry --retry-delay --cert --key --cacert --resolve -w --write-out'.split(' '),
);
const DATA = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);

/** Reads the curl command that documentation shows for a call. Null: the text is something else, or no address is in it. */
export function readCall(text: string): PastedCall | null {
  const words = wordsOf(text.trim().replace(/^\$\s+/, ''));
  if (words === null || words[0] !== 'curl') return null;
  const call: Omit<PastedCall, 'method' | 'url' | 'body'> & { method: string | null; url: string | null; data: string[] } = { method: null, url: null, headers: [], data: [] };
  for (let at = 1; at < words.length; at += 1) {
    const [option, glued] = splitOption(words[at] ?? '');
    const takes = option === '-X' || option === '--request' || option === '-H' || option === '--header' || option === '--url' || DATA.has(option) || WITH_WORD.has(option);
    const value = glued ?? (takes ? words[(at += 1)] : undefined) ?? '';
    if (option === '-X' || option === '--request') call.method = value.toUpperCase();
    else if (option === '-I' || option === '--head') call.method = 'HEAD';
    else if (option === '-H' || option === '--header') call.headers.push(...headerOf(value));
    else if (DATA.has(option)) call.data.push(value);
    else if (option === '--url' || !option.startsWith('-')) call.url ??= option === '--url' ? value : option;
  }
  const url = call.url === null ? null : absolute(call.url);
  if (url === null) return null;
  const body = call.data.length === 0 ? null : call.data.join('&');
  return { method: call.method ?? (body === null ? 'GET' : 'POST'), url, headers: call.headers, body };
}

/** `-XPOST` and `--request=POST` are an option and its word. */
function splitOption(word: string): [string, string | undefined] {
  const long = /^(--[a-z-]+)=([\s\S]*)$/.exec(word);
  if (long !== null) return [long[1] ?? '', long[2]];
  const short = /^(-[XHd])([\s\S]+)$/.exec(word);
  return short === null ? [word, undefined] : [short[1] ?? '', short[2]];
}

function headerOf(text: string): PastedCall['headers'] {
  const at = text.indexOf(':');
  return at <= 0 ? [] : [{ name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }];
}

function absolute(url: string): string | null {
  const whole = /^https?:\/\//i.test(url) ? url : `https://${url}`;
  return URL.canParse(whole) && /^[^\s/]+\.[^\s]+|localhost|:\d/.test(whole.replace(/^https?:\/\//i, '')) ? whole : null;
}

/** The words of a shell command: quotes are taken off, a backslash at the end of a line joins it to the next. Null: a quote stays open. */
function wordsOf(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote === "'") {
      if (sign === "'") quote = null;
      else word = (word ?? '') + sign;
    } else if (sign === '\\' && at + 1 < text.length) {
      const next = text.charAt((at += 1));
      const lineEnd = next === '\n' || next === '\r';
      if (next === '\r' && text.charAt(at + 1) === '\n') at += 1;
      // Between double quotes a backslash takes the meaning of a few signs only.
      if (!lineEnd) word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
    } else if (sign === '"' || (sign === "'" && quote === null)) {
      quote = quote === null ? sign : null;
      word ??= '';
    } else if (quote === null && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}
