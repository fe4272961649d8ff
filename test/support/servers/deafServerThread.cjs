/** A thread of its own, so that it can stand still: answers every request, after as many ms as it is told. */
const { createServer: createHttp } = require('node:http');
const { createServer: createHttps } = require('node:https');
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');

/** `awake` is shared memory: 0 as long as this thread stands still. */
const { answerAfterMs, certificate, awake } = workerData;
const PROBE = '/probe';

let connections = 0;
let requests = 0;

function answer(request, response) {
  const isProbe = request.url === PROBE;
  // It came on a connection of its own.
  if (isProbe) connections--;
  else requests++;
  request.resume().on('end', () => {
    setTimeout(
      () => response.setHeader('content-type', 'application/json').end('{"request_id":"late"}'),
      isProbe ? 0 : answerAfterMs,
    );
  });
}

const inner = certificate ? createHttps(certificate, answer) : createHttp(answer);
inner.on('tlsClientError', () => undefined);

// In front of it, as the first byte counts: a request that was broken off may never show further in.
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', (bytes) => {
    connections++;
    socket.pause();
    socket.unshift(bytes);
    inner.emit('connection', socket);
    process.nextTick(() => socket.resume());
  });
});

// The shortest queue there is, so that it is soon full.
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage({ port: server.address().port });
});
parentPort.on('message', (wish) => {
  if (wish === 'what was heard?') parentPort.postMessage({ connections, requests });
  else {
    parentPort.postMessage('deaf');
    Atomics.wait(awake, 0, 0);
  }
});
