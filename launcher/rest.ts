/** Calls n8n's internal REST API, the one its editor uses, as a signed-in person. */
export interface Rest {
  /** Such as `n8n-auth=…`; for a browser's cookie jar. */
  readonly cookie: string;
  /**
   * @param path such as `/rest/workflows`
   * @returns the answer's `data`, which the caller knows the shape of
   * @throws RestError on any status but 2xx
   */
  call<T = unknown>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<T>;
}

export class RestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Signs in. Throws a RestError with status 401 when email or password are not right (any more). */
export async function signIn(url: string, email: string, password: string): Promise<Rest> {
  const answer = await send(url, 'POST', '/rest/login', { emailOrLdapLoginId: email, password });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    cookie,
    call: async <T>(method: string, path: string, body?: object) =>
      dataOf<T>(await send(url, method, path, body, cookie)),
  };
}

/** A call that needs no signing in. */
export async function call<T>(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  return dataOf<T>(await send(url, method, path, body));
}

async function dataOf<T>(answer: Response): Promise<T> {
  return ((await answer.json()) as { data: T }).data;
}

async function send(
  url: string,
  method: string,
  path: string,
  body?: object,
  cookie = '',
): Promise<Response> {
  const answer = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    body: body && JSON.stringify(body),
  });
  if (answer.ok) return answer;
  throw new RestError(
    answer.status,
    `n8n answered ${answer.status} to ${method} ${path}: ${(await answer.text()).slice(0, 500)}`,
  );
}
