import { contentHash, eventKey, toWebhookItem } from '../../../nodes/PlaidCheck/trigger/item';
import { isEventSelected } from '../../../nodes/PlaidCheck/trigger/events';

const NOON = Date.UTC(2026, 3, 2, 12);
const FIRST = { signedAt: NOON, signatureId: 'one' };

describe('the event key', () => {
  test('is the day and a hash', () => {
    expect(eventKey(FIRST)).toMatch(/^2026-04-02\.[0-9a-f]{32}$/);
  });

  test('is the same for the same first try, and no other', () => {
    expect(eventKey({ ...FIRST })).toBe(eventKey(FIRST));
    expect(eventKey({ ...FIRST, signatureId: 'other' })).not.toBe(eventKey(FIRST));
  });
});

describe('the hash of the content', () => {
  const body = {
    webhook_type: 'A',
    user_id: 'u',
    insights: ['x', 'y'],
    error: { a: 1, b: [null] },
  };

  test('is the same in whatever order', () => {
    const repeat = {
      error: { b: [null], a: 1 },
      insights: ['x', 'y'],
      user_id: 'u',
      webhook_type: 'A',
    };
    expect(contentHash(repeat)).toBe(contentHash(body));
  });

  test.each([
    { ...body, user_id: 'v' },
    { ...body, more: null },
    { ...body, insights: ['y', 'x'] },
    { ...body, insights: [['x'], 'y'] },
    { ...body, error: { a: '1', b: [null] } },
    { ...body, error: { a: 1, b: [] } },
    {
      ...body,
      error: [
        ['a', 1],
        ['b', [null]],
      ],
    },
    {},
  ])('is another one for %j', (other) => {
    expect(contentHash(other)).not.toBe(contentHash(body));
  });
});

test('what a workflow reads first comes first', () => {
  const body = {
    environment: 'sandbox',
    item_id: 'i',
    webhook_code: 'C',
    webhook_type: 'T',
    user_id: 'u',
  };
  const item = toWebhookItem(body, FIRST, new Date(NOON));
  expect(Object.keys(item)).toEqual([
    'event_key',
    'webhook_type',
    'webhook_code',
    'item_id',
    'user_id',
    'environment',
    'received_at',
    'body',
  ]);
  expect(item.received_at).toBe('2026-04-02T12:00:00.000Z');
});

test('a choice of all codes of a type takes those that are not known yet', () => {
  expect(isEventSelected(['LINK.*'], 'LINK', 'NEW')).toBe(true);
  expect(isEventSelected(['LINK.*'], 'LINKS', 'NEW')).toBe(false);
  expect(isEventSelected(['other'], 'LINK', 'NEW')).toBe(true);
  expect(isEventSelected(['other'], 'LINK', 'EVENTS')).toBe(false);
  expect(isEventSelected(['other'], 'LINK', '*')).toBe(true);
});
