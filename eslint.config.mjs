import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NODES = ['nodes/**/*.ts'];
const CREDENTIALS = ['credentials/**/*.ts'];
/** What n8n's own rules are about: the package, not its tests and tools. */
const PUBLISHED = [...NODES, ...CREDENTIALS, 'package.json'];

const NODE_FOLDER = 'nodes/PlaidCheck';

/** The node's folders from the bottom up, and what each may import besides itself and credentials/. */
const MAY_IMPORT = {
  utils: [],
  fields: ['utils'],
  facts: ['utils'],
  catalog: ['facts', 'fields', 'utils'],
  demo: ['catalog', 'fields', 'utils'],
  client: ['demo', 'utils'],
  webhooks: ['client', 'fields', 'utils'],
  lookups: ['demo', 'catalog', 'client', 'fields', 'utils'],
  options: ['catalog', 'client', 'facts', 'fields', 'utils'],
  reports: ['demo', 'options', 'webhooks', 'catalog', 'client', 'facts', 'fields', 'utils'],
  trigger: ['demo', 'webhooks', 'client', 'fields', 'utils'],
  description: ['options', 'catalog', 'facts', 'fields', 'utils'],
  execute: ['reports', 'options', 'webhooks', 'catalog', 'client', 'facts', 'fields', 'utils'],
};

const ZONES = [
  ...Object.entries(MAY_IMPORT).map(([folder, below]) => ({
    target: `${NODE_FOLDER}/${folder}`,
    from: NODE_FOLDER,
    except: [folder, ...below].map((allowed) => `./${allowed}`),
    message: `${folder}/ may import ${['credentials', ...below].map((name) => `${name}/`).join(', ')} only.`,
  })),
  {
    target: `${NODE_FOLDER}/reports/pause`,
    from: `${NODE_FOLDER}/reports`,
    except: ['./pause'],
    message: 'reports/ builds on reports/pause/.',
  },
  {
    target: Object.keys(MAY_IMPORT)
      .filter((folder) => folder !== 'demo')
      .map((folder) => `${NODE_FOLDER}/${folder}`),
    from: 'sandbox',
    message: 'Only demo/ is made of the stand-in.',
  },
  { target: 'credentials', from: 'nodes', message: 'The nodes build on credentials/.' },
];

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.cache/', 'demo-output/', '.editor/', '.compat/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    rules: {
      '@typescript-eslint/no-unused-vars': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // A promise that nobody waits for is a request whose end nobody learns of. These rules need types.
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  { files: ['package.json'], languageOptions: { parser: tseslint.parser } },
  { files: PUBLISHED, extends: [n8nCommunityNodesPlugin.configs.recommended] },
  { plugins: { 'n8n-nodes-base': n8nNodesPlugin } },
  { files: ['package.json'], rules: n8nNodesPlugin.configs.community.rules },
  {
    files: CREDENTIALS,
    rules: {
      ...n8nNodesPlugin.configs.credentials.rules,
      // These two are off in n8n's own scan of community packages too: one wants a slug of n8n's
      // documentation, the other is replaced by community-nodes/credential-password-field.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
    },
  },
  {
    files: NODES,
    rules: {
      ...n8nNodesPlugin.configs.nodes.rules,
      // Off in n8n's own scan too: they know neither the NodeConnectionTypes constants nor limits an API really has.
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      // It does not follow type imports; test/unit/imports.test.ts does.
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: ZONES }],
    },
  },
  {
    files: ['catalog', 'facts', 'fields'].map((folder) => `${NODE_FOLDER}/${folder}/**/*.ts`),
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'n8n-workflow',
              allowTypeImports: true,
              message: "catalog/, facts/ and fields/ know n8n's types, not its runtime.",
            },
          ],
        },
      ],
    },
  },
);
