/**
 * Ends a run with one plain line that counts tests, after all that Jest itself prints; a spec file that does not even
 * load counts as one failure.
 */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const lines = `${skipped === 0 ? '' : `${skipped} skipped\n`}${results.numPassedTests} passed, ${failed} failed\n`;
    process.once('exit', () => process.stdout.write(`\n${lines}`));
  }
}
