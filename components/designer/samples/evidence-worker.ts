import { evidenceOf, type EvidenceAnswer, type EvidenceRequest } from './evidence-request.ts';

/** Gathers evidence beside the page: fifty events of a few hundred kilobytes take longer than a frame. */
self.addEventListener('message', ({ data: request }: MessageEvent<EvidenceRequest>) => {
  const answer: EvidenceAnswer = { id: request.id, evidence: evidenceOf(request) };
  self.postMessage(answer);
});
