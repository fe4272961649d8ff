import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withBothApis } from './bothApis';
import { withChecks } from './checks';
import { agentExpressions } from './expressions';
import { withDemoPersonas, withLogins, withPersonas } from './personas';
import { reference } from './reference';
import { responseFields } from './responseFields';

const RESPONSE_FIELDS = join(__dirname, '../nodes/PlaidCheck/catalog/responseFields.ts');
const RELIABILITY = join(__dirname, 'reliability.md');
const README = join(__dirname, '../README.md');
const BOTH_APIS = join(__dirname, 'both-apis.md');
const STAND_IN = join(__dirname, 'stand-in.md');

writeFileSync(join(__dirname, 'reference.md'), reference());
writeFileSync(join(__dirname, 'agent-expressions.md'), agentExpressions());
writeFileSync(BOTH_APIS, withBothApis(readFileSync(BOTH_APIS, 'utf8')));
writeFileSync(RELIABILITY, withChecks(readFileSync(RELIABILITY, 'utf8')));
writeFileSync(STAND_IN, withLogins(withPersonas(readFileSync(STAND_IN, 'utf8'))));
writeFileSync(README, withDemoPersonas(withLogins(readFileSync(README, 'utf8'))));

void responseFields().then((text) => writeFileSync(RESPONSE_FIELDS, text));
