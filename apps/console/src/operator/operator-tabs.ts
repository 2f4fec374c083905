export const OPERATOR_TABS = ['lag', 'dead-letters', 'circuits', 'accounts', 'notifications', 'audit'] as const;
export type OperatorTab = (typeof OPERATOR_TABS)[number];
