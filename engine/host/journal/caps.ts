import { recordText } from '#engine/nodes/record-text.ts';
import type { StepOutput } from '#engine/nodes/step.ts';
import type { StepRecord } from '#engine/run/journal.ts';
import type { ExchangeRecord } from './run-write.ts';

/** Characters of a step's output that are kept; of more, the first records. */
export const MOST_PAYLOAD = 1_000_000;
/** Characters of a request's body, and of a read's answer, that are kept. */
export const MOST_REQUEST = 256_000;
export const MOST_ANSWER = 1_000_000;
/** Characters one record may have where it leaves its flow: as a request, or as another flow's event. */
export const MOST_RECORD = 10_000_000;

/** Stands in a payload beside the ports, and in the place of a body: what was left out, in bytes. No port has such a name. */
export const TRUNCATED = '~truncated';
const HEAD = 2_000;

/** The step's record with an output that fits: the first records of it, and how large it was. */
export function cappedStep(step: StepRecord, output: StepOutput): StepRecord {
  const { payload } = step;
  if (payload === null || payload.length <= MOST_PAYLOAD) return step;
  // As describe-step.ts writes it; a record that was changed has its data.
  const keysOnly = !payload.includes('","data":');
  let room = MOST_PAYLOAD;
  let kept = 0;
  const ports: string[] = [];
  for (const [port, records] of Object.entries(output.outputs)) {
    const texts: string[] = [];
    for (const record of records) {
      const text = keysOnly ? `{"key":${JSON.stringify(record.key)}}` : `{"key":${JSON.stringify(record.key)},"data":${recordText(record.data)}}`;
      room -= text.length;
      if (room < 0) break;
      texts.push(text);
    }
    kept += texts.length;
    if (texts.length > 0) ports.push(`${JSON.stringify(port)}:[${texts.join(',')}]`);
    if (room < 0) break;
  }
  const mark = `"${TRUNCATED}":{"size":${Buffer.byteLength(payload)},"records":${step.recordsOut},"kept":${kept}}`;
  return { ...step, payload: `{${[...ports, mark].join(',')}}` };
}

/** The call with bodies that fit. Answers to writes stay whole (the call itself limits them): they may have to be given again. */
export function cappedExchange(exchange: ExchangeRecord): ExchangeRecord {
  const { requestBody, responseBody } = exchange;
  const longRequest = requestBody !== null && requestBody.length > MOST_REQUEST;
  const longAnswer = responseBody !== null && responseBody.length > MOST_ANSWER && (isRead(exchange.method) || exchange.failureCode !== null);
  if (!longRequest && !longAnswer) return exchange;
  return {
    ...exchange,
    requestBody: longRequest ? markOf(requestBody) : requestBody,
    responseBody: longAnswer ? markOf(responseBody) : responseBody,
  };
}

/** The body is a mark: what was there is not to be had any more. */
export function isMark(body: string | null): boolean {
  return body !== null && body.startsWith(`{"${TRUNCATED}":`);
}

function markOf(body: string): string {
  return `{"${TRUNCATED}":{"size":${Buffer.byteLength(body)}},"head":${JSON.stringify(body.slice(0, HEAD).toWellFormed())}}`;
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
