import { readFileSync } from 'node:fs';
import type TypeScript from 'typescript';

import { catalog } from '../../../nodes/PlaidCheck/catalog';
import { fieldAt } from '../../../nodes/PlaidCheck/fields/path';
import { ts } from '../../support/process/typescript';

/**
 * What Plaid's SDK says in words about the fields of the catalog's requests: the comment of every field and of its
 * type. The types themselves are compared elsewhere (types.test.ts, schemas.test.ts).
 */
export interface FieldText {
  /** The field as the SDK declares it, such as `UserAddress.region`, or a type, such as `UserAddress` */
  name: string;
  text: string;
}

type Declaration =
  TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration | TypeScript.EnumDeclaration;

/** Every text once, in the order of the catalog. */
export function fieldTexts(): FieldText[] {
  const file = require.resolve('plaid/dist/api.d.ts');
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ES2020,
    true,
  );
  const declarations = new Map<string, Declaration>(
    source.statements.flatMap((node) =>
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isEnumDeclaration(node)
        ? [[node.name.text, node] as const]
        : [],
    ),
  );
  const texts = new Map<string, string>();
  const add = (name: string, node: TypeScript.Node) => {
    const text = commentOf(node);
    if (text !== '') texts.set(name, text);
  };

  /** @param path of the field whose type this is; `isInCatalog` tells which fields the catalog has */
  const visit = (name: string, path: string[], isInCatalog: (path: string[]) => boolean) => {
    const declaration = declarations.get(name);
    if (!declaration) return;
    if (path.length > 0) add(name, declaration);
    if (ts.isEnumDeclaration(declaration)) return;
    if (ts.isTypeAliasDeclaration(declaration)) {
      for (const type of referencesIn(declaration.type)) visit(type, path, isInCatalog);
      return;
    }
    for (const member of declaration.members) {
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const field = [...path, member.name.getText(source)];
      if (!isInCatalog(field)) continue;
      add(`${name}.${field.at(-1)}`, member);
      for (const type of referencesIn(member.type)) visit(type, field, isInCatalog);
    }
  };
  for (const { path, fields } of catalog) {
    visit(requestTypeOf(path, source), [], (field) => fieldAt(fields, field) !== undefined);
  }
  return [...texts].map(([name, text]) => ({ name, text }));
}

function commentOf(node: TypeScript.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join(' ')
    .replaceAll("\\'", "'")
    .replaceAll('\\"', '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The names of all types in a type, such as those in `Array<A | B> | null`. */
function referencesIn(node: TypeScript.TypeNode): string[] {
  const names: string[] = [];
  const visit = (inner: TypeScript.Node) => {
    if (ts.isTypeReferenceNode(inner) && ts.isIdentifier(inner.typeName)) {
      names.push(inner.typeName.text);
    }
    inner.forEachChild(visit);
  };
  visit(node);
  return names;
}

/** The type of an endpoint's request: that of the method whose comment is about its path. */
function requestTypeOf(path: string, source: TypeScript.SourceFile): string {
  const code = readFileSync(require.resolve('plaid/dist/api.js'), 'utf8');
  const before = code.slice(0, code.indexOf(`const localVarPath = \`${path}\``));
  const [, method] = [...before.matchAll(/^ {8}(\w+): \(/gm)].at(-1) ?? [];
  const api = source.statements.find(
    (node): node is TypeScript.ClassDeclaration =>
      ts.isClassDeclaration(node) && node.name?.text === 'PlaidApi',
  );
  const declared = api?.members.find(
    (node): node is TypeScript.MethodDeclaration =>
      ts.isMethodDeclaration(node) && node.name.getText(source) === method,
  );
  const [type] = declared?.parameters[0]?.type ? referencesIn(declared.parameters[0].type) : [];
  if (!type) throw new Error(`The SDK has no request for ${path}`);
  return type;
}

/** Words by which a sentence may state a rule of what to send; what Plaid does without a value is none. */
const RULE_WORDS =
  /\b(must|should|required?|restricted|maximum|minimum|max|at most|at least|up to|longer than|format|formatted|cannot|can only|alphanumeric|overlap|valid|invalid|supported|accept|accepts|accepted|not be empty|omitted|blank|one of|capitalized|supply|stripped|positive|starting from|greater|last 4|combinations|not currently used|ISO|URI|E\.164)\b/i;

/** The sentences of a text that may state a rule; what Plaid repeats of keys and links is none. */
export const ruleSentences = (text: string): string[] =>
  text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(?<=[.!?)])\s+(?=[A-Z`*])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => RULE_WORDS.test(sentence));
