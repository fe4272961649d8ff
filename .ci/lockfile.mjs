// Fails when installing has changed what the committed lock file says, as then the tests ran with other packages than
// the ones that were reviewed. npm may add or leave out optional packages of other platforms; those change nothing here.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const committed = JSON.parse(
  execFileSync('git', ['show', `HEAD:${FILE}`], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
);
const installed = JSON.parse(readFileSync(FILE, 'utf8'));

const name = ([path, { version, integrity }]) =>
  `${path || 'the project itself'} ${version} ${integrity ?? ''}`.trim();
const differs = (one, other) =>
  other ? one.version !== other.version || one.integrity !== other.integrity : !one.optional;

const wanted = JSON.stringify(committed.packages[''].devDependencies);
const own = JSON.stringify(installed.packages[''].devDependencies);
const changed = Object.entries(committed.packages).filter(([path, entry]) =>
  differs(entry, installed.packages[path]),
);
const added = Object.entries(installed.packages).filter(
  ([path, entry]) => !(path in committed.packages) && !entry.optional,
);
const problems = [
  ...(wanted === own ? [] : ['package.json and the lock file ask for different packages']),
  ...changed.map((entry) => `changed or gone: ${name(entry)}`),
  ...added.map((entry) => `added: ${name(entry)}`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`npm install changed ${FILE}: run it, look at the difference and commit it`);
  process.exit(1);
}
console.log(`${FILE} is what was installed (${Object.keys(committed.packages).length} packages)`);
