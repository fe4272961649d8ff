import { loadSdkSchemas } from '../../sandbox/oracle/cache';
import { withPublicFacts } from '../../sandbox/oracle/notFromSdk';
import { NODE } from './api/node';
import { requestFields } from './api/sdk';
import { differencesBetween } from './support/schemaDifferences';

/** What differs on purpose: Plaid's type leaves both optional, and a Link session without them makes no report. */
const REQUIRED_BY_THE_NODE = [
  'cra_report_parameter.decision_stage: required only here',
  'cra_report_parameter.products: required only here',
];

test.each([
  ['/cra/report/create', []],
  ['/link/token/create', REQUIRED_BY_THE_NODE],
])("%s is as Plaid's pages say where the SDK has no type", async (path, expected) => {
  const sdk = await loadSdkSchemas();
  const theirs = requestFields(withPublicFacts(sdk), path);
  const ours = NODE.requests.get(path);
  if (theirs instanceof Error || !ours) throw new Error(`${path}: not compared`);
  const isBeyondSdk = (line: string) =>
    path === '/cra/report/create' || line.startsWith('cra_report_parameter');
  expect(differencesBetween(ours, theirs).filter(isBeyondSdk)).toEqual(expected);
});
