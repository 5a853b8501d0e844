/** A number that only grows. Plain, so that counting costs an addition. */
export interface Cell {
  n: number;
}

export interface Histogram {
  observe(seconds: number): void;
}

/** Values of a gauge at the moment of the scrape: one number, or one for each label value. */
export type Reading = number | [labels: Record<string, string>, value: number][];

type Source = { name: string; help: string; type: 'counter' | 'gauge' | 'histogram'; lines(): string[] | Promise<string[]> };

/**
 * Numbers for Prometheus: counted as plain fields while the engine works, turned into text when somebody asks. No library: the
 * format is a page long, and prom-client's label look-up costs about a microsecond a count, where this costs a field access.
 */
export class Registry {
  readonly #sources: Source[] = [];

  /** A counter with one label: `of(value)` is made once and kept by the caller. Label values must be few. */
  counter(name: string, help: string, label?: string): { of(value?: string): Cell } {
    const cells = new Map<string, Cell>();
    const lines = () => [...cells].map(([value, cell]) => sample(name, label === undefined ? {} : { [label]: value }, cell.n));
    this.#sources.push({ name, help, type: 'counter', lines });
    return {
      of(value = '') {
        const cell = cells.get(value) ?? { n: 0 };
        cells.set(value, cell);
        return cell;
      },
    };
  }

  gauge(name: string, help: string, read: () => Reading | Promise<Reading>): void {
    const lines = async () => {
      const reading = await read();
      return typeof reading === 'number' ? [sample(name, {}, reading)] : reading.map(([labels, value]) => sample(name, labels, value));
    };
    // Prometheus takes a name that ends so for a counter, whoever keeps the count.
    this.#sources.push({ name, help, type: name.endsWith('_total') ? 'counter' : 'gauge', lines });
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const counts = new Float64Array(bounds.length + 1);
    let sum = 0;
    const lines = () => {
      let total = 0;
      const buckets = bounds.map((bound, at) => sample(`${name}_bucket`, { le: String(bound) }, (total += counts[at] ?? 0)));
      total += counts[bounds.length] ?? 0;
      return [...buckets, sample(`${name}_bucket`, { le: '+Inf' }, total), sample(`${name}_sum`, {}, sum), sample(`${name}_count`, {}, total)];
    };
    this.#sources.push({ name, help, type: 'histogram', lines });
    return {
      observe(seconds) {
        let at = 0;
        while (at < bounds.length && seconds > (bounds[at] ?? Infinity)) at += 1;
        counts[at] = (counts[at] ?? 0) + 1;
        sum += seconds;
      },
    };
  }

  /** The text exposition format. A source that fails is left out: half the numbers are better than none. */
  async render(): Promise<string> {
    const parts = await Promise.all(
      this.#sources.map(async ({ name, help, type, lines }) => {
        try {
          return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...(await lines())].join('\n');
        } catch {
          return `# HELP ${name} ${help} (could not be read)`;
        }
      }),
    );
    return `${parts.join('\n')}\n`;
  }
}

function sample(name: string, labels: Record<string, string>, value: number): string {
  const inner = Object.entries(labels).map(([label, text]) => `${label}="${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`);
  return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
}
