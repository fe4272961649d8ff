const { existsSync } = require('node:fs');
const { join } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

const TESTS = join(__dirname, '..', '..');

/** The files that take longest, longest first: started last, one of them would run alone while the other cores idle. */
const SLOWEST = [
  'engine/plaidCheck.chaos',
  'engine/plaidCheck.connect',
  'unit/values.property',
  'engine/plaidCheck.fuzz',
  'engine/examples',
  'engine/trigger/keys',
  'unit/request.property',
  'engine/plaidCheck.faults',
  'engine/plaidCheck.operations',
  'conformance/apiDiff',
  'unit/publishing',
  'engine/plaidCheck.secrets',
  'engine/plaidCheck.cancel',
  'engine/plaidCheck.newReport',
  'conformance/summaries',
  'engine/examples.batchTable',
  'unit/naming',
  'engine/plaidCheck.stopStarting',
  'unit/webhooks/keyFlood',
  'engine/outputSchemas',
].map((name) => join(TESTS, `${name}.test.ts`));

const missing = SLOWEST.filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`No such test files: ${missing.join(', ')}`);

/** A clean clone knows no durations, where jest starts the largest files first. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => SLOWEST.indexOf(path) + 1 || SLOWEST.length + 1;
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
