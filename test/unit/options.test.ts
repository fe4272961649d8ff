import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { findOperation, operations } from '../../nodes/PlaidCheck/catalog/operations';
import { GROUP, PARAMETER } from '../../nodes/PlaidCheck/fields/names';
import { OPTIONS } from '../../nodes/PlaidCheck/options/declarations';
import { nodeOptions } from '../../nodes/PlaidCheck/options/index';
import type { Option } from '../../nodes/PlaidCheck/options/option';
import { outputChoice } from '../../nodes/PlaidCheck/options/output';
import { readOption, readOptions, type NodeOptions } from '../../nodes/PlaidCheck/options/read';
import { booleanFrom } from '../../nodes/PlaidCheck/fields/values';

const CREATE = findOperation('checkReport', 'create');
const READ = findOperation('checkReport', 'getBaseReport');
const REGISTER = findOperation('loan', 'register');
const LIST = findOperation('servicing', 'listSubscriptions');

const of = (values: object) => ({ values });

const reading =
  (given: object, operation = CREATE) =>
  () =>
    readOptions(given, operation);

test('an option that is not added has its default, or is off', () => {
  const expected: NodeOptions = {
    addReceipt: false,
    allowAtMost: Infinity,
    throttling: { concurrency: 'automatic', perSecond: Infinity },
    connectTimeout: 10,
    createIfExpired: undefined,
    createReportIfExpired: undefined,
    extraBodyFields: undefined,
    ifReportExists: undefined,
    ifSubscriptionExists: 'createAnother',
    ifProductFails: 'fail',
    ifRetried: 'onlyUnanswered',
    includeAttempts: false,
    includeBilling: false,
    includeInputFields: undefined,
    itemsPerRequest: 1,
    leaveOutPersonalData: false,
    previewRequest: false,
    binaryField: 'data',
    reasonTexts: { lendScore: {}, prism: {}, ultraFico: {} },
    requiredFacts: [],
    responseSizeLimit: 50_000_000,
    retry: {
      maxAttempts: 3,
      intervalMs: 1000,
      backoffRate: 2,
      maxIntervalMs: 30_000,
      rateLimitMs: 120_000,
      retryUncertain: false,
    },
    saveIds: false,
    splitIntoItems: false,
    stopStartingAfter: Infinity,
    timeout: 150,
    useAnswerOfRun: false,
    validateRequest: true,
    waitUntilReady: undefined,
  };
  for (const given of [undefined, null, {}]) expect(readOptions(given, REGISTER)).toEqual(expected);
  const names = Object.entries<Option>(OPTIONS).flatMap(([name, { holdsBack, notBlank }]) =>
    holdsBack || notBlank ? [] : [name],
  );
  const empty = names.map((name) => [name, ' ']);
  expect(readOptions(Object.fromEntries(empty), CREATE)).toEqual(expected);
});

test('a tool of an AI agent has one call and no personal data, unless a person sets it otherwise', () => {
  const asTool = (given: object) => readOptions(given, READ, true);
  expect(asTool({})).toEqual({
    ...readOptions({}, READ),
    allowAtMost: 1,
    leaveOutPersonalData: true,
  });
  expect(asTool({ allowAtMost: 5, leaveOutPersonalData: false })).toEqual({
    ...readOptions({}, READ),
    allowAtMost: 5,
  });
});

describe('an option that is added', () => {
  const form = (nodeOptions(operations).options ?? []) as INodeProperties[];
  const added = (name: string) => form.find((one) => one.name === name)?.default;

  /** What each option does from the moment that n8n adds it with its default. */
  const EFFECT: Partial<Record<keyof NodeOptions, unknown>> = {
    addReceipt: true,
    allowAtMost: 1,
    throttling: { concurrency: 'automatic', perSecond: Infinity },
    connectTimeout: 10,
    createIfExpired: expect.objectContaining({ values: expect.anything() }),
    createReportIfExpired: { values: { products: { values: [] }, days_requested: 365 } },
    extraBodyFields: '{}',
    ifReportExists: { mode: 'sameClientReportId' },
    ifSubscriptionExists: 'useExisting',
    ifProductFails: 'fail',
    ifRetried: 'onlyUnanswered',
    includeAttempts: true,
    includeBilling: true,
    includeInputFields: 'all',
    itemsPerRequest: 100,
    leaveOutPersonalData: true,
    previewRequest: true,
    binaryField: 'data',
    reasonTexts: { lendScore: {}, prism: {}, ultraFico: {} },
    responseSizeLimit: 50_000_000,
    retry: readOptions({}, CREATE).retry,
    saveIds: true,
    splitIntoItems: true,
    stopStartingAfter: 600_000,
    timeout: 150,
    useAnswerOfRun: true,
    validateRequest: true,
    waitUntilReady: { waitMode: 'poll', maxWaitMs: 300_000 },
  };

  test('is in the form under its own name, in alphabetical order', () => {
    expect(form.map(({ name }) => name).sort()).toEqual(Object.keys(OPTIONS).sort());
    expect([...Object.keys(EFFECT), 'requiredFacts'].sort()).toEqual(Object.keys(OPTIONS).sort());
    const shown = form.map(({ displayName }) => displayName);
    expect(shown).toEqual([...shown].sort((one, other) => one.localeCompare(other)));
  });

  test('Required Facts waits for a fact, so that none is required by mistake', () => {
    const operation = operations.find((one) => shownFor('requiredFacts', one));
    for (const blank of [added('requiredFacts'), '', null])
      expect(() => readOption('requiredFacts', { requiredFacts: blank }, operation)).toThrow(
        'the option Required Facts must be a list with at least one text',
      );
  });

  test.each(Object.keys(EFFECT) as Array<keyof NodeOptions>)(
    '%s does what it says with its default',
    (name) => {
      const operation = operations.find((one) => shownFor(name, one));
      if (!operation) throw new Error('No operation has the option');
      expect(readOption(name, { [name]: added(name) }, operation)).toEqual(EFFECT[name]);
    },
  );

  test.each([
    'allowAtMost',
    'connectTimeout',
    'itemsPerRequest',
    'responseSizeLimit',
    'timeout',
  ] as const)('%s has in the form the limits of its check', (name) => {
    const option = form.find((one) => one.name === name);
    expectLimits(option, (value) => reading({ [name]: value }, REGISTER));
  });

  test.each([
    ['throttling', 'concurrency'],
    ['throttling', 'requestsPerSecond'],
    ['retry', 'maxAttempts'],
    ['retry', 'interval'],
    ['retry', 'backoffRate'],
    ['retry', 'maxInterval'],
    ['waitUntilReady', 'maxWait'],
    ['ifReportExists', 'maxAge'],
  ])('%s > %s has in the form the limits of its check', (name, member) => {
    const sections = form.find((one) => one.name === name)?.options as INodePropertyCollection[];
    const option = sections[0]?.values.find((one) => one.name === member);
    expectLimits(option, (value) => reading({ [name]: of({ [member]: value }) }));
  });

  function expectLimits(
    option: INodeProperties | undefined,
    read: (value: number) => () => unknown,
  ) {
    const { minValue = NaN, maxValue = NaN } = option?.typeOptions ?? {};
    expect(read(minValue)).not.toThrow();
    expect(read(maxValue)).not.toThrow();
    expect(read(minValue - 0.0001)).toThrow('must be');
    expect(read(maxValue + 1)).toThrow(` to ${maxValue}, got ${maxValue + 1}`);
  }
});

const shownFor = (name: keyof NodeOptions, operation: (typeof operations)[number]) => {
  const { shownFor: isShown } = OPTIONS[name];
  return isShown?.(operation) ?? true;
};

test('an option that the operation does not have counts as not added', () => {
  const given = { waitUntilReady: of({ maxWait: 9 }), itemsPerRequest: 7, splitIntoItems: true };
  expect(readOptions(given, CREATE)).toMatchObject({
    waitUntilReady: { maxWaitMs: 9000 },
    itemsPerRequest: 1,
    splitIntoItems: false,
    stopStartingAfter: Infinity,
  });
  expect(readOptions(given, REGISTER)).toMatchObject({
    waitUntilReady: undefined,
    itemsPerRequest: 7,
  });
  expect(readOptions(given, LIST).splitIntoItems).toBe(true);
});

describe('numbers', () => {
  test('may come as text, and a member that is empty has its default', () => {
    const given = {
      retry: of({ interval: '0.5', backoffRate: 3, maxInterval: 60, retryUncertain: true }),
      throttling: of({ concurrency: '4', requestsPerSecond: 2.5 }),
      waitUntilReady: of({ maxWait: ' 90 ' }),
      timeout: '30',
    };
    expect(readOptions(given, CREATE)).toMatchObject({
      retry: {
        maxAttempts: 3,
        intervalMs: 500,
        backoffRate: 3,
        maxIntervalMs: 60_000,
        retryUncertain: true,
      },
      throttling: { concurrency: 4, perSecond: 2.5 },
      waitUntilReady: { waitMode: 'poll', maxWaitMs: 90_000 },
      timeout: 30,
    });
    expect(readOptions({ retry: of({ maxAttempts: 7, interval: '' }) }, CREATE).retry).toEqual({
      ...readOptions({}, CREATE).retry,
      maxAttempts: 7,
    });
    const added = { waitUntilReady: of({}) };
    expect(readOptions(added, CREATE).waitUntilReady?.maxWaitMs).toBe(300_000);
  });

  test.each([
    ['waitUntilReady', 'Wait Until Ready'],
    ['throttling', 'Throttling'],
    ['retry', 'Retry'],
  ] as const)('the group %s that n8n emptied is refused, not the defaults', (name, label) => {
    expect(reading({ [name]: {} })).toThrow(
      `the option ${label} must be a group with its fields set one by one`,
    );
  });

  test("a group may lack n8n's inner wrapper", () => {
    expect(readOptions({ retry: { maxAttempts: 5 } }, CREATE).retry.maxAttempts).toBe(5);
  });

  test.each<[IDataObject, string]>([
    [
      { retry: of({ maxAttempts: 0 }) },
      'Retry > Max Attempts must be an integer from 1 to 100, got 0',
    ],
    [
      { retry: of({ maxAttempts: 2.7 }) },
      'Retry > Max Attempts must be an integer from 1 to 100, got 2.7',
    ],
    [
      { retry: of({ interval: -1 }) },
      'Retry > Interval (Seconds) must be a number from 0 to 3600, got -1',
    ],
    [
      { retry: of({ backoffRate: 'x' }) },
      'Retry > Backoff Rate must be a number from 1 to 100, got "x"',
    ],
    [
      { retry: of({ maxInterval: NaN }) },
      'Retry > Max Interval (Seconds) must be a number from 0 to 3600',
    ],
    [
      { retry: of({ maxInterval: 3601 }) },
      'Retry > Max Interval (Seconds) must be a number from 0 to 3600, got 3601',
    ],
    [{ retry: 'often' }, 'Retry must be an object with fields, got "often"'],
    [{ retry: of([5]) }, 'Retry must be an object with fields, got a list of 1'],
    [
      { throttling: of({ concurrency: -1 }) },
      'Throttling > Requests at Once must be an integer from 0 to 1000, got -1',
    ],
    [
      { throttling: of({ concurrency: 1.5 }) },
      'Throttling > Requests at Once must be an integer from 0 to 1000, got 1.5',
    ],
    [
      { throttling: of({ requestsPerSecond: -2 }) },
      'Throttling > Requests Per Second must be a number from 0 to 1000, got -2',
    ],
    [
      { waitUntilReady: of({ maxWait: 0 }) },
      'Wait Until Ready > Max Wait (Seconds) must be a number from 1 to 604800, got 0',
    ],
    [
      { responseSizeLimit: 0 },
      'Response Size Limit (MB) must be a number from 0.001 to 500, got 0',
    ],
  ])('%j is refused by its label', (given, message) => {
    expect(reading(given)).toThrow(`the option ${message}`);
  });
});

describe.each([
  ['Timeout (Seconds)', 'timeout', 150],
  ['Connect Timeout (Seconds)', 'connectTimeout', 10],
] as const)('the option %s', (label, name, usual) => {
  const read = (value: unknown) => readOptions({ [name]: value }, CREATE)[name];

  test.each([undefined, null, '', '  '])('not given, as %j, is as usual', (value) => {
    expect(read(value)).toBe(usual);
  });

  test.each([
    [0.5, 0.5],
    ['30', 30],
    [3600, 3600],
  ])('%j is %d seconds', (value, seconds) => {
    expect(read(value)).toBe(seconds);
  });

  test.each([0, -1, 3601, 3600000, 'abc', '5 s', true, NaN, Infinity, [7], {}])(
    '%j is refused',
    (value) => {
      expect(() => read(value)).toThrow(`the option ${label} must be a number from 0.1 to 3600`);
    },
  );
});

describe('switches', () => {
  const SWITCHES = [
    ['includeAttempts', 'Include Attempts', CREATE],
    ['leaveOutPersonalData', 'Leave Out Personal Data', CREATE],
    ['previewRequest', 'Preview Request', CREATE],
    ['splitIntoItems', 'Split Into Items', LIST],
    ['validateRequest', 'Validate Request', CREATE],
  ] as const;

  describe.each(SWITCHES)('%s', (name, label, operation) => {
    test.each([true, 'true', 'TRUE', ' True '])('%j is on', (value) => {
      expect(readOption(name, { [name]: value }, operation)).toBe(true);
    });

    test.each([false, 'false', 'FALSE '])('%j is off', (value) => {
      expect(readOption(name, { [name]: value }, operation)).toBe(false);
    });

    const blank = [undefined, null, '', ' '];
    if (name === 'previewRequest' || name === 'leaveOutPersonalData') {
      test.each(blank)(
        '%j is refused, as nothing must not let a request or personal data pass',
        (value) => {
          expect(() => readOption(name, { [name]: value }, operation)).toThrow(
            `the option ${label} must be true or false, got empty text`,
          );
        },
      );
    } else {
      test.each(blank)('%j is as if it were not added', (value) => {
        expect(readOption(name, { [name]: value }, operation)).toBe(name === 'validateRequest');
      });
    }

    test.each([1, 0, 'yes', 'no', '={{ true }}', [true], {}])('%j is refused', (value) => {
      expect(() => readOption(name, { [name]: value }, operation)).toThrow(
        `the option ${label} must be true or false, got `,
      );
    });
  });

  test('Retry Requests That May Have Succeeded is off unless it is true', () => {
    const read = (retryUncertain: unknown) =>
      readOptions({ retry: of({ retryUncertain }) }, CREATE).retry.retryUncertain;
    expect([undefined, null, '', 'false', false].map(read)).toEqual(Array(5).fill(false));
    expect([true, 'TRUE'].map(read)).toEqual([true, true]);
    expect(() => read(1)).toThrow(
      'the option Retry > Retry Requests That May Have Succeeded must be true or false, got 1',
    );
  });

  test('nothing is false, and what is no boolean stays as it is', () => {
    expect([undefined, null, '', ' False'].map(booleanFrom)).toEqual(Array(4).fill(false));
    expect([1, 'yes', [true]].map(booleanFrom)).toEqual([1, 'yes', [true]]);
  });
});

describe('choices', () => {
  test.each(['Webhook', 'pause', 'ask', 7, true])('the wait mode %j is refused', (waitMode) => {
    expect(reading({ waitUntilReady: of({ waitMode }) })).toThrow(
      `the option Wait Until Ready > Wait Mode must be one of "poll", "webhook", got ${JSON.stringify(waitMode)}`,
    );
  });

  test('a wait mode may have spaces around it', () => {
    const { waitUntilReady } = readOptions(
      { waitUntilReady: of({ waitMode: 'webhook\n' }) },
      CREATE,
    );
    expect(waitUntilReady?.waitMode).toBe('webhook');
  });

  const output = (value: unknown) =>
    outputChoice((name) => CHOSEN(value)[name] ?? null, READ, true).form;
  const CHOSEN = (value: unknown): Record<string, unknown> => ({
    [PARAMETER.output]: value,
    [PARAMETER.outputFacts]: 'account_count',
  });

  test.each(['Simplified', 'short', '', true])('the output %j is refused, never full', (value) => {
    expect(() => output(value)).toThrow(
      `Output must be one of "full", "selected", "simplified", got ${JSON.stringify(value)}`,
    );
  });

  test('a report comes out simplified unless another form is chosen, and in full where there is no other', () => {
    expect([undefined, null].map(output)).toEqual(['simplified', 'simplified']);
    expect(outputChoice(() => undefined, CREATE, true).form).toBe('full');
    expect(['full', 'selected', 'simplified'].map(output)).toEqual([
      'full',
      'selected',
      'simplified',
    ]);
  });
});

test.each(['Retry', 7, [{}]])('options that are %j as a whole are refused', (given) => {
  expect(() => readOptions(given, READ)).toThrow(
    "the node's Options must be an object with fields, got ",
  );
});

test('the request of a new report is read with the body', () => {
  const given = { [GROUP]: { days_requested: 'many' } };
  expect(readOptions({ createIfExpired: given }, READ).createIfExpired).toBe(given);
  expect(readOptions({ createIfExpired: given }, CREATE).createIfExpired).toBeUndefined();
});
