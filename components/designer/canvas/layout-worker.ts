import { layOut, type LayoutInput } from './layout.ts';

/** Lays a flow out away from the thread that draws: five hundred nodes take longer than a frame. */
self.addEventListener('message', (event: MessageEvent<LayoutInput>) => {
  self.postMessage(layOut(event.data));
});
