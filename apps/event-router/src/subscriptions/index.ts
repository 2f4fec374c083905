export { SubscriptionFeed } from './subscription-feed.js';
export { SubscriptionIndex } from './subscription-index.js';
export { SubscriptionsModule } from './subscriptions.module.js';
