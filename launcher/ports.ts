import { createServer } from 'node:net';
import { EditorProblem } from './problem';

/**
 * The port, or any free one for 0.
 * @param what needs the port, and the option that changes it, for the message
 * @throws EditorProblem when the port is in use or not allowed
 */
export async function freePort(port: number, what: string, option: string): Promise<number> {
  try {
    return await tryPort(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
    throw new EditorProblem(
      `Port ${port}, meant for ${what}, ${reason}. Is the editor running already? ` +
        `If not, stop the program that uses the port, or choose another: npm start -- ${option} ${port + 10}`,
    );
  }
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
