/**
 * Regular expressions that cannot hang. Patterns come from consultants, the texts from outside; the engine's own RegExp
 * backtracks, and one unlucky pair stops a process. This one walks all alternatives at once: its time grows with pattern
 * length × text length, nothing else. Look-around and back references are refused.
 */
export interface LinearPattern {
  /** Whether the pattern is found anywhere in the text. */
  test(text: string): boolean;
}

const MAX_SOURCE = 1_000;
const MAX_STATES = 1_000;
const MAX_REPEAT = 500;
const MAX_DEPTH = 50;

type Matcher = (char: string) => boolean;
type Item =
  | { type: 'char'; fits: Matcher }
  | { type: 'start' | 'end' }
  | { type: 'sequence' | 'choice'; items: Item[] }
  | { type: 'repeat'; item: Item; min: number; max: number };

class Refused extends Error {}

/** Null for what is no pattern, or uses what cannot be matched in linear time. */
export function compileLinearPattern(source: string): LinearPattern | null {
  if (source.length > MAX_SOURCE) return null;
  try {
    const program = compile(new Parser(source).whole());
    return { test: (text) => run(program, text) };
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** A character class or an escape stands for one character, so the engine's own RegExp can judge it without danger. */
function matcherOf(token: string): Matcher {
  let native: RegExp;
  try {
    native = new RegExp(`^(?:${token})$`, 'u');
  } catch {
    throw new Refused();
  }
  const known = new Map<string, boolean>();
  return (char) => {
    let fits = known.get(char);
    if (fits === undefined) {
      fits = native.test(char);
      if (known.size < 512) known.set(char, fits);
    }
    return fits;
  };
}

class Parser {
  private readonly source: string;
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  whole(): Item {
    const item = this.choice();
    if (this.at < this.source.length) throw new Refused();
    return item;
  }

  private choice(): Item {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Refused();
    const items = [this.sequence()];
    while (this.take('|')) items.push(this.sequence());
    this.depth -= 1;
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'choice', items };
  }

  private sequence(): Item {
    const items: Item[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) items.push(this.repeated());
    return { type: 'sequence', items };
  }

  private repeated(): Item {
    let item = this.atom();
    for (let bounds = this.bounds(); bounds !== null; bounds = this.bounds()) {
      if (item.type === 'start' || item.type === 'end') throw new Refused();
      item = { type: 'repeat', item, ...bounds };
    }
    return item;
  }

  private bounds(): { min: number; max: number } | null {
    const found = /^(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})\??/.exec(this.source.slice(this.at, this.at + 16));
    if (found === null) return null;
    const [whole, least, comma, most] = found;
    this.at += whole.length;
    if (least === undefined) return { min: whole.startsWith('+') ? 1 : 0, max: whole.startsWith('?') ? 1 : Number.POSITIVE_INFINITY };
    const min = Number(least);
    const max = comma === undefined ? min : most === undefined ? Number.POSITIVE_INFINITY : Number(most);
    if (min > MAX_REPEAT || max < min || (Number.isFinite(max) && max > MAX_REPEAT)) throw new Refused();
    return { min, max };
  }

  private atom(): Item {
    if (this.take('^')) return { type: 'start' };
    if (this.take('$')) return { type: 'end' };
    if (this.take('(')) return this.group();
    return { type: 'char', fits: this.character() };
  }

  private group(): Item {
    if (this.source.startsWith('?', this.at) && !this.take('?:')) {
      const name = /^\?<[A-Za-z_]\w*>/.exec(this.source.slice(this.at));
      if (name === null) throw new Refused();
      this.at += name[0].length;
    }
    const item = this.choice();
    if (!this.take(')')) throw new Refused();
    return item;
  }

  private character(): Matcher {
    const rest = this.source.slice(this.at);
    const token = /^(?:\[(?:[^\]\\]|\\[^])*\]|\\u\{[0-9a-fA-F]+\}|\\[pP]\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[^])/.exec(rest)?.[0];
    if (token !== undefined) {
      this.at += token.length;
      // Boundaries and back references look beside the character.
      if (/^\\[bBk1-9]/.test(token)) throw new Refused();
      return matcherOf(/^\\[-_/@#%&'",:;<>=!~` ]$/.test(token) ? token.slice(1) : token);
    }
    const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if ('*+?{}[]'.includes(char)) throw new Refused();
    this.at += char.length;
    return char === '.' ? matcherOf('.') : (other) => other === char;
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

/** One step of the program; numbers are places in it. */
type Step = { type: 'char'; fits: Matcher } | { type: 'start' | 'end' | 'found' } | { type: 'fork'; to: number[] };

function compile(item: Item): Step[] {
  const program: Step[] = [];
  emit(item, program);
  program.push({ type: 'found' });
  return program;
}

function emit(item: Item, program: Step[]): void {
  if (program.length > MAX_STATES) throw new Refused();
  switch (item.type) {
    case 'char':
    case 'start':
    case 'end':
      program.push(item);
      return;
    case 'sequence':
      for (const part of item.items) emit(part, program);
      return;
    case 'choice':
      emitChoice(item.items, program);
      return;
    case 'repeat':
      emitRepeat(item, program);
  }
}

function emitChoice(items: readonly Item[], program: Step[]): void {
  const entry = { type: 'fork' as const, to: [] as number[] };
  program.push(entry);
  const exits: { to: number[] }[] = [];
  for (const item of items) {
    entry.to.push(program.length);
    emit(item, program);
    const exit = { type: 'fork' as const, to: [] as number[] };
    program.push(exit);
    exits.push(exit);
  }
  for (const exit of exits) exit.to.push(program.length);
}

function emitRepeat({ item, min, max }: Extract<Item, { type: 'repeat' }>, program: Step[]): void {
  for (let count = 0; count < min; count += 1) emit(item, program);
  if (max === Number.POSITIVE_INFINITY) {
    const fork = { type: 'fork' as const, to: [program.length + 1] };
    const place = program.length;
    program.push(fork);
    emit(item, program);
    program.push({ type: 'fork', to: [place] });
    fork.to.push(program.length);
    return;
  }
  const forks: { to: number[] }[] = [];
  for (let count = min; count < max; count += 1) {
    const fork = { type: 'fork' as const, to: [program.length + 1] };
    forks.push(fork);
    program.push(fork);
    emit(item, program);
  }
  for (const fork of forks) fork.to.push(program.length);
}

function run(program: readonly Step[], text: string): boolean {
  const chars = Array.from(text);
  /** In which round a place was last reached; each place is looked at once per character. */
  const reached = new Int32Array(program.length).fill(-1);
  let places: number[] = [];
  for (let at = 0; at <= chars.length; at += 1) {
    // The pattern may begin anywhere.
    places.push(0);
    const waiting: number[] = [];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      if (reached[place] === at) continue;
      reached[place] = at;
      const step = program[place];
      if (step === undefined) continue;
      if (step.type === 'found') return true;
      if (step.type === 'fork') places.push(...step.to);
      else if (step.type === 'char') waiting.push(place);
      else if (step.type === 'start' ? at === 0 : at === chars.length) places.push(place + 1);
    }
    const char = chars[at];
    if (char === undefined) return false;
    places = [];
    for (const place of waiting) {
      const step = program[place];
      if (step?.type === 'char' && step.fits(char)) places.push(place + 1);
    }
  }
  return false;
}
