import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const HIDDEN = ['secret', 'password', 'token', 'authorization', 'masterKey', 'webhookSecret', 'sealed', 'headers.authorization', 'headers.cookie'];
const BY_VALUE: [RegExp, string][] = [
  // Passwords in connection strings, bearer tokens, webhook secrets, our own API keys.
  [/(\w+:\/\/[^:@\s"]+:)[^@\s"]+@/g, '$1•••@'],
  [/(bearer\s+)[\w.~+/-]{8,}=*/gi, '$1•••'],
  [/(whsec_|weft_)[\w+/=-]{12,}/g, '$1•••'],
];

/** One JSON object per line on stdout; secrets hidden by the name of the field and by the look of the value. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: { process: 'engine', pid: process.pid },
      redact: { paths: [...HIDDEN, ...HIDDEN.filter((path) => !path.includes('.')).map((path) => `*.${path}`)], censor: '•••' },
      hooks: { streamWrite: (line) => BY_VALUE.reduce((text, [pattern, mask]) => text.replace(pattern, mask), line) },
    },
    destination ?? pino.destination({ sync: true }),
  );
}
