import { isRecord, textOf, type Json } from '../../flow/json.ts';
import { getPath, parsePath, type Path } from '../../flow/path.ts';
import { failureOfCall, parseAnswer } from '../http-answer.ts';
import { prepareCall, type PreparedCall } from '../http-call.ts';
import { initialHttpRequest, type HttpRequestConfig } from '../http-request-config.ts';
import type { CallRequest, CallResult, DataRecord, SourcePage, StepPorts } from '../step.ts';
import { linkTarget } from './link-header.ts';
import { nextAddress } from './next-address.ts';
import { DEFAULT_MAX_PAGES, type PagingConfig } from './paging-config.ts';
import { countOn, moveOn, readPlace, standingAt, type Place } from './place.ts';

/** The part of a request that reads a list; the rest of {@link HttpRequestConfig} is fixed. */
export type ListRequest = Pick<HttpRequestConfig, 'connectionId' | 'url' | 'query' | 'headers' | 'timeoutSeconds'>;

export interface PreparedPages {
  call: PreparedCall;
  paging: PagingConfig;
  recordsPath: Path;
  cursorPath: Path;
  nextPath: Path;
  morePath: Path;
}

export function listRequest({ connectionId, url, query, headers, timeoutSeconds }: ListRequest): HttpRequestConfig {
  const body = { mode: 'none' as const };
  return { ...initialHttpRequest(), connectionId, url, query, headers, timeoutSeconds, method: 'GET', body, idempotencyHeader: null };
}

export function preparePages(request: ListRequest, recordsPath: string, paging: PagingConfig): PreparedPages {
  const path = (text: string | undefined): Path => parsePath(text ?? '') ?? [];
  return {
    call: prepareCall(listRequest(request)),
    paging,
    recordsPath: path(recordsPath),
    cursorPath: path(paging.cursorPath),
    nextPath: path(paging.nextPath),
    morePath: path(paging.morePath),
  };
}

interface PageWish {
  prepared: PreparedPages;
  /** What the templates of the request see. */
  data: Json;
  /** The record pages are read for. */
  record: DataRecord;
  number: number;
  cursor: Json | null;
  ports: Pick<StepPorts, 'call'>;
  /** Query parameters without a value are left out. */
  dropEmptyQuery?: boolean;
}

/** Fetches one page and finds out where the next one begins. */
export async function readPage(wish: PageWish): Promise<SourcePage> {
  const { prepared, data, record, number, cursor, ports } = wish;
  const { maxPages = DEFAULT_MAX_PAGES } = prepared.paging;
  if (number > maxPages) return failed('too_many_pages', `more than ${maxPages} pages`, { max: maxPages });
  const built = prepared.call.build({ key: `${record.key}.p${number}`, data });
  if (!built.ok) return { records: [], next: null, failure: { class: 'data', ...built.fault } };
  const place = readPlace(cursor);
  if (place?.fault !== undefined) return failed(place.fault, textOf(place.at), { address: textOf(place.at) });
  const request = requestAt({ ...built.request, settle: false }, prepared.paging, place);
  if (wish.dropEmptyQuery === true) request.query = request.query.filter(([, value]) => value !== '');
  const result = await ports.call(request);
  if (!result.ok) return { records: [], next: null, failure: failureOfCall(result) };
  const answer = parseAnswer(result);
  if (!answer.ok) return { records: [], next: null, failure: { ...answer.fault, exchangeId: result.exchangeId } };
  const records = recordsIn(answer.data, prepared);
  if (records === null) {
    const where = prepared.paging.style === 'none' && prepared.recordsPath.length === 0 ? '' : prepared.recordsPath.map(String).join('.');
    return { ...failed('records_not_list', 'there is no list of records in the answer', { path: where }), next: null };
  }
  const next = nextPlace({ prepared, place, result, request, body: answer.data, count: records.length });
  // A source that does not hear the counter gave the page before once more: its records are done already.
  if (next?.fault !== undefined && isCounted(prepared.paging)) return failed(next.fault, 'the same page came again', { address: request.url });
  return { records, next };
}

function isCounted({ style }: PagingConfig): boolean {
  return style === 'page' || style === 'offset';
}

function recordsIn(body: Json, { recordsPath, paging }: PreparedPages): Json[] | null {
  const found = getPath(body, recordsPath);
  if (Array.isArray(found)) return found;
  if (found === null) return [];
  return paging.style === 'none' && isRecord(found) ? [found] : null;
}

function requestAt(request: CallRequest, paging: PagingConfig, place: Place | null): CallRequest {
  const at = place?.at ?? null;
  if (paging.style === 'link' || paging.style === 'next-url') {
    return at === null ? { ...request } : { ...request, url: textOf(at), query: [] };
  }
  if (paging.style === 'none') return { ...request };
  const own = new Map<string, string>();
  if (paging.style === 'page') own.set(nameOf(paging.pageParam, 'page'), textOf(at ?? paging.firstPage ?? 1));
  if (paging.style === 'offset') own.set(nameOf(paging.offsetParam, 'offset'), textOf(at ?? 0));
  if (paging.style === 'cursor' && at !== null) own.set(nameOf(paging.cursorParam, 'cursor'), textOf(at));
  const sizeParam = (paging.sizeParam ?? '').trim();
  if (sizeParam !== '' && paging.size !== undefined) own.set(sizeParam, String(paging.size));
  return { ...request, query: [...request.query.filter(([name]) => !own.has(name)), ...own] };
}

function nameOf(given: string | undefined, usual: string): string {
  return (given ?? '').trim() || usual;
}

interface Read {
  prepared: PreparedPages;
  place: Place | null;
  result: Extract<CallResult, { ok: true }>;
  request: CallRequest;
  body: Json;
  count: number;
}

function nextPlace(read: Read): Place | null {
  const { prepared, place, result, body, count } = read;
  const { paging } = prepared;
  switch (paging.style) {
    case 'none':
      return null;
    case 'page':
    case 'offset': {
      if (isLast(read)) return null;
      const at = Number(place?.at ?? (paging.style === 'page' ? (paging.firstPage ?? 1) : 0));
      return countOn(place, at + (paging.style === 'page' ? 1 : count), result.bodyText);
    }
    case 'cursor': {
      const at = getPath(body, prepared.cursorPath);
      return isNothing(at) ? null : moveOn(place, at ?? null);
    }
    case 'link':
      return addressed(linkTarget(result.headers['link'], 'next') ?? '', read);
    case 'next-url':
      return addressed(textOf(getPath(body, prepared.nextPath)), read);
  }
}

function isLast({ prepared: { paging, morePath }, body, count }: Read): boolean {
  if (count === 0) return true;
  if (paging.ends === 'short') return paging.size !== undefined && count < paging.size;
  return paging.ends === 'flag' && isNothing(getPath(body, morePath));
}

/** What a vendor writes where there is nothing more. */
function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === false || value === 0 || value === '' || value === 'false';
}

function addressed(next: string, { place, request, result }: Read): Place | null {
  if (next.trim() === '') return null;
  const address = nextAddress(next.trim(), { requested: request.url, answered: result.url });
  // This page is good; the fault is met when the next one is asked for, so that its records are not lost.
  return address.ok ? moveOn(place, address.url) : { ...standingAt(next), fault: address.code };
}

function failed(code: string, message: string, params: Record<string, string | number>): SourcePage {
  return { records: [], next: null, failure: { class: 'data', code, message, params } };
}
