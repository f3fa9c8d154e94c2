// Prints the last line of a CI run, `N passed, N failed, N skipped`, and sets its exit status.
// Arguments: the counts written by count-reporter.mjs, the status of `npm test`, the status of `npm run check`.
// The check counts as one test, and so does a test run that ended before it could count or fails uncounted.

import { readFileSync } from 'node:fs';

const [countsPath, testStatus, checkStatus] = process.argv.slice(2);

function readCounts() {
  try {
    return JSON.parse(readFileSync(countsPath, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const { passed, failed, skipped } = readCounts();
const hasUncountedFailure = failed === 0 && (testStatus !== '0' || passed === 0);
const isCheckRight = checkStatus === '0';
const totalPassed = passed + (isCheckRight ? 1 : 0);
const totalFailed = failed + (hasUncountedFailure ? 1 : 0) + (isCheckRight ? 0 : 1);
console.log(`${totalPassed} passed, ${totalFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = totalFailed > 0 || testStatus !== '0' ? 1 : 0;
