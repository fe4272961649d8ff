import { headersOf, readResponse } from '../../nodes/PlaidCheck/client/response';
import { failureOutput } from '../../nodes/PlaidCheck/client/tellFailure';
import { networkError } from '../../nodes/PlaidCheck/client/networkError';
import { plaidUrl } from '../../nodes/PlaidCheck/client/response';
import { redactionOf } from '../../nodes/PlaidCheck/client/redaction';
import { connectWithin } from '../../nodes/PlaidCheck/client/timeout';

const CHECK = 'Look with Check Report (Legacy API): Get Base Report';
const attempt = { host: 'sandbox.plaid.com', timeoutSeconds: 5, howToVerify: null };

/** As n8n wraps what its HTTP client threw. */
const wrapped = (code: string, message = 'inner') =>
  Object.assign(new Error('wrapped'), { cause: Object.assign(new Error(message), { code }) });

describe('what a request without an answer failed of', () => {
  test.each([
    ['ENOTFOUND', 'host_not_found', /could not be found/],
    ['EAI_AGAIN', 'host_not_found', /could not be found/],
    ['ECONNABORTED', 'timeout', /did not respond within 5 seconds/],
    ['ETIMEDOUT', 'timeout', /did not respond within 5 seconds/],
    ['ECONNREFUSED', 'connection_failed', /refused the connection/],
    ['ENETUNREACH', 'connection_failed', /could not be reached/],
    ['ECONNRESET', 'connection_failed', /closed the connection/],
    ['CERT_HAS_EXPIRED', 'connection_failed', /certificate/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connection_failed', /certificate/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connection_failed', /certificate/],
    ['EPROTO', 'connection_failed', /secure connection/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'connection_failed', /secure connection/],
    ['EPIPE', 'connection_failed', /closed the connection/],
    ['Z_DATA_ERROR', 'connection_failed', /failed \(Z_DATA_ERROR\)/],
    ['', 'connection_failed', /The request to sandbox.plaid.com failed$/],
  ])('%s is %s', (code, kind, message) => {
    expect(networkError(wrapped(code), attempt).failure).toMatchObject({
      kind,
      message: expect.stringMatching(message),
    });
  });

  test('only a call that may not be repeated says that it may have succeeded and how to check, and only if it may have', () => {
    const stepAfter = (code: string, howToVerify: string | null) =>
      failureOutput(networkError(wrapped(code), { ...attempt, howToVerify }).failure).next_step;
    const gone = `The request may have succeeded. ${CHECK}`;
    expect(stepAfter('ECONNRESET', CHECK)).toBe(gone);
    expect(stepAfter('ETIMEDOUT', CHECK)).toBe(`${gone}. The option Timeout sets how long to wait`);
    expect(stepAfter('ECONNRESET', null)).not.toMatch(/may have succeeded/);
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EPROTO']) {
      expect(stepAfter(code, CHECK)).not.toMatch(/may have succeeded|Look with/);
    }
  });
});

describe('a host with several addresses', () => {
  const connect = (code: string) =>
    Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
  const aggregate = (...errors: Error[]) =>
    Object.assign(new AggregateError(errors), { code: (errors[0] as { code?: string }).code });
  const asCause = (cause: unknown) => Object.assign(new Error('wrapped'), { cause });
  const toCreate = { ...attempt, howToVerify: CHECK };

  test.each([
    ['all refuse', aggregate(connect('ECONNREFUSED'), connect('ECONNREFUSED'))],
    ['one is silent, one refuses', aggregate(connect('ETIMEDOUT'), connect('ECONNREFUSED'))],
    ['all are silent', aggregate(connect('ETIMEDOUT'), connect('ETIMEDOUT'))],
    ['one has no route', aggregate(connect('ENETUNREACH'), connect('ETIMEDOUT'))],
    ['without a code of its own', new AggregateError([connect('ETIMEDOUT')])],
    ['the only address is silent', connect('ETIMEDOUT')],
    ['the address is not to be had', connect('EADDRNOTAVAIL')],
  ])('%s: nothing has left', (_, thrown) => {
    for (const error of [thrown, asCause(thrown), asCause(asCause(thrown))]) {
      const { retry, failure } = networkError(error, toCreate);
      expect(retry).toBe('safe');
      expect(failureOutput(failure)).toMatchObject({
        kind: 'connection_failed',
        message: expect.stringMatching(/refused the connection|could not be reached/),
        may_have_succeeded: false,
        next_step: expect.not.stringMatching(/may have succeeded/),
      });
    }
  });

  const lookup = Object.assign(new Error('getaddrinfo ENOTFOUND'), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  });
  const later = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' });
  const hangUp = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

  test.each([
    ['the first', aggregate(lookup, connect('ECONNREFUSED'))],
    ['the last', aggregate(connect('ETIMEDOUT'), lookup)],
  ])('%s of which has no address: nothing has left', (_, thrown) => {
    for (const error of [thrown, asCause(asCause(thrown))]) {
      const { retry, failure } = networkError(error, toCreate);
      expect(retry).toBe('safe');
      expect(failure.may_have_succeeded).toBe(false);
    }
  });

  const many = Array.from({ length: 30 }, () => connect('ETIMEDOUT'));

  test.each([
    ['broke off later', aggregate(connect('ETIMEDOUT'), later)],
    ['hung up, after a silent one', aggregate(connect('ETIMEDOUT'), hangUp)],
    ['hung up, after one that refused', aggregate(connect('ECONNREFUSED'), hangUp)],
    ['failed without a code', aggregate(connect('ECONNREFUSED'), new Error('unknown'))],
    ['broke off later, after a lookup that failed', aggregate(lookup, later)],
    ['broke off later, after many', aggregate(...many, later)],
  ])('one of which %s leaves doubt', (_, thrown) => {
    for (const error of [thrown, asCause(asCause(thrown))]) {
      const { retry, failure } = networkError(error, toCreate);
      expect(retry).toBe('ifIdempotent');
      expect(failure.may_have_succeeded).toBe(true);
    }
  });

  test.each([
    'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  ])('%s may come after the request was sent', (code) => {
    const { retry, failure } = networkError(
      asCause(Object.assign(new Error(code), { code })),
      toCreate,
    );
    expect(retry).toBe('ifIdempotent');
    expect(failure.may_have_succeeded).toBe(true);
  });

  test('an error that holds itself comes to an end', () => {
    const circle: { cause?: unknown; errors?: unknown } = new Error('circle');
    circle.cause = circle;
    circle.errors = [circle, circle];
    expect(networkError(circle, toCreate).retry).toBe('ifIdempotent');
  });
});

describe('an error of n8n before 2.34, which has lost its cause', () => {
  const toCreate = { ...attempt, howToVerify: CHECK, connectTimeoutSeconds: 10 };
  const lost = (httpCode: string | null, messages: string[], description?: string) =>
    Object.assign(new Error("n8n's own words"), {
      cause: undefined,
      httpCode,
      messages,
      description,
    });
  const connect = (code: string) => `connect ${code} 192.0.2.1:443`;
  const ownClock = `timeout of ${connectWithin(10, attempt.timeoutSeconds).timeout}ms exceeded`;

  test.each([
    ['ECONNREFUSED', [connect('ECONNREFUSED')]],
    ['ETIMEDOUT', [connect('ETIMEDOUT')]],
    ['EHOSTUNREACH', [connect('EHOSTUNREACH')]],
    ['ECONNRESET', [connect('ECONNRESET')]],
    ['ENOTFOUND', ['getaddrinfo ENOTFOUND sandbox.plaid.com']],
    ['EAI_AGAIN', ['getaddrinfo EAI_AGAIN sandbox.plaid.com']],
    ['ECONNABORTED', [ownClock]],
    ['ETIMEDOUT', [`${connect('ETIMEDOUT')} | ${connect('ECONNREFUSED')}`]],
    [
      'ECONNRESET',
      ['Client network socket disconnected before secure TLS connection was established'],
    ],
  ])('%s, %j: nothing was sent', (code, messages) => {
    const { retry, failure } = networkError(lost(code, messages), toCreate);
    expect(retry).toBe('safe');
    expect(failure.may_have_succeeded).toBe(false);
  });

  test('where only the description has the addresses, nothing was sent either', () => {
    const all = `${connect('ETIMEDOUT')} | ${connect('ECONNREFUSED')}`;
    expect(networkError(lost('ETIMEDOUT', ['Error'], all), toCreate).retry).toBe('safe');
  });

  test.each([
    ['ECONNRESET', ['read ECONNRESET']],
    ['ECONNRESET', ['socket hang up']],
    ['ETIMEDOUT', ['read ETIMEDOUT']],
    ['EHOSTUNREACH', ['read EHOSTUNREACH']],
    ['EPIPE', ['write EPIPE']],
    ['ETIMEDOUT', [`${connect('ETIMEDOUT')} | socket hang up`]],
    ['ETIMEDOUT', [`${connect('ETIMEDOUT')} | read ETIMEDOUT`]],
    ['ECONNABORTED', ['timeout of 300000ms exceeded']],
    ['500', ['The request failed']],
    [null, ['canceled']],
    [null, []],
  ])('%s, %j: it may have succeeded', (code, messages) => {
    const { retry, failure } = networkError(lost(code, messages), toCreate);
    expect(retry).toBe('ifIdempotent');
    expect(failure.may_have_succeeded).toBe(true);
  });
});

describe('a connection that did not come about in time', () => {
  const toOwnClock = { ...attempt, connectTimeoutSeconds: 10, howToVerify: CHECK };
  const ownClock = `timeout of ${connectWithin(10, attempt.timeoutSeconds).timeout}ms exceeded`;

  test.each([
    ['ECONNABORTED', ownClock],
    ['ETIMEDOUT', ownClock],
  ])('%s, "%s": nothing was sent, so it may be sent again', (code, message) => {
    const { retry, failure } = networkError(wrapped(code, message), toOwnClock);
    expect(retry).toBe('safe');
    expect(failureOutput(failure)).toMatchObject({
      kind: 'connection_failed',
      message: 'sandbox.plaid.com could not be reached within 10 seconds',
      next_step: expect.not.stringMatching(/may have succeeded/),
    });
  });

  test.each([
    ['ECONNABORTED', 'read ECONNABORTED'],
    ['ETIMEDOUT', 'read ETIMEDOUT'],
    ['ECONNRESET', 'socket hang up'],
    // n8n's own limit where a node sets none.
    ['ECONNABORTED', 'timeout of 300000ms exceeded'],
  ])('%s, "%s" may come later as well, and the request may have arrived', (code, message) => {
    expect(networkError(wrapped(code, message), toOwnClock).retry).toBe('ifIdempotent');
  });

  test('once an answer had begun, nothing is taken for a connection that never was', () => {
    const answering = { ...toOwnClock, hasResponse: true };
    for (const code of ['ECONNABORTED', 'EHOSTUNREACH', 'ECONNREFUSED'])
      expect(networkError(wrapped(code, ownClock), answering).retry).toBe('ifIdempotent');
  });

  test.each(['read', 'write'])('nor is one that is lost at a %s', (syscall) => {
    for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED']) {
      const lost = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
      const { retry, failure } = networkError(lost, toOwnClock);
      expect(retry).toBe('ifIdempotent');
      expect(failureOutput(failure).next_step).toMatch(/may have succeeded/);
      const never = Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
      expect(networkError(never, toOwnClock).retry).toBe('safe');
    }
  });

  test('without a clock of its own it can not be told from silence', () => {
    const silent = wrapped('ECONNABORTED', ownClock);
    expect(networkError(silent, { ...attempt, howToVerify: CHECK }).retry).toBe('ifIdempotent');
  });
});

const CLIENT_ID = '5f3c0d1e9a7b4c2d8e6f0a1b';
const SECRET = 'a9"b8\\c7/d6+e5f4g3h2j1k0';
const redaction = redactionOf({ clientId: CLIENT_ID, secret: SECRET });

describe("a credential's own values in what a server sends", () => {
  const base64 = Buffer.from(`${SECRET}:x`).toString('base64');
  test.each([
    ['as they are', `${CLIENT_ID} and ${SECRET}`, '******** and ********'],
    ['in other letters', CLIENT_ID.toUpperCase(), '********'],
    ['in an address', `https://x/?a=${encodeURIComponent(SECRET)}&b`, 'https://x/?a=********&b'],
    ['in JSON', JSON.stringify({ a: SECRET }), '{"a":"********"}'],
    ['in hex', Buffer.from(SECRET).toString('hex'), '********'],
    ['in base64', `Basic ${base64}`, expect.stringMatching(/^Basic \*{8}.{0,6}$/)],
    ['not at all', 'a9 and 5f3c', 'a9 and 5f3c'],
  ])('are hidden %s', (_, text, shown) => expect(redaction.text(text)).toEqual(shown));

  test('are hidden in JSON, but for a client ID in a field of that name', () => {
    const echo = {
      client_id: CLIENT_ID,
      client: CLIENT_ID,
      headers: { SECRET },
      [SECRET]: [1, null, true, `a ${SECRET}`],
    };
    expect(redaction.json(echo)).toEqual({
      client_id: CLIENT_ID,
      client: '********',
      headers: { SECRET: '********' },
      '********': [1, null, true, 'a ********'],
    });
    expect(redaction.json({ client_id: SECRET })).toEqual({ client_id: '********' });
  });

  test('of a few letters could be anything', () => {
    const { text, json, mayBeIn } = redactionOf({ clientId: 'client', secret: 'short' });
    expect(text('a short client')).toBe('a short client');
    expect(json({ client_user_id: 'short' })).toEqual({ client_user_id: 'short' });
    expect(mayBeIn(Buffer.from('{"a":"short"}'))).toBe(false);
  });
});

test.each([
  ['https://plaid.com/docs/?a=b&c', 'https://plaid.com/docs/?a=b&c'],
  ['https://dashboard.plaid.com/x', 'https://dashboard.plaid.com/x'],
  ['http://plaid.com/docs/', null],
  ['https://plaid.com.example.com/', null],
  ['https://notplaid.com/', null],
  ['https://plaid.com@example.com/', null],
  ['https://plaid.com:8443/', null],
  ['javascript:alert(1)//plaid.com', null],
  ['//plaid.com/', null],
  ['', null],
  [null, null],
])('a link to %j is %j', (text, link) => expect(plaidUrl(text)).toBe(link));

describe('what a response is', () => {
  const response = (status: number, text: string) => ({
    status,
    headers: headersOf({ 'content-type': 'application/json; charset=utf-8' }),
    bytes: Buffer.from(text),
  });
  const plaid = (fields: object) =>
    JSON.stringify({ error_type: null, error_code: null, error_message: '', ...fields });
  const failureOf = (status: number, text: string, howToVerify: string | null = null) => {
    const outcome = readResponse(response(status, text), howToVerify, redaction);
    return 'failure' in outcome ? failureOutput(outcome.failure) : undefined;
  };

  test('JSON comes out as it is, unknown fields and all', () => {
    const body = { request_id: 'a', report: { new_field: [1, null, { x: '–' }] } };
    expect(readResponse(response(200, JSON.stringify(body)), null, redaction)).toEqual({
      json: body,
    });
  });

  /** JSON that writes each letter of a text as an escape. */
  const inEscapes = (text: string) =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

  test.each([
    ['as it is', JSON.stringify(SECRET).slice(1, -1)],
    ['in escapes', inEscapes(SECRET)],
    ['in hex', Buffer.from(SECRET).toString('hex')],
  ])('a secret that a server repeats %s is nowhere in what comes out', (_, written) => {
    const cause = `{"item_id":"${written}","error_code":"ITEM_LOGIN_REQUIRED"}`;
    const error = plaid({ error_type: 'ITEM_ERROR', error_code: 'X', causes: [] });
    for (const [status, text] of [
      [200, `{"client_id":"${written}","a":{"${written}":["${written}"]}}`],
      [400, error.replace('"causes":[]', `"causes":[${cause}]`)],
      [502, `<html>${written}</html>`],
    ] as const) {
      const outcome = readResponse(response(status, text), null, redaction);
      const shown = JSON.stringify(outcome).toLowerCase();
      for (const key of [SECRET, Buffer.from(SECRET).toString('hex')])
        expect(shown).not.toContain(JSON.stringify(key).slice(1, -1).toLowerCase());
    }
  });

  const nested = (depth: number, of: 'lists' | 'objects') =>
    of === 'lists'
      ? `{"request_id":"r","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`
      : `{"request_id":"r","deep":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

  describe.each(['lists', 'objects'] as const)('that is nested deep, in %s', (of) => {
    test('comes out as it is at 500 levels', () => {
      expect(readResponse(response(200, nested(499, of)), null, redaction)).toHaveProperty('json');
    });

    test.each([500, 2_000, 100_000])('is a failure at %d levels more', (depth) => {
      for (const howToVerify of [null, CHECK]) {
        const outcome = readResponse(response(200, nested(depth, of)), howToVerify, redaction);
        expect(outcome).toMatchObject({
          retry: 'never',
          failure: {
            kind: 'unreadable_response',
            message: expect.stringContaining('nested more than 500 levels deep'),
            request_id: 'r',
            may_have_succeeded: howToVerify !== null,
          },
        });
      }
      const error = nested(depth, of).replace('{', '{"error_code":"X","error_message":"no",');
      expect(failureOf(400, error)).toMatchObject({ kind: 'plaid_error', message: 'no (X)' });
    });
  });

  test.each([
    ['', 'an empty body'],
    ['  \n', 'an empty body'],
    ['<!DOCTYPE html><p>Bad gateway', 'a web page'],
    ['<html>', 'a web page'],
    ['{"report": {"rep', 'incomplete or broken JSON'],
    ['[1]', 'unknown content'],
    ['null', 'unknown content'],
  ])('%j is told as %s, with any status', (text, what) => {
    for (const status of [200, 307, 400, 502]) {
      const failed = failureOf(status, text);
      expect(failed).toMatchObject({ kind: 'unreadable_response', http_status: status });
      expect(failed?.message).toContain(what);
    }
  });

  test.each([
    [200, true],
    [307, false],
    [403, false],
    [404, false],
    [408, true],
    [413, false],
    [429, false],
    [502, true],
  ])('after a web page with %i a call that may not be repeated warns: %s', (status, warns) => {
    const step = failureOf(status, '<html>', CHECK)?.next_step ?? '';
    expect(step.includes(`may have succeeded. ${CHECK}`)).toBe(warns);
  });

  test('a code that is a name of JavaScript itself is a code like any other', () => {
    const told = failureOf(400, plaid({ error_code: 'toString', error_type: 'constructor' }));
    expect(told).toMatchObject({
      message: 'Plaid rejected the request (toString)',
      next_step: null,
    });
  });

  test("Plaid's message comes first, and where it is empty the code still says what is wrong", () => {
    const code = 'CONSUMER_REPORT_EXPIRED';
    expect(failureOf(400, plaid({ error_code: code }))?.message).toBe(
      `The report has expired (${code})`,
    );
    expect(failureOf(400, plaid({ error_code: code, error_message: 'gone' }))?.message).toBe(
      `gone (${code})`,
    );
    expect(failureOf(400, plaid({ error_type: 'API_ERROR' }))?.message).toBe(
      'Plaid rejected the request',
    );
  });

  test('a rate limit is known by its type as by its status', () => {
    const byType = failureOf(
      400,
      plaid({ error_type: 'RATE_LIMIT_EXCEEDED', error_code: 'ADDITION_LIMIT' }),
    );
    const byStatus = failureOf(429, plaid({ error_code: 'SOME_LIMIT' }));
    expect(byType?.next_step).toMatch(/lower limit in the option Throttling/);
    expect(byStatus?.next_step).toBe(byType?.next_step);
  });

  test('a fraud block is never retried, whatever its status', () => {
    const block = plaid({ error_code: 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK' });
    for (const status of [400, 429, 500])
      expect(readResponse(response(status, block), null, redaction)).toMatchObject({
        retry: 'never',
      });
  });

  test("Plaid's own suggestion stands in where we have none", () => {
    const told = failureOf(
      400,
      plaid({ error_code: 'NEW_CODE', suggested_action: 'Ask again tomorrow' }),
    );
    expect(told?.next_step).toBe('Ask again tomorrow');
  });

  test.each([500, 400])(
    'an error of the server, told with %i, warns where a repeat may do harm',
    (status) => {
      const OUTAGE = 'Plaid had an internal error; see https://status.plaid.com for outages';
      const text = plaid({ error_type: 'API_ERROR', error_code: 'INTERNAL_SERVER_ERROR' });
      expect(failureOf(status, text, CHECK)?.next_step).toBe(
        `The request may have succeeded. ${CHECK}. ${OUTAGE}`,
      );
      expect(failureOf(status, text)?.next_step).toBe(`${OUTAGE}. Try again in a moment`);
    },
  );
});
