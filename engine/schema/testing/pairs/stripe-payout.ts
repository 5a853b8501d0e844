import type { LabelledPair } from '../labelled-pair.ts';

export const stripePayout: LabelledPair = {
  name: 'Stripe payout',
  entity: 'payout',
  records: [
    { id: 'po_1QxHarbor001', object: 'payout', amount: 418250, arrival_date: 1772841600, automatic: true, balance_transaction: 'txn_1QxHarbor001', created: 1772690123, currency: 'eur', description: 'STRIPE PAYOUT', destination: 'ba_1QxHarbor', failure_code: null, failure_message: null, livemode: false, metadata: {}, method: 'standard', original_payout: null, reconciliation_status: 'completed', reversed_by: null, source_type: 'card', statement_descriptor: 'HARBOR', status: 'paid', trace_id: { status: 'supported', value: 'TR-55120' }, type: 'bank_account' },
    { id: 'po_1QxHarbor002', object: 'payout', amount: 98000, arrival_date: 1772928000, automatic: true, balance_transaction: 'txn_1QxHarbor002', created: 1772776523, currency: 'eur', description: 'STRIPE PAYOUT', destination: 'ba_1QxHarbor', failure_code: null, failure_message: null, livemode: false, metadata: {}, method: 'standard', original_payout: null, reconciliation_status: 'completed', reversed_by: null, source_type: 'card', statement_descriptor: 'HARBOR', status: 'in_transit', trace_id: { status: 'pending', value: null }, type: 'bank_account' },
  ],
  correct: {
    id: 'id',
    status: 'status',
    amount: 'amount',
    currency: 'currency',
    paidOn: 'arrival_date',
    reference: ['trace_id.value', 'balance_transaction', 'statement_descriptor'],
    createdAt: 'created',
  },
};
