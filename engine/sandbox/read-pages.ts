/** What became of one page of a batch. */
export type PageAnswer =
  | { state: 'done'; output: string; logs: string[] }
  | { state: 'too_large' }
  /** The script wanted to change a built-in: it needs a context of its own. */
  | { state: 'frozen' }
  /** Not begun, because the pages before it gave so much. */
  | { state: 'not_begun' };

/**
 * Takes the guest's answer apart; null when it is not one. The child is not trusted: what does not add up is no answer.
 */
export function readPages(text: string, count: number): PageAnswer[] | null {
  const end = text.indexOf('\n');
  const marks = text.slice(0, Math.max(0, end)).split(';').slice(0, -1);
  if (end < 0 || marks.length !== count) return null;
  const answers: PageAnswer[] = [];
  let at = end + 1;
  for (const mark of marks) {
    if (mark === 'l') answers.push({ state: 'too_large' });
    else if (mark === 'f') answers.push({ state: 'frozen' });
    else if (mark === 'n') answers.push({ state: 'not_begun' });
    else {
      const [, output, logs] = /^d(\d{1,10}),(\d{1,10})$/.exec(mark) ?? [];
      const outputEnd = at + Number(output);
      const logsEnd = outputEnd + Number(logs);
      if (!(logsEnd <= text.length)) return null;
      const lines = readLogs(text.slice(outputEnd, logsEnd));
      if (lines === null) return null;
      answers.push({ state: 'done', output: text.slice(at, outputEnd), logs: lines });
      at = logsEnd;
    }
  }
  return answers;
}

function readLogs(text: string): string[] | null {
  if (text === '[]') return [];
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines) ? lines.map(String) : null;
  } catch {
    return null;
  }
}
