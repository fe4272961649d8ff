import type TypeScript from 'typescript';

import { ts } from '../../support/process/typescript';

/** The fields of each webhook that an SDK has a type for, by `webhook_type.webhook_code`. */
export function webhookTypes(declarations: string): ReadonlyMap<string, readonly string[]> {
  const source = ts.createSourceFile('api.d.ts', declarations, ts.ScriptTarget.ES2022, true);
  return new Map(
    source.statements.filter(isWebhook).flatMap(({ members }) => {
      const fields = members.filter(ts.isPropertySignature);
      const named = (name: string) => fields.find((field) => nameOf(field) === name);
      const [type, code] = [named('webhook_type'), named('webhook_code')].map(valueOf);
      return type && code ? [[`${type}.${code}`, fields.map(nameOf).sort()] as const] : [];
    }),
  );
}

const isWebhook = (node: TypeScript.Statement): node is TypeScript.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text.endsWith('Webhook');

const nameOf = ({ name }: TypeScript.PropertySignature) => name.getText();

/** The only value of a field, which stands in its comment: the types say `string`. */
function valueOf(field: TypeScript.PropertySignature | undefined): string | undefined {
  const comment = field && ts.getJSDocCommentsAndTags(field)[0]?.getText();
  return /`(?:\\")?(\w+)(?:\\")?`/.exec(comment ?? '')?.[1];
}
