import { outputReader, type PortRow } from '../../contract/rows.ts';
import { readLines } from '../../transports/ssh-cli/text/read-lines.ts';
import { canonicalName } from '../port-names.ts';
import { NOISE, withoutPager } from './noise.ts';
import { joinWrappedNames } from './wrapped-names.ts';

/** A sign in front of `down`: * by the administrator; ^ standby, ~ # ! by a protocol. Letters behind tell which. */
const STATE = '([*^~#!+&%]?)(up|down)(?:\\([A-Za-z]{1,3}\\))*';

/** Command Reference, "display interface brief". The members of an Eth-Trunk stand below it, indented. */
export const interfaceBrief = outputReader({
  kind: 'ports',
  command: /^display interface brief(?: main)?$/,
  read(output) {
    const rows: PortRow[] = [];
    let lag: string | null = null;
    const unparsed = readLines(joinWrappedNames(withoutPager(output)), [
      { pattern: /^\s*(?:[*^~#!+&%](?:down|up)|\([A-Za-z]{1,3}\)) ?: ?\w/ },
      { pattern: /^\s*(?:PHY: Physical|InUti\/OutUti: input utility)/i },
      { pattern: /^Interface +PHY +Protocol +InUti +OutUti +inErrors +outErrors$/i },
      {
        pattern: new RegExp(
          `^( *)(\\S+?) +${STATE} +(?:[*^~#!+&%]?(?:up|down)(?:\\([A-Za-z]{1,3}\\))*|-{1,2}) +(?:[\\d.]+%|-{1,2}) +(?:[\\d.]+%|-{1,2}) +\\d+ +\\d+$`,
          'i',
        ),
        take([, indent = '', name = '', sign = '', state = '']) {
          const portId = canonicalName(name);
          if (portId === null) return false;
          if (indent === '') lag = /^Eth-Trunk\d+$/.test(portId) ? portId : null;
          rows.push({
            ...{ portId, adminUp: sign !== '*', operUp: state.toLowerCase() === 'up' },
            ...{ mode: null, untagged: null, tagged: null },
            ...{ lag: indent === '' ? null : lag, description: null, mtu: null },
          });
        },
      },
      ...NOISE,
    ]);
    return { rows, unparsed };
  },
});
