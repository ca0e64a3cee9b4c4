/**
 * The least that a program of its own between client and server can be: passes bytes between a Unix socket and a server
 * that it starts, unread. `passing.ts SOCKET SERVER…` waits for clients, `passing.ts SOCKET` is what a client starts.
 */
import { spawn } from 'node:child_process';
import { connect, createServer, Socket } from 'node:net';

const [path = '', ...server] = process.argv.slice(2);

if (server.length === 0) {
  const socket = connect(path);
  new Socket({ fd: 0, readable: true, writable: false }).pipe(socket);
  socket.pipe(new Socket({ fd: 1, readable: false, writable: true }));
} else {
  createServer((socket) => {
    const { stdin, stdout } = spawn(process.execPath, server, { stdio: ['pipe', 'pipe', 'ignore'] });
    socket.pipe(stdin);
    stdout.pipe(socket);
    for (const stream of [socket, stdin]) stream.on('error', () => {});
  }).listen(path, () => process.stdout.write('listening\n'));
}
