import type { Problem } from '../flow/problem.ts';
import { checkConnection, errorIn, warningIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';
import type { WebhookVerification } from './webhook-verification.ts';

interface Caller {
  verification: WebhookVerification;
  connectionId: string | null;
}

/** A trigger with an address of its own must be able to tell who posts to it. */
export function checkCaller({ verification, connectionId }: Caller, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  if (verification.recipe === 'none') {
    problems.push(
      scope.mayPublishUnverified
        ? warningIn(scope, 'webhook_unverified', { field: 'verification.recipe' })
        : errorIn(scope, 'webhook_unverified_needs_admin', { field: 'verification.recipe' }),
    );
    return problems;
  }
  if (verification.recipe === 'generic' && (verification.header ?? '').trim() === '') {
    problems.push(errorIn(scope, 'verification_header_missing', { field: 'verification.header' }));
  }
  if (connectionId === null) return [...problems, errorIn(scope, 'connection_missing', { field: 'connectionId' })];
  problems.push(...checkConnection(scope, connectionId));
  const connection = scope.connections?.find(({ id }) => id === connectionId);
  if (connection !== undefined && !connection.hasWebhookSecret) {
    const params = { connection: connection.name };
    problems.push(errorIn(scope, 'verification_secret_missing', { field: 'connectionId', params }));
  }
  return problems;
}
