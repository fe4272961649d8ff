/**
 * Loaded into n8n ahead of its own code (node --require): when the program that started n8n is gone,
 * however it ended, n8n ends too instead of staying behind with its port.
 */
const KILL_AFTER_MS = 10_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => {
    // n8n leads a process group of its own (not on Windows).
    process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
  }, KILL_AFTER_MS).unref();
});
// Listening alone would keep an n8n that wants to end.
process.channel?.unref();
