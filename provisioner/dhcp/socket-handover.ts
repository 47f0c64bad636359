/** Run by sockets.ts with the descriptor of a bound UDP socket as its argument: gives the socket to its parent and ends. */
import { createSocket } from 'node:dgram';

const socket = createSocket('udp4');
socket.bind({ fd: Number(process.argv[2]) }, () => {
  process.send?.('socket', socket, undefined, () => {
    process.disconnect();
    socket.close();
  });
});
