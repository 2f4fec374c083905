export { RedeliveryProgress } from './retry-all/redelivery-progress';
export { isUnderWay } from './retry-all/use-redeliveries';
