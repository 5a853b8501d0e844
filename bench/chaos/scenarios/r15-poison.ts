import { uuidv7 } from 'uuidv7';
import { HOOK, post } from '../lib/stage.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

/** Grows until the isolate is out of memory, for the poisoned event only. */
const SCRIPT = `if (record.poison) { const heap = []; for (;;) heap.push(new Array(1e6).fill(record.id)); }
return record;`;

/** R15: one event that brings the sandbox down whenever it is tried. */
export const poison: Scenario = {
  id: 'R15',
  title: 'a poison event that exhausts the sandbox, among 200 others of two retailers',
  wanted: 'dead-lettered after 3; others unaffected; redrive after the fix works once',
  async run(context) {
    const count = context.size({ short: 40, usual: 200, long: 1_000 });
    const stage = await context.stage();
    const draw = (script: string) => (flow: Parameters<NonNullable<Parameters<typeof stage.flow>[0]>['draw'] & object>[0], connectionId: string) =>
      flow.node('hook', 'webhook-trigger', HOOK).node('code', 'code', { script }).node('erp', 'http-request', post(connectionId, '/orders')).edge('hook', 'code').edge('code', 'erp');
    const poisoned = await stage.flow({ tenant: 'poisoned', draw: draw(SCRIPT) });
    const other = await stage.flow({ tenant: 'other', draw: draw('return record;') });
    const engine = await stage.fleet.start();
    stage.ingress = [engine.port];
    const events = Array.from({ length: count }, (_, at) => stage.event(at % 2 === 0 ? poisoned : other, `e${at}`));
    events.splice(5, 0, stage.event(poisoned, 'poison', { extra: { poison: true } }));
    await stage.senders.sendAll(events, 8);
    const drained = await stage.drained(120_000);
    const found = await stage.check({ failed: new Set(['poison']) });
    const misses = new Misses();
    misses.expect(drained !== null, 'the others were not through after 120 s');
    misses.expect(engine.alive, 'the engine ended');
    misses.add(found.problems);
    const [run] = await stage.ask((sql) => sql<{ id: string; attempt: number; code: string | null; class: string | null }[]>`
      select r.id, r.attempt, r.failure_code as code, r.failure_class as class from run r join inbox i on i.id = r.event_id where i.delivery_id = 'poison'`);
    misses.expect((run?.attempt ?? 0) <= 3, `it was tried ${run?.attempt ?? 0} times`);
    const again = await redriven(stage, run?.id ?? '', poisoned.flowId);
    misses.expect(again === 1, `${again} effects after the redrive`);
    return {
      figures: {
        'attempts until dead-lettered': run?.attempt ?? 0, class: run?.class ?? '', code: run?.code ?? '', 'others lost': found.lost, 'others through after (s)': drained === null ? 'not' : seconds(drained),
        'effects after the redrive': again,
      },
      misses: misses.list,
    };
  },
};

type Stage = Awaited<ReturnType<Parameters<Scenario['run']>[0]['stage']>>;

/** The fix is published as a version of its own, and the event is run again from the start on it. */
async function redriven(stage: Stage, runId: string, flowId: string): Promise<number> {
  const versionId = uuidv7();
  await stage.ask((sql) => sql`
    with fixed as (
      insert into flow_version (partner_id, retailer_id, flow_id, id, number, doc, hash)
      select partner_id, retailer_id, flow_id, ${versionId}, number + 1, replace(doc, 'record.poison', 'false'), 'fixed' from flow_version where flow_id = ${flowId}
      on conflict do nothing returning id)
    update live_version set version_id = ${versionId} where flow_id = ${flowId}`);
  await stage.ask((sql) => sql`select * from weft_rerun(${runId}::uuid, ${versionId}::uuid, 0, null, ${uuidv7()}::uuid, ${uuidv7()}::uuid, null, null)`);
  await stage.drained(30_000, [flowId]);
  return stage.far.calls().filter((call) => call.id === 'poison' && call.applied).length;
}
