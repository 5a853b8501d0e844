import type { LabelledPair } from '../labelled-pair.ts';

export const talononePoints: LabelledPair = {
  name: 'Talon.One points',
  entity: 'pointsTransaction',
  records: [
    { NotificationType: 'LoyaltyPointsAdded', TransactionUUID: '5b6a7599-2622-4489-9034-5a6b7c8d9e0f', ProfileIntegrationID: 'KND-20871', LoyaltyProgramID: 5, SubledgerID: '', SessionIntegrationID: 'SO-77120', Amount: 42.5, Operation: 'addition', TypeOfChange: 'campaign_manager', Reason: 'Spring campaign', EmployeeName: 'Franka Stein', UserID: 25, StartDate: '2026-02-11T14:22:15Z', ExpiryDate: '2027-02-11T14:22:15Z' },
  ],
  correct: {
    id: 'TransactionUUID',
    memberId: 'ProfileIntegrationID',
    programId: 'LoyaltyProgramID',
    kind: ['Operation', 'NotificationType'],
    points: 'Amount',
    orderId: 'SessionIntegrationID',
    reason: 'Reason',
    occurredAt: 'StartDate',
    expiresAt: 'ExpiryDate',
  },
};
