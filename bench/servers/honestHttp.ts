/** The honest server over Streamable HTTP on the loopback port of its argument: one JSON answer a request, no streams. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { answer } from './answers.ts';

createServer(async (request, response) => {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  const answered = answer(await text(request));
  if (answered === null) return void response.writeHead(202).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(answered);
}).listen(Number(process.argv[2]), '127.0.0.1');
