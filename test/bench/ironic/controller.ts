/** Our controller as a process of its own, as the peer is, with its embedded database: tells its API's URL by IPC. */
import { loadConfig } from '../../../src/config/config.ts';
import { jsonLog } from '../../../src/log.ts';
import { startController } from '../../../src/main/controller.ts';

const config = loadConfig({
  overrides: {
    dataDir: process.argv[2],
    conductorName: 'bench',
    api: { host: '127.0.0.1', port: 0 },
    provisioner: { http: { address: '127.0.0.1', port: 0 } },
  },
});
const log = jsonLog((line) => void process.stderr.write(`${line}\n`), 'warn');
const controller = await startController(config, log);
process.send?.(controller.url);
process.on('disconnect', () => void controller.stop().then(() => process.exit()));
