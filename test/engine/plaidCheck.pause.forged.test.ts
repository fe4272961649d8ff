import { request } from 'node:http';
import { runWithWait, type WaitingRun } from '../../engine';
import {
  createMaterial,
  FORGERIES,
  GENUINE,
  KEY_PATH,
  LOOKUPS,
  sendForged,
  startForgersPlaid,
  type Forged,
  type Material,
} from '../support/forgeries';
import { leaksOf } from '../support/process/leaks';
import { answer, type ScriptedServer } from '../support/servers/scriptedServer';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { byFields, CREATE, credentialFor, withOptions } from '../support/workflows/runPlaidCheck';

const USER = 'usr_who_waits';
const CONTENT = {
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_READY',
  user_id: USER,
  successful_products: ['cra_base_report'],
  note: 'José',
};

const parameters = withOptions(
  byFields(CREATE, {
    user_id: USER,
    consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
    days_requested: 90,
  }),
  { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } },
);

let material: Material;
let plaid: ScriptedServer;
const runs: WaitingRun[] = [];

beforeAll(async () => {
  material = createMaterial(JSON.stringify(CONTENT));
  plaid = await startForgersPlaid(material, answer(200, { request_id: 'req-1' }));
});
afterAll(() => Promise.all([plaid.close(), ...runs.map((run) => run.close())]));

/** An execution that waits for the report of the user, and the address that resumes it. */
async function start(): Promise<{ run: WaitingRun; url: string }> {
  const run = await runWithWait({
    workflow: plaidCheckWorkflow(parameters, [{}]),
    credentials: { plaidCheckApi: credentialFor(plaid) },
  });
  runs.push(run);
  expect(run.first.status).toBe('waiting');
  const { json } = plaid.requests.filter(({ path }) => path === CREATE.path).at(-1) ?? {};
  return { run, url: String((json as { webhook?: unknown }).webhook) };
}

describe('the forged and damaged webhooks that the trigger refuses', () => {
  let run: WaitingRun;
  let url: string;
  const seen = { refused: 0, accepted: 0 };

  beforeAll(async () => {
    ({ run, url } = await start());
  });

  const send = (forged: Forged) => sendForged(url, forged, material);
  const warnings = () => run.log.filter((line) => !line.includes('"level":"debug"'));

  test.each(FORGERIES)('$name', async ({ forge, status }) => {
    const before = warnings().length;
    const sent = await send(forge(material));
    seen[sent.status < 400 ? 'accepted' : 'refused'] += 1;
    expect(sent.status).toBe(status);
    expect(run.resumed).toBeUndefined();
    expect(warnings().slice(before)).toHaveLength(status === 401 || status === 503 ? 1 : 0);
  });

  test('none goes on with the execution, nothing of them is logged, and the genuine one does', async () => {
    console.log(
      `${FORGERIES.length} forged or damaged webhooks: ${seen.refused} refused, ${seen.accepted} accepted`,
    );
    expect(seen).toEqual({ refused: FORGERIES.length, accepted: 0 });
    const keys = plaid.requests.filter(({ path }) => path !== CREATE.path);
    expect(new Set(keys.map(({ path }) => path))).toEqual(new Set([KEY_PATH]));
    expect(keys).toHaveLength(LOOKUPS);
    const parts = [...material.token.split('.'), material.plaid.keyId, material.own.keyId, USER];
    expect(leaksOf(parts, run.log)).toEqual([]);
    expect(await send({})).toMatchObject({ status: 200 });
    expect(await run.resumed).toMatchObject({ status: 'success' });
  });
});

test.each(GENUINE.map(([name, make]) => ({ name, make })))(
  'a genuine webhook is taken $name',
  async ({ make }) => {
    const { run, url } = await start();
    const genuine = make(material.plaid, CONTENT);
    expect(await sendForged(url, genuine, material)).toMatchObject({ status: 200 });
    const { status, nodes } = (await run.resumed) ?? {};
    expect(status).toBe('success');
    const [output] = nodes?.[PLAID_CHECK]?.[0]?.outputs.flat() ?? [];
    expect(output?.json).toMatchObject({ ...(JSON.parse(genuine.body) as object) });
  },
);

test('ten copies of a sender who hangs up go on with the execution once', async () => {
  const { run, url } = await start();
  const before = plaid.requests.length;
  const headers = { 'content-type': 'application/json', 'plaid-verification': material.token };
  for (let n = 0; n < 10; n++) {
    const outgoing = request(url, { method: 'POST', headers });
    const closed = new Promise((resolve) => outgoing.once('close', resolve));
    outgoing.on('error', () => {});
    outgoing.end(material.body, () => outgoing.destroy());
    await closed;
  }
  await sendForged(url, {}, material);
  expect(await run.resumed).toMatchObject({ status: 'success' });
  expect((await run.resumed)?.nodes[PLAID_CHECK]).toHaveLength(1);
  expect(await sendForged(url, {}, material)).toMatchObject({ status: 409 });
  expect(plaid.requests.slice(before)).toEqual([]);
});
