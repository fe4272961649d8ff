/**
 * n8n's own package scan, on what would be published and on the sources it is built from:
 * packs the package, unpacks the tarball, and fails on any error or warning.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  analyzePackage,
  buildScanConfig,
  SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const unpacked = mkdtempSync(join(tmpdir(), 'plaid-check-scan-'));
let failed = 0;
try {
  const packed = execFileSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', unpacked],
    { encoding: 'utf8' },
  );
  execFileSync('tar', ['-xzf', join(unpacked, packed.trim().split('\n').at(-1)), '-C', unpacked]);
  const targets = [
    ['tarball', join(unpacked, 'package'), ['**/*.js', 'package.json']],
    ['sources', process.cwd(), SOURCE_FILE_PATTERNS],
  ];
  for (const [name, directory, patterns] of targets) {
    // The gate itself first; it tells errors only, so the same rules are run again to count warnings.
    const gate = await analyzePackage(directory, patterns);
    const { errors, warnings, text } = await count(directory, patterns);
    console.log(
      `Scan of the ${name}: ${gate.passed ? 'passed' : 'FAILED'}, ${errors} errors, ${warnings} warnings`,
    );
    if (!gate.passed || errors + warnings > 0) {
      failed += 1;
      console.log(gate.details ?? gate.message ?? '', text);
    }
  }
} finally {
  rmSync(unpacked, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

async function count(directory, patterns) {
  const eslint = new ESLint({
    cwd: directory,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: await buildScanConfig(),
  });
  const results = await eslint.lintFiles(patterns);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const formatter = await eslint.loadFormatter('stylish');
  return {
    errors: sum('errorCount'),
    warnings: sum('warningCount'),
    text: await formatter.format(results),
  };
}
