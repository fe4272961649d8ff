import type { INodeParameters } from 'n8n-workflow';
import { factsOf, readable } from '../support/faults/failures';
import { keepFilesOnDisk, type FilesOnDisk } from '../support/process/filesOnDisk';
import {
  byFields,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import {
  startScriptedServer,
  type Arrived,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** Plaid answers with a PDF each time, but n8n can't keep the second one. */

const GET_PDF: Operation = {
  resource: 'checkReport',
  operation: 'getPdf',
  path: '/cra/check_report/pdf/get',
};
const USERS = ['usr_a', 'usr_b', 'usr_c'];
const STRUCK = 'usr_b';
const PDF = '%PDF-1.7\n%%EOF\n';

let files: FilesOnDisk;
let plaid: ScriptedServer;
let isBroken: boolean;

beforeEach(async () => {
  isBroken = false;
  files = await keepFilesOnDisk();
  plaid = await startScriptedServer();
  plaid.play((response, request, index) => {
    void storeAsFor(request).then(() =>
      response
        .writeHead(200, { 'content-type': 'application/pdf', 'plaid-request-id': `r${index}` })
        .end(PDF),
    );
  });
});
afterEach(() => Promise.all([files.close(), plaid.close()]));

const userOf = ({ json }: Arrived) => (json as { user_id?: unknown }).user_id;

/** Breaks the store when the request of the struck item arrives, and mends it with the next one. */
async function storeAsFor(request: Arrived): Promise<void> {
  const isStruck = userOf(request) === STRUCK;
  if (isStruck !== isBroken) await (isStruck ? files.fail() : files.work());
  isBroken = isStruck;
}

// One after another, so that an answer is kept before the next request leaves.
const parameters: INodeParameters = withOptions(
  byFields(GET_PDF, { user_id: '={{ $json.user }}' }),
  ONE_BY_ONE,
);
const items = USERS.map((user) => ({ user }));
const asked = () => plaid.requests.map(userOf);

test('Continue On Fail on: the item says that Plaid answered and what it may cost, and the others have their files', async () => {
  const run = await runPlaidCheck(plaid, parameters, items, { onError: 'continueRegularOutput' });
  expect(run.error).toBeUndefined();
  expect(asked()).toEqual(USERS);
  const [first, struck, third] = run.outputs[0] ?? [];
  for (const [item, requestId, index] of [
    [first, 'r0', 0],
    [third, 'r2', 2],
  ] as const) {
    expect(item).toMatchObject({
      json: { request_id: requestId, file_size: PDF.length },
      binary: { data: { id: expect.stringMatching(/^filesystem-v2:/), bytes: PDF.length } },
      pairedItem: { item: index },
    });
  }
  expect(struck).toMatchObject({ pairedItem: { item: 1 } });
  expect(struck?.binary).toBeUndefined();
  expect(factsOf(run, 1)).toMatchObject({
    kind: 'not_kept',
    message: expect.stringMatching(
      /^The request succeeded, but n8n could not store the response: (ENOTDIR|EEXIST)/,
    ),
    next_step: expect.stringMatching(/may be billed.*space to store files/),
    request_id: 'r1',
    attempts: [expect.objectContaining({ result: 'ok', request_id: 'r1' })],
  });
});

test('Continue On Fail off: the node stops with that error, and sends nothing more', async () => {
  const run = await runPlaidCheck(plaid, parameters, items);
  expect(run.status).toBe('error');
  expect(run.error).toMatchObject({
    message: expect.stringMatching(
      /^The request succeeded, but n8n could not store the response: /,
    ),
    context: expect.objectContaining({ itemIndex: 1 }),
  });
  const text = readable((run.error as { description?: unknown }).description);
  expect(text).toMatch(/may be billed.*space to store files/);
  expect(text).toContain('request_id: r1');
  expect(text).toContain('Of the other 2 items, 1 succeeded, and 1 was not sent');
  expect(asked()).toEqual(['usr_a', 'usr_b']);
});
