// The last line of a CI run: `N passed, N failed`, from vitest's JSON report. A failed check or a test file that did not load counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const [report, checked, tested] = process.argv.slice(2);
const { passed, failed } = countTests();
const broken = failed + (checked === '0' ? 0 : 1);

console.log(`${passed} passed, ${broken === 0 && tested !== '0' ? 1 : broken} failed`);
process.exit(broken === 0 && tested === '0' ? 0 : 1);

function countTests() {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}
