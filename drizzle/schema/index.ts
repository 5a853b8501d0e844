export * from './connections.ts';
export * from './flows.ts';
export * from './governance.ts';
export * from './identity.ts';
export * from './ingest.ts';
export * from './reference.ts';
export * from './runs.ts';
export * from './tenants.ts';
