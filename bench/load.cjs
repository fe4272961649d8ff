/**
 * Runs in a process of its own: loads the compiled package the way n8n does at its start and prints what
 * that took beyond `n8n-workflow` and zod, which n8n has loaded anyway. Prints JSON: ms, sizes.
 */
const { performance } = require('node:perf_hooks');
const { join, parse } = require('node:path');

require('n8n-workflow');
require('zod/v4');

const root = join(__dirname, '..');
const { nodes, credentials } = require(join(root, 'package.json')).n8n;

const start = performance.now();
const loaded = [...nodes, ...credentials].map((file) => {
  const { name } = parse(file);
  const Type = require(join(root, file))[name.split('.')[0]];
  return { name: name.split('.')[0], type: new Type() };
});
const ms = performance.now() - start;

const sizes = Object.fromEntries(
  loaded
    .filter(({ type }) => type.description)
    .map(({ name, type: { description } }) => [
      name,
      {
        bytes: Buffer.byteLength(JSON.stringify(description)),
        properties: description.properties.length,
      },
    ]),
);
console.log(JSON.stringify({ ms, sizes }));
