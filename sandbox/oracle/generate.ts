/**
 * Run in a process of its own (see `cache.ts`): writes the JSON Schemas of the official SDK's
 * types to the file named by the first argument; the second is the folder of the SDK. It is separate because it needs a second or
 * two of CPU and a few hundred MB for the SDK's 3.7 MB of declarations, once per SDK version.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { JsonSchema, SdkEndpoint, SdkSchemas } from './types';

/** Every endpoint family the sandbox stands in for. */
const COVERED =
  /^\/(cra|user|link\/token|sandbox|oauth)\/|^\/(institutions|webhook_verification_key)\/get$/;

interface Operation {
  readonly request: string | null;
  readonly response: ts.TypeNode;
}

/** Method name -> request type name and response type, from the signatures of class PlaidApi. */
function operations(source: ts.SourceFile): Map<string, Operation> {
  const api = source.statements.find(
    (node): node is ts.ClassDeclaration =>
      ts.isClassDeclaration(node) && node.name?.text === 'PlaidApi',
  );
  if (!api) throw new Error('The SDK has no class PlaidApi any more');
  return new Map(
    api.members.filter(ts.isMethodDeclaration).map((method) => {
      const request = method.parameters[0]?.type;
      // Promise<AxiosResponse<Response, …>>
      const promised = typeArgument(method.type);
      const response = promised && typeArgument(promised);
      if (!response) throw new Error(`No response type on ${method.name.getText(source)}`);
      const isNamed = request && ts.isTypeReferenceNode(request);
      return [
        method.name.getText(source),
        { request: isNamed ? request.typeName.getText(source) : null, response },
      ];
    }),
  );
}

function typeArgument(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  const hasArguments = node && (ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node));
  return hasArguments ? node.typeArguments?.[0] : undefined;
}

/** Method name, path and HTTP method, as the SDK's own code puts them together. */
function routes(apiJs: string): { operation: string; path: string; method: string }[] {
  const route =
    /^ {8}(\w+): \([^\n]*=> __awaiter(?:(?!__awaiter)[\s\S])*?const localVarPath = `([^`]+)`(?:(?!__awaiter)[\s\S])*?method: '([A-Z]+)'/gm;
  return [...apiJs.matchAll(route)].map(([, operation = '', path = '', method = '']) => ({
    operation,
    path,
    method,
  }));
}

function responseSchema(node: ts.TypeNode, source: ts.SourceFile): JsonSchema | null {
  if (ts.isTypeReferenceNode(node))
    return { $ref: `#/definitions/${node.typeName.getText(source)}` };
  // `any` stands for a binary answer (the PDFs); an inline type is a free-form object.
  return node.kind === ts.SyntaxKind.AnyKeyword ? null : { type: 'object' };
}

const isSet = (node: ts.Node, source: ts.SourceFile) =>
  ts.isTypeReferenceNode(node) && node.typeName.getText(source) === 'Set';

async function generate(sdkFolder: string): Promise<SdkSchemas> {
  const declarations = join(sdkFolder, 'dist', 'api.d.ts');
  const {
    createParser,
    createFormatter,
    createProgram,
    ArrayType,
    ChainNodeParser,
    SchemaGenerator,
    DEFAULT_CONFIG,
  } = await import('ts-json-schema-generator');
  const config = {
    ...DEFAULT_CONFIG,
    path: declarations,
    skipTypeCheck: true,
    jsDoc: 'none' as const,
    additionalProperties: false,
  };
  const program = createProgram(config);
  const source = program.getSourceFile(declarations);
  if (!source) throw new Error(`TypeScript did not read ${declarations}`);

  const signatures = operations(source);
  const endpoints: Record<string, SdkEndpoint> = {};
  const roots = new Set<string>();
  for (const { operation, path, method } of routes(
    readFileSync(join(sdkFolder, 'dist', 'api.js'), 'utf8'),
  )) {
    if (!COVERED.test(path) || endpoints[path]) continue;
    const signature = signatures.get(operation);
    if (!signature) throw new Error(`No signature for ${operation} (${path})`);
    const response = responseSchema(signature.response, source);
    endpoints[path] = { operation, method, request: signature.request, response };
    if (signature.request) roots.add(signature.request);
    if (ts.isTypeReferenceNode(signature.response))
      roots.add(signature.response.typeName.getText(source));
  }

  const nodes = source.statements.filter(
    (node) =>
      (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) &&
      roots.has(node.name.text),
  );
  const parser = createParser(program, config, (chain) => {
    if (!(chain instanceof ChainNodeParser))
      throw new Error('The generator has no chain of parsers');
    // A list without repetitions is a `Set` in the SDK, which the generator would take for an object.
    chain.addNodeParser({
      supportsNode: (node) => isSet(node, source),
      createType(node, context) {
        const entry = typeArgument(node as ts.TypeReferenceNode);
        if (!entry) throw new Error(`A Set of nothing: ${node.getText(source)}`);
        return new ArrayType(chain.createType(entry, context));
      },
    });
  });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const { definitions } = generator.createSchemaFromNodes(nodes);
  return { endpoints, definitions: definitions as Record<string, JsonSchema> };
}

const [, , outFile, sdkFolder] = process.argv;
if (!outFile || !sdkFolder)
  throw new Error('usage: generate.ts <file to write> <folder of the SDK>');
generate(sdkFolder)
  .then((schemas) => {
    // Several jest workers may generate at once: each writes its own file, the rename is atomic.
    const partial = `${outFile}.${process.pid}.tmp`;
    writeFileSync(partial, JSON.stringify(schemas));
    renameSync(partial, outFile);
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
