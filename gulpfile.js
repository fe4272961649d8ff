const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, resolve } = require('node:path');
const { dest, series, src } = require('gulp');

/** What tsc does not copy: icons and the codex files n8n reads beside each node. */
const ASSETS = ['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}', 'nodes/**/*.node.json'];

async function clean() {
  rmSync('dist', { recursive: true, force: true });
}

function run(what, ...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${what} failed; see the messages above`);
}

async function compile() {
  run('The TypeScript build', require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
}

/**
 * The demo is made of the stand-in's own code. tsc writes down all that its types come from too; what no code of the package
 * loads is no part of it.
 */
async function onlyWhatIsLoaded() {
  const loaded = new Set();
  const follow = (file) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)) {
      follow(require.resolve(resolve(dirname(file), path)));
    }
  };
  const filesIn = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => resolve(parentPath, name));
  filesIn('dist/nodes').forEach(follow);
  for (const file of filesIn('dist/sandbox')) if (!loaded.has(file)) rmSync(file);
}

/** What n8n shows of the output before a node has run, from the types of Plaid's SDK and the facts. */
async function schemas() {
  const folder = 'dist/nodes/PlaidCheck/__schema__';
  run('The making of the output schemas', '--import', 'tsx', 'docs/buildSchemas.ts', folder);
}

function assets() {
  // Binary-safe: gulp 5 would otherwise re-encode files as text.
  return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

/**
 * n8n's node panel searches names and aliases, not actions and events: so each of those is an alias too. It shows a
 * node and its trigger as one, under the aliases of one of the two: so both have all of them.
 */
async function searchWords() {
  const files = ['PlaidCheck', 'PlaidCheckTrigger'].map(
    (name) => `dist/nodes/PlaidCheck/${name}.node.json`,
  );
  const { operations, resources } = require('./dist/nodes/PlaidCheck/catalog/operations');
  const { EVENTS } = require('./dist/nodes/PlaidCheck/trigger/events');
  const codices = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const words = [
    ...codices.flatMap(({ alias }) => alias),
    ...[...resources, ...EVENTS].map(({ name }) => name),
    ...[...operations, ...EVENTS].map(({ action }) => action),
  ];
  const alias = [...new Set(words)];
  for (const [index, file] of files.entries()) {
    writeFileSync(file, JSON.stringify({ ...codices[index], alias }, null, 2));
  }
}

/**
 * The editor's fields, worked out once: n8n then reads them at its start instead of making them from the
 * schemas of all endpoints.
 */
async function workedOut() {
  const file = 'dist/nodes/PlaidCheck/description/generated.js';
  const lines = Object.entries(require(`./${file}`)).map(
    ([name, value]) => `exports.${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`,
  );
  writeFileSync(file, ["'use strict';", ...lines, ''].join('\n'));
}

exports.build = series(clean, compile, onlyWhatIsLoaded, assets, searchWords, workedOut, schemas);
