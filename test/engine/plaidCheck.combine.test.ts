import type { INodeExecutionData } from 'n8n-workflow';
import { byFields, runPlaidCheck, type Operation } from '../support/workflows/runPlaidCheck';
import {
  answer,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

let plaid: ScriptedServer;

beforeAll(async () => {
  plaid = await startScriptedServer();
});
afterAll(async () => await plaid.close());
beforeEach(() => plaid.play(register));

const UPDATE: Operation = { resource: 'loan', operation: 'update', path: '/cra/loans/update' };

/** One loan for each item, its ID and its status from the item. */
const parameters = (itemsPerRequest?: number) => ({
  ...byFields(UPDATE, {
    loans: [
      {
        loan_id: '={{ $json.loan }}',
        status_history: [{ status: '={{ $json.status }}', date: '2026-10-01' }],
      },
    ],
  }),
  ...(itemsPerRequest !== undefined && { options: { itemsPerRequest } }),
});

interface Loans {
  loans: Array<{ loan_id: string }>;
}

const loansIn = (json: unknown) => (json as Loans).loans.map(({ loan_id }) => loan_id);

/** All or nothing, as Plaid: a list with a loan of a name with "unknown" in it is refused and names it. */
const register: Script = (response, request, index) => {
  const loans = loansIn(request.json);
  const wrong = loans.findIndex((id) => id.includes('unknown'));
  const play =
    wrong < 0
      ? answer(200, { request_id: `request-${index}` })
      : answer(400, {
          error_type: 'INVALID_INPUT',
          error_code: 'INVALID_FIELD',
          error_message: `loans[${wrong}].loan_id: there is no loan ${loans[wrong]}`,
          display_message: null,
          request_id: `request-${index}`,
        });
  play(response, request, index);
};

const items = (...loans: string[]) => loans.map((loan) => ({ loan, status: 'PAID_OFF' }));
const many = (count: number) =>
  items(...Array.from({ length: count }, (_, index) => `loan-${index}`));
const sent = () => plaid.requests.map(({ json }) => loansIn(json));
const pairs = (outputs: INodeExecutionData[] = []) => outputs.map(({ pairedItem }) => pairedItem);
const goOn = { onError: 'continueRegularOutput' } as const;

test('each item is a request of its own unless the option says otherwise', async () => {
  const { json } = await runPlaidCheck(plaid, parameters(), many(3));
  expect(sent()).toEqual([['loan-0'], ['loan-1'], ['loan-2']]);
  expect(json).toEqual([0, 1, 2].map((index) => ({ request_id: `request-${index}` })));
});

test('items share requests of the size that the option sets, in their order, each with its own pair', async () => {
  const { outputs } = await runPlaidCheck(plaid, parameters(4), many(10));
  expect(sent().map((loans) => loans.length)).toEqual([4, 4, 2]);
  expect(sent().flat()).toEqual(many(10).map(({ loan }) => loan));
  expect(outputs[0]?.map(({ json }) => json.request_id)).toEqual(
    [0, 0, 0, 0, 1, 1, 1, 1, 2, 2].map((index) => `request-${index}`),
  );
  expect(pairs(outputs[0])).toEqual(many(10).map((_, item) => ({ item })));
});

test('one refused loan among 100 costs that item alone, with the reason Plaid has for it', async () => {
  const loans = many(100).map(({ loan }, index) => (index === 57 ? 'unknown-57' : loan));
  const { outputs, status } = await runPlaidCheck(plaid, parameters(100), items(...loans), goOn);
  expect(status).toBe('success');
  const failed = outputs[0]?.filter(({ json }) => 'error' in json) ?? [];
  expect(failed).toMatchObject([
    {
      pairedItem: { item: 57 },
      json: {
        error: {
          kind: 'plaid_error',
          error_code: 'INVALID_FIELD',
          error_message: 'loans[0].loan_id: there is no loan unknown-57',
          request_id: expect.any(String),
        },
      },
    },
  ]);
  expect(outputs[0]).toHaveLength(100);
  // Every other loan is in a request that was not refused, exactly once.
  const taken = sent()
    .filter((list) => !list.includes('unknown-57'))
    .flat();
  expect([...taken].sort()).toEqual(loans.filter((loan) => loan !== 'unknown-57').sort());
  expect(plaid.requests.length).toBeLessThanOrEqual(15);
});

test('where the node stops at errors, nothing is sent after the refused loan', async () => {
  const loans = items('loan-0', 'loan-1', 'unknown-2', 'loan-3', 'loan-4');
  const { error } = await runPlaidCheck(plaid, parameters(5), loans);
  expect(error).toMatchObject({ context: { itemIndex: 2 } });
  const taken = sent()
    .filter((list) => !list.includes('unknown-2'))
    .flat();
  expect(taken).toEqual(['loan-0', 'loan-1']);
});

test('a refusal that is not about the loans is not asked again', async () => {
  plaid.play(
    answer(400, {
      error_type: 'INVALID_INPUT',
      error_code: 'INVALID_API_KEYS',
      error_message: 'invalid client_id or secret provided',
      request_id: 'request-1',
    }),
  );
  const { json } = await runPlaidCheck(plaid, parameters(10), many(5), goOn);
  expect(plaid.requests).toHaveLength(1);
  expect(json).toEqual(
    many(5).map(() => ({ error: expect.objectContaining({ error_code: 'INVALID_API_KEYS' }) })),
  );
});

test('after an answer that leaves it open whether the loans are in, nothing is sent again', async () => {
  plaid.play(answer(500, { error_type: 'API_ERROR', error_code: 'INTERNAL_SERVER_ERROR' }));
  const { json } = await runPlaidCheck(plaid, parameters(10), many(5), goOn);
  expect(plaid.requests).toHaveLength(1);
  expect(json).toEqual(
    many(5).map(() => ({
      error: expect.objectContaining({ next_step: expect.stringContaining('may have succeeded') }),
    })),
  );
});

test('an item that can not be sent keeps its place between the others', async () => {
  const wrong = items('loan-0', 'loan-1', 'loan-2').map((item, index) =>
    index === 1 ? { ...item, status: 'NO_SUCH_STATUS' } : item,
  );
  const { outputs } = await runPlaidCheck(plaid, parameters(10), wrong, goOn);
  expect(sent().flat()).toEqual(['loan-0', 'loan-2']);
  expect(outputs[0]?.map(({ json }) => Object.keys(json))).toEqual([
    ['request_id'],
    ['error'],
    ['request_id'],
  ]);
  expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test('items whose other fields differ do not share a request', async () => {
  const withNote = {
    ...parameters(),
    options: {
      itemsPerRequest: 10,
      extraBodyFields: '={{ { note: $json.loan === "loan-0" ? "a" : "b" } }}',
    },
  };
  await runPlaidCheck(plaid, withNote, many(3));
  expect(plaid.requests.map(({ json }) => json)).toMatchObject([
    { note: 'a', loans: [{ loan_id: 'loan-0' }] },
    { note: 'b', loans: [{ loan_id: 'loan-1' }, { loan_id: 'loan-2' }] },
  ]);
});

test.each([0, -1, 1.5, 'many'])(
  '%j items per request are refused before anything is sent',
  async (size) => {
    const { error } = await runPlaidCheck(plaid, parameters(size as number), many(2));
    expect(error?.message).toContain(
      'the option Items Per Request must be an integer from 1 to 1000',
    );
    expect(plaid.requests).toEqual([]);
  },
);

describe('where the node stops at an error of a shared request', () => {
  test('no item of a request in doubt is told as not sent', async () => {
    plaid.play(reset);
    const { error } = await runPlaidCheck(plaid, parameters(5), many(5));
    expect(sent()).toEqual([['loan-0', 'loan-1', 'loan-2', 'loan-3', 'loan-4']]);
    const told = String(error?.description);
    expect(told).toContain('The request may have succeeded');
    expect(told).toMatch(
      /Of the other 4 items, 4 failed or may have succeeded \(items 1, 2, 3, 4\)\. /,
    );
  });

  test('neither is one of a request that was refused, while later requests were not sent', async () => {
    const refused = { error_type: 'INVALID_INPUT', error_code: 'INVALID_API_KEYS' };
    plaid.play(answer(400, { ...refused, error_message: 'wrong keys', request_id: 'r' }));
    const options = { itemsPerRequest: 3, throttling: { values: { concurrency: 1 } } };
    const { error } = await runPlaidCheck(plaid, { ...parameters(), options }, many(7));
    expect(sent().flat()).toEqual(['loan-0', 'loan-1', 'loan-2']);
    expect(String(error?.description)).toContain(
      '2 failed or may have succeeded (items 1, 2), and 4 were not sent',
    );
  });

  test('a half that never left is told as not sent, the other half as what it was', async () => {
    // The whole list is refused; of its halves, the first one's request breaks off.
    plaid.play((response, request, index) =>
      index === 0
        ? register(response, { ...request, json: { loans: [{ loan_id: 'unknown' }] } }, index)
        : reset(response, request, index),
    );
    const { error } = await runPlaidCheck(plaid, parameters(4), many(4));
    expect(sent().map((loans) => loans.length)).toEqual([4, 2]);
    expect(String(error?.description)).toContain(
      '1 failed or may have succeeded (item 1), and 2 were not sent',
    );
  });
});

test('an item that is previewed takes no other item with it', async () => {
  const options = { itemsPerRequest: 5, previewRequest: '={{ $json.preview }}' };
  const some = many(4).map((item, index) => ({ ...item, preview: index === 0 || index === 2 }));
  const { outputs } = await runPlaidCheck(plaid, { ...parameters(), options }, some, goOn);
  expect(pairs(outputs[0])).toEqual([0, 1, 2, 3].map((item) => ({ item })));
  expect(outputs[0]?.map(({ json }) => 'method' in json)).toEqual([true, false, true, false]);
  expect(sent().flat()).toEqual(['loan-1', 'loan-3']);
});

test('an item that forbids a retry does not share a request with one that allows it', async () => {
  const options = {
    itemsPerRequest: 5,
    retry: { values: { retryUncertain: '={{ $json.retry }}', interval: 0 } },
  };
  plaid.play(reset);
  const some = many(2).map((item, index) => ({ ...item, retry: index === 0 }));
  await runPlaidCheck(plaid, { ...parameters(), options }, some, goOn);
  expect(sent().map((loans) => loans.join())).not.toContain('loan-0,loan-1');
  expect(sent().filter((loans) => loans.includes('loan-1'))).toHaveLength(1);
});
