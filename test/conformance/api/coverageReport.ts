/** `npm run api:coverage`: counts what is public of Plaid Check against the node, and exits with 1 where something is missing. */
import { coverage } from './coverage';

async function main(): Promise<void> {
  for (const { what, sources, total, unnamed, leftOut, missing } of await coverage()) {
    const covered = total - leftOut.length - missing.length;
    console.log(
      `${what}: ${total} public, ${covered} in the node (${unnamed.length} of them only because any text or JSON goes there), ${leftOut.length} left out for a reason, ${missing.length} missing`,
    );
    for (const source of sources) console.log(`  from: ${source}`);
    for (const name of unnamed) console.log(`  not named in the node: ${name}`);
    for (const name of missing) console.log(`  missing: ${name}`);
    if (missing.length > 0) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
