import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const HIDDEN = ['secret', 'password', 'token', 'authorization', 'cookie', 'apiKey', 'masterKey', 'webhookSecret', 'sealed', 'body', 'email', 'phone'];
const WITHIN = ['', '*.', '*.*.'];
const BY_VALUE: [RegExp, string][] = [
  // Passwords in connection strings, credentials in headers, webhook secrets, our own API keys.
  [/(\w+:\/\/[^:@\s"/]*:)[^@\s"]+@/g, '$1•••@'],
  [/\b(bearer|basic)(\s+)[\w.~+/-]{8,}=*/gi, '$1$2•••'],
  [/(whsec_|weft_(?!migration\b|web\b|auth\b|engine\b|owner\b))[\w+/=-]{12,}/g, '$1•••'],
  // Vendors' keys by their look, and signed tokens.
  [/\b(sk|pk|rk)_(live|test)_\w{8,}/g, '$1_$2_•••'],
  [/\b(shp(?:at|ca|pa|ss)_|gh[pousr]_|xox[abprs]-|AKIA)[\w-]{8,}/g, '$1•••'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '•••'],
  // In addresses and texts: secret parameters, people's mail addresses.
  [/([?&](?:[\w-]*(?:token|secret|password|signature|api_?key)|key|sig|auth)=)[^&\s"]+/gi, '$1•••'],
  [/\b[\w.+-]+@([\w-]+\.)+[a-z]{2,}\b/gi, '•••@•••'],
];
/** JSON leaves these as they are; a terminal may act on them, and some readers take the last two for line ends. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029]/g;

/** One JSON object per line on stdout; secrets and people hidden by the name of the field and by the look of the value. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: { process: 'engine', pid: process.pid },
      redact: { paths: WITHIN.flatMap((path) => HIDDEN.map((name) => `${path}${name}`)), censor: '•••' },
      hooks: { streamWrite: safe },
    },
    destination ?? pino.destination({ sync: true }),
  );
}

function safe(line: string): string {
  const masked = BY_VALUE.reduce((text, [pattern, mask]) => text.replace(pattern, mask), line);
  return masked.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
