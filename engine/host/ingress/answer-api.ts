import type { ServerResponse } from 'node:http';
import { parseJson } from '#engine/flow/json.ts';
import type { LiveApi, LiveEndpoint } from '../config/endpoints.ts';
import type { Inbox, NewEvent } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';
import { newId } from '../new-id.ts';
import type { Replies, Reply, WaitingReply } from '../state/replies.ts';
import { respond, type Answer } from './respond.ts';

interface ApiRequest {
  endpoint: LiveEndpoint;
  api: LiveApi;
  event: NewEvent;
}

export interface ApiServices {
  inbox: Inbox;
  replies: Replies;
  log: Log;
}

const MOST_FAULTS = 20;
/** Of a flow's own headers none may speak for the server: how the body is read, framed or cached, cookies, or what a browser allows. */
const RESERVED = /^(?:content-.*|transfer-encoding|connection|keep-alive|upgrade|set-cookie.*|x-content-type-options|cache-control|date|server|strict-.*|access-control-.*|.*[^a-z0-9-].*)$/;

/**
 * A request to an API trigger: taken in like any event, then answered with what its flow responds, within the trigger's time
 * limit. A caller that is not answered in time, or goes away, has still started the run.
 */
export async function answerApi(response: ServerResponse, { endpoint, api, event }: ApiRequest, services: ApiServices): Promise<void> {
  const { inbox, replies, log } = services;
  const faults = api.request?.(event.data) ?? [];
  if (faults.length > 0) {
    const told = faults.slice(0, MOST_FAULTS).map(({ path, keyword, expected }) => ({ path, rule: keyword, expected }));
    return respond(response, { status: 422, body: JSON.stringify({ ok: false, error: 'request_invalid', faults: told }) });
  }
  if (!api.responds) {
    const { eventId } = await inbox.accept(event);
    return respond(response, { status: 202, body: JSON.stringify({ ok: true, eventId }) });
  }
  const id = newId();
  const deadline = performance.now() + api.timeLimitMs;
  let waiting = replies.wait(id);
  let eventId = id;
  try {
    const accepted = await inbox.accept({ ...event, id, urgent: true });
    eventId = accepted.eventId;
    if (accepted.duplicate) waiting = await waitForFirst(waiting, eventId, replies);
    const reply = await inTime(waiting, deadline - performance.now(), response);
    if (reply) return respond(response, answerOf(reply, { endpoint, api, eventId, log }));
    if (response.destroyed) return;
    const runId = await replies.runOf(eventId).catch(() => null);
    respond(response, { status: 504, body: JSON.stringify({ ok: false, error: 'not_answered_in_time', eventId, runId }) });
  } finally {
    waiting.giveUp();
  }
}

/** A request sent twice gets the answer of the first one. */
async function waitForFirst(mine: WaitingReply, eventId: string, replies: Replies): Promise<WaitingReply> {
  mine.giveUp();
  const first = replies.wait(eventId);
  await replies.look(eventId);
  return first;
}

async function inTime(waiting: WaitingReply, limitMs: number, response: ServerResponse): Promise<Reply | null> {
  const giveUp = () => waiting.giveUp();
  const timer = setTimeout(giveUp, Math.max(0, limitMs));
  response.once('close', giveUp);
  try {
    return await waiting.answer;
  } finally {
    clearTimeout(timer);
    response.off('close', giveUp);
  }
}

function answerOf(reply: Reply, of: { endpoint: LiveEndpoint; api: LiveApi; eventId: string; log: Log }): Answer {
  const { eventId } = of;
  if (reply.outcome === 'failed') return { status: 500, body: JSON.stringify({ ok: false, error: 'run_failed', code: reply.code, eventId }) };
  if (reply.outcome === 'ended') return { status: 200, body: JSON.stringify({ ok: true, eventId }) };
  const isGood = reply.status < 300;
  const faults = (isGood && of.api.response?.(parseJson(reply.body))) || [];
  if (faults.length > 0) {
    of.log.warn({ flowId: of.endpoint.flow.flowId, eventId, faults: faults.slice(0, 3) }, 'a response does not satisfy its schema');
    return { status: 500, body: JSON.stringify({ ok: false, error: 'response_invalid', eventId }) };
  }
  const headers = reply.headers.flatMap(([name, value]) => (RESERVED.test(name.toLowerCase()) || /[^\t\x20-\x7e]/.test(value) ? [] : [name, value]));
  // These statuses have no body.
  const bare = reply.status === 204 || reply.status === 205 || reply.status === 304;
  return { status: reply.status, body: bare ? '' : reply.body, headers };
}
