/** Loaded into n8n ahead of its own code: at the end of the process, writes the CPU time that it took, in ms. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.BENCH_USAGE_FILE, String((user + system) / 1000));
});
