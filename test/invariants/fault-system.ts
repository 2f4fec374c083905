import { TestSystem, type TestSystemOptions } from '../e2e/system.js';
import { Loopback } from './loopback.js';

/** Services that may reach the endpoints of a run and nothing else that is private. */
export function startFaultSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  return TestSystem.start({ ...options, env: { EGRESS_ALLOWED_CIDRS: Loopback.allowed, ...options.env } });
}
