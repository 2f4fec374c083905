export const DEVELOPER_TABS = ['keys', 'api', 'topics', 'grpc', 'verify', 'formats'] as const;
export type DeveloperTab = (typeof DEVELOPER_TABS)[number];
