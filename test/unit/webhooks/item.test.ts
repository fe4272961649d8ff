import { contentKey, deliveryKey, toWebhookItem } from '../../../nodes/PlaidCheck/trigger/item';
import { isEventSelected } from '../../../nodes/PlaidCheck/trigger/events';
import { verifyWebhook } from '../../../nodes/PlaidCheck/webhooks/verify';
import { createSigner, seconds, type Signer } from '../../support/servers/webhookSigner';

const NOON = Date.UTC(2026, 3, 2, 12);
const FIRST = { signedAt: NOON, signatureId: 'one' };

describe('the delivery key', () => {
  const BODY = '{"webhook_type":"LINK","user_id":"u"}';
  const signer = createSigner();

  /** The key that a process gives to a delivery: each verifies it by itself and remembers nothing. */
  async function keyOf(token: string, by: Signer = signer, body = BODY): Promise<string> {
    const result = await verifyWebhook({
      header: token,
      body: Buffer.from(body),
      now: Date.now(),
      findKey: () => Promise.resolve({ key: { publicKey: by.publicKey, expired: false } }),
    });
    if (result.kind !== 'verified') throw new Error(`Not verified: ${JSON.stringify(result)}`);
    return deliveryKey(result);
  }

  test('is the day and a hash', () => {
    expect(deliveryKey(FIRST)).toMatch(/^2026-04-02\.[0-9a-f]{32}$/);
  });

  test('is the same for the same delivery, whichever process verifies it', async () => {
    const token = signer.token(BODY);
    expect(await keyOf(token)).toBe(await keyOf(token));
  });

  test('is another one for a retry, which is signed anew, even within the same second', async () => {
    expect(await keyOf(signer.token(BODY))).not.toBe(await keyOf(signer.token(BODY)));
  });

  test('is another one for a retry that is signed later', async () => {
    const { header, claims, signed } = signer;
    const later = signed(header, { ...claims(BODY), iat: seconds() - 30 });
    expect(await keyOf(later)).not.toBe(await keyOf(signer.token(BODY)));
  });

  test('is another one for two events with like content and for another signing key', async () => {
    const other = createSigner();
    const keys = [
      await keyOf(signer.token(BODY)),
      await keyOf(signer.token(BODY)),
      await keyOf(other.token(BODY), other),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});

describe('the content key', () => {
  const body = {
    webhook_type: 'A',
    user_id: 'u',
    insights: ['x', 'y'],
    error: { a: 1, b: [null] },
  };

  const ofText = (text: string) => contentKey(JSON.parse(text));

  test('is a hash', () => {
    expect(contentKey(body)).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    '{"error":{"b":[null],"a":1},"insights":["x","y"],"user_id":"u","webhook_type":"A"}',
    '{ "webhook_type": "A",\r\n "user_id": "u", "insights": [ "x", "y" ], "error": { "a": 1, "b": [ null ] } }',
    '{"webhook_type":"A","user_id":"u","insights":["x","y"],"error":{"a":1.0,"b":[null]}}',
    '{"webhook_type":"A","user_id":"u","insights":["x","y"],"error":{"a":10e-1,"b":[null]}}',
    '{"webhook_type":"\\u0041","user_id":"u","insights":["x","y"],"error":{"a":1,"b":[null]}}',
  ])('is the same however the JSON is written: %s', (text) => {
    expect(ofText(text)).toBe(contentKey(body));
  });

  test.each([
    { ...body, user_id: 'v' },
    { ...body, more: null },
    { ...body, insights: ['y', 'x'] },
    { ...body, insights: [['x'], 'y'] },
    { ...body, error: { a: '1', b: [null] } },
    { ...body, error: { a: 1.5, b: [null] } },
    { ...body, error: { a: true, b: [null] } },
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
    expect(contentKey(other)).not.toBe(contentKey(body));
  });

  test('is another one when a name that objects inherit has a value', () => {
    expect(ofText('{"__proto__":{"a":1}}')).not.toBe(ofText('{"__proto__":{"a":2}}'));
    expect(ofText('{"__proto__":{"a":1}}')).not.toBe(ofText('{}'));
  });
});

test('a first delivery has its own key as event key, a retry that of the first', () => {
  const retry = { signedAt: NOON + 30_000, signatureId: 'two' };
  const body = { user_id: 'u' };
  const original = toWebhookItem(body, { current: FIRST, first: FIRST }, new Date(NOON));
  expect(original.event_key).toBe(original.delivery_key);
  const again = toWebhookItem(body, { current: retry, first: FIRST }, new Date(NOON + 31_000));
  expect(again).toMatchObject({
    event_key: original.event_key,
    delivery_key: deliveryKey(retry),
    content_key: original.content_key,
  });
  expect(again.delivery_key).not.toBe(original.delivery_key);
});

test('what a workflow reads first comes first', () => {
  const body = {
    environment: 'sandbox',
    item_id: 'i',
    webhook_code: 'C',
    webhook_type: 'T',
    user_id: 'u',
  };
  const item = toWebhookItem(body, { current: FIRST, first: FIRST }, new Date(NOON));
  expect(Object.keys(item)).toEqual([
    'event_key',
    'delivery_key',
    'content_key',
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
