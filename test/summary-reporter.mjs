/**
 * Ends a run with one plain line that counts tests, after all that Jest itself prints; a spec file that does not even
 * load counts as one failure.
 */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    // Of a run of other tests just before this one: see tools/run-tests.mjs.
    const [passedBefore, failedBefore] = (process.env['HOOKSTREAM_TESTS_BEFORE'] ?? '0 0').split(' ').map(Number);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + failedBefore;
    const skipped = results.numPendingTests + results.numTodoTests;
    const lines = `${skipped === 0 ? '' : `${skipped} skipped\n`}${results.numPassedTests + passedBefore} passed, ${failed} failed\n`;
    process.once('exit', () => process.stdout.write(`\n${lines}`));
  }
}
