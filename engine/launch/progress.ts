/** Told to the person in front of the terminal. */
export interface Progress {
  say(line: string): void;
  /** Runs a step, showing its name while it runs and how long it took. Steps below half a second are not mentioned. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
}

const TICK_MS = 15_000;
const WORTH_SAYING_MS = 500;

/** On a terminal one line counts the seconds; elsewhere (CI, a log file) a line now and then shows that it is alive. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  const say = (line: string) => void out.write(`${line}\n`);
  return {
    say,
    async step(name, work) {
      const started = Date.now();
      const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
      const tick = () => (out.isTTY ? void out.write(`\r\u001B[2K  ${name} … ${seconds()} s`) : say(`  ${name} … ${seconds()} s`));
      const begin = setTimeout(tick, WORTH_SAYING_MS);
      const ticker = setInterval(tick, out.isTTY ? 200 : TICK_MS);
      try {
        const result = await work();
        if (Date.now() - started >= WORTH_SAYING_MS) say(`${out.isTTY ? '\r\u001B[2K' : ''}✓ ${name} (${seconds()} s)`);
        return result;
      } catch (error) {
        if (out.isTTY) out.write('\r\u001B[2K');
        throw error;
      } finally {
        clearTimeout(begin);
        clearInterval(ticker);
      }
    },
  };
}
