import type { FastifyInstance, FastifyReply } from 'fastify';
import { PlaidError } from '../plaidErrors';
import type { SandboxContext } from '../context';
import { finishLink, nextBank } from './finish';

/** Where a user goes through Link without a front end of the client's. */
export const hostedLinkUrl = (baseUrl: string, linkToken: string): string =>
  `${baseUrl}/hosted_link/${linkToken}`;

/** The Link token in a hosted Link's URL, or the token itself. */
export const linkTokenIn = (urlOrToken: string): string => urlOrToken.split('/').at(-1) ?? '';

interface Params {
  readonly token: string;
}

/** A page with one button in place of Plaid's hosted Link. */
export function addLinkPage(app: FastifyInstance, currentContext: () => SandboxContext): void {
  const path = '/hosted_link/:token';

  app.get<{ Params: Params }>(path, ({ params }, reply) =>
    orExplain(reply, () => {
      const context = currentContext();
      const token = context.state.linkTokens.findOpen(params.token, context.now);
      const bank = nextBank(context, token);
      const client = token.request.client_name;
      return page(
        bank ? `Link ${bank.name} to ${client}` : `Repair your bank's connection to ${client}`,
        `<p>This stands in for Plaid Link. Nobody has to log in anywhere.</p>
        <form method="post"><button>${bank ? `Link ${escaped(bank.name)}` : 'Repair'}</button></form>`,
      );
    }),
  );

  app.post<{ Params: Params }>(path, ({ params }, reply) =>
    orExplain(reply, () => {
      const context = currentContext();
      const { request } = context.state.linkTokens.findOpen(params.token, context.now);
      finishLink(context, params.token);
      const next = request.hosted_link?.completion_redirect_uri;
      if (next) reply.code(303).header('location', next);
      return page('Done', '<p>You can close this page.</p>');
    }),
  );
}

function orExplain(reply: FastifyReply, answer: () => string): FastifyReply {
  reply.type('text/html; charset=utf-8');
  try {
    return reply.send(answer());
  } catch (error) {
    if (!(error instanceof PlaidError)) throw error;
    return reply.code(error.status).send(page('Link cannot be opened', escaped(error.message)));
  }
}

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${escaped(title)}</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
      button { font: inherit; padding: 0.7rem 1.2rem }
    </style>
  </head>
  <body>
    <h1>${escaped(title)}</h1>
    ${content}
  </body>
</html>
`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
