import { anyFreePort } from '#engine/launch/ports.ts';

/** Ports of the product under test. */
export interface Ports {
  web: number;
  engine: number;
  demo: number;
  postgres: number;
}

const NAME = 'WEFT_E2E_PORTS';

/** Four free ports, the same ones in the runner and in its workers, which inherit its environment. */
export async function reservePorts(): Promise<Ports> {
  const known = process.env[NAME];
  if (known !== undefined) {
    const ports: Ports = JSON.parse(known);
    return ports;
  }
  const [web, engine, demo, postgres] = await Promise.all([anyFreePort(), anyFreePort(), anyFreePort(), anyFreePort()]);
  const ports = { web, engine, demo, postgres };
  process.env[NAME] = JSON.stringify(ports);
  return ports;
}
