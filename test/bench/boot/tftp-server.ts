/** Our TFTP server as a process of its own, as the peer is: serves the directory of its argument, tells its port by IPC. */
import { directoryResolver } from '../../../provisioner/tftp/resolver.ts';
import { startTftpServer } from '../../../provisioner/tftp/server.ts';

const server = await startTftpServer({
  address: '127.0.0.1',
  port: 0,
  resolve: directoryResolver(process.argv[2] ?? '.'),
});
process.send?.(server.address.port);
process.on('disconnect', () => server.stop());
