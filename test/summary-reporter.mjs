import { writeFileSync } from 'node:fs';

/**
 * Ends a run with one plain line that counts tests, after all that Jest itself prints; a spec file that does not even
 * load counts as one failure. Where HOOKSTREAM_TESTS_REPORT names a file, the counts go there instead: see tools/run-tests.mjs.
 */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const report = process.env['HOOKSTREAM_TESTS_REPORT'];
    if (report) writeFileSync(report, JSON.stringify(counts));
    else process.once('exit', () => process.stdout.write(`\n${summary(counts)}`));
  }
}

/** The lines that end a run of tests. */
export function summary({ passed, failed, skipped }) {
  return `${skipped === 0 ? '' : `${skipped} skipped\n`}${passed} passed, ${failed} failed\n`;
}
