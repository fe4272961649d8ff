import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NODES = ['nodes/**/*.ts'];
const CREDENTIALS = ['credentials/**/*.ts'];
/** What n8n's own rules are about: the package, not its tests and tools. */
const PUBLISHED = [...NODES, ...CREDENTIALS, 'package.json'];

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.cache/', 'demo-output/', '.editor/'] },
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
);
