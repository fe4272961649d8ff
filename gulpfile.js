const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { dest, series, src } = require('gulp');

/** What tsc does not copy: icons and the codex files n8n reads beside each node. */
const ASSETS = ['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json'];

async function clean() {
  rmSync('dist', { recursive: true, force: true });
}

async function compile() {
  const { status } = spawnSync(
    process.execPath,
    [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('The TypeScript build failed; see the messages above');
}

function assets() {
  // Binary-safe: gulp 5 would otherwise re-encode files as text.
  return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.assets = assets;
exports.build = series(clean, compile, assets);
