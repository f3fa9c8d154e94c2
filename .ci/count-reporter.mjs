// A vitest reporter that writes how many tests passed, failed and were skipped to the JSON file named by
// VITEST_COUNTS. A file that failed to load and an error outside all tests count as one failure each.

import { writeFileSync } from 'node:fs';

export default class CountReporter {
  onTestRunEnd(testModules, unhandledErrors, reason) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const testModule of testModules) {
      counts.failed += countSuiteErrors(testModule);
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed++;
        else if (state === 'skipped') counts.skipped++;
        else counts.failed++;
      }
    }
    if (reason !== 'passed') counts.failed = Math.max(1, counts.failed);
    writeFileSync(process.env.VITEST_COUNTS, JSON.stringify(counts));
  }
}

/** Errors raised outside the tests of a file: while it loads, or in a hook of a suite. */
function countSuiteErrors(testModule) {
  const suites = [testModule, ...testModule.children.allSuites()];
  return suites.reduce((sum, suite) => sum + suite.errors().length, 0);
}
