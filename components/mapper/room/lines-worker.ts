import { answerLines, type LinesRequest } from './lines-answer.ts';

/** Thinks about lines beside the page: for two thousand fields on either side it takes a second. */
self.addEventListener('message', ({ data: request }: MessageEvent<LinesRequest>) => self.postMessage(answerLines(request)));
