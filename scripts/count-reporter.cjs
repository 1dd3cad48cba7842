// Writes down how many tests passed and failed. Jest's own --json also serialises what was thrown, and breaks on an
// error that refers to itself.
const { writeFileSync } = require('node:fs');

/** A Jest reporter; the file it writes is named by FICTION_TEST_COUNTS. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(process.env.FICTION_TEST_COUNTS, JSON.stringify(counts));
  }
};
