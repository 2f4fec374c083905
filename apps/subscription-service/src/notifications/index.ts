export { notificationExpunge } from './expunge-party.js';
export { NotificationsModule, type NotificationSettings } from './notifications.module.js';
export { serveUnsubscribePage } from './unsubscribe-door.js';
export { UnsubscribeModule } from './unsubscribe.module.js';
