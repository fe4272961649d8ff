/** A process of its own, so that it can be stopped: answers every request, after as many ms as it is told. */
const { createServer } = require('node:http');

const answerAfterMs = Number(process.argv[2]);
let answered = 0;

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    setTimeout(() => {
      answered++;
      response.setHeader('content-type', 'application/json').end('{"request_id":"late"}');
    }, answerAfterMs);
  });
});

// The shortest queue there is, so that it is soon full.
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.send({ port: server.address().port });
});
process.on('message', () => process.send({ answered }));
