import { isFabricError } from '../../topology/error/fabric-error.ts';
import type { Change } from '../../topology/plan/model.ts';
import type { Session } from '../contract/driver.ts';
import { encodeLldp } from '../simulator/model/lldp.ts';
import { type Check, expectNone } from './check.ts';
import { Stage, type Trial } from './subject.ts';

const PARTNER = '02:00:5e:00:53:01';
/** What an attacker would like to see in a command line. */
const HOSTILE = ['x\nshutdown', 'x; reload', '$(reload)', '`reload`', 'x"', "x'", 'x | y', 'x\r\nend'];

function check(name: string, play: (session: Session, stage: Stage) => Promise<void>): Check {
  return {
    level: 'read',
    name,
    async run(trial: Trial) {
      const stage = await Stage.set(trial);
      try {
        await play(await stage.open(), stage);
      } finally {
        await stage.strike();
      }
    },
  };
}

export const readChecks: readonly Check[] = [
  check('describe() names the platform, the host and every port', async (session, { subject, trial }) => {
    const { platform, hostname, ports } = await session.describe();
    const names = new Set(ports.map(({ portId }) => portId));
    expectNone(
      'a port is missing',
      subject.model.portIds.filter((portId) => !names.has(portId)),
    );
    if (platform !== trial.driver.platform) throw new Error(`it calls its platform ${platform}`);
    if (hostname !== subject.model.running.hostname) throw new Error(`it calls the host ${hostname}`);
  }),
  check('describe() tells the chassis id under which the switch announces itself', async (session, { subject }) => {
    const { chassisIds } = await session.describe();
    if (!chassisIds.includes(subject.model.chassisMac)) throw new Error(`it tells ${chassisIds.join(', ') || 'none'}`);
  }),
  check('read() tells admin state and link as they are', async (session, { subject: { model } }) => {
    const [linked = '', shut = ''] = model.portIds;
    model.setLink(linked, true);
    model.setLink(shut, true);
    model.change('set-up', (config) => {
      config.ports[linked]!.adminUp = true;
      config.ports[shut]!.adminUp = false;
    });
    const { ports } = await session.read([linked, shut]);
    const seen = ports.map(({ adminUp, operUp }) => `${adminUp} ${operUp}`);
    if (seen.join() !== 'true true,false false')
      throw new Error(`up and linked, shut and linked read as ${seen.join(', ')}`);
  }),
  check('neighbors() tells what the switch heard over LLDP', async (session, { subject: { model } }) => {
    const [portId = ''] = model.portIds;
    model.setLink(portId, true);
    const from = {
      chassisMac: PARTNER,
      portId: 'eno1',
      portNumber: 1,
      portDescription: null,
      systemName: 'server1',
      portVlan: 0,
    };
    model.forward(portId, encodeLldp(from));
    const [neighbor] = await session.neighbors();
    const seen =
      neighbor && [neighbor.portId, neighbor.chassisId, neighbor.remotePortId, neighbor.systemName].join(' ');
    if (seen !== `${portId} ${PARTNER} eno1 server1`) throw new Error(`it tells ${seen ?? 'no neighbour'}`);
  }),
  check('macTable() tells address, VLAN and port', async (session, { subject: { model }, trial }) => {
    const [portId = ''] = model.portIds;
    const [vlan = 2] = trial.vlans;
    model.setLink(portId, true);
    // Whatever mode a port of the platform has out of the box, it carries this VLAN then.
    model.change('set-up', ({ vlans, ports }) => {
      vlans[vlan] = { name: 'learn', active: true };
      Object.assign(ports[portId]!, {
        routed: false,
        adminUp: true,
        accessVlan: vlan,
        nativeVlan: vlan,
        allowed: [vlan],
      });
    });
    const frame = Buffer.from(`ffffffffffff${PARTNER.replaceAll(':', '')}88b5${'00'.repeat(46)}`, 'hex');
    model.forward(portId, frame);
    const seen = (await session.macTable()).map(({ mac, vlan, portId: port }) => `${mac} ${vlan} ${port}`);
    const expected = `${PARTNER} ${vlan} ${portId}`;
    if (!seen.includes(expected)) throw new Error(`it tells ${seen.join(', ') || 'nothing'} instead of ${expected}`);
  }),
  check('a port that the switch has not is refused by name, before anything is sent', async (session, { subject }) => {
    for (const portId of ['nonsense', ...HOSTILE]) {
      const change: Change = {
        op: 'port-set',
        portId,
        settings: { adminUp: true, mode: 'access', untagged: 1, tagged: [] },
      };
      const lines = subject.device.transcript.length;
      const error = await session.apply([change]).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (!isFabricError(error, 'switch_port_unknown'))
        throw new Error(`${JSON.stringify(portId)} gave ${String(error)}`);
      expectNone('it sent', subject.device.transcript.slice(lines));
    }
  }),
  check(
    'a VLAN name with quotes, line ends or shell characters never reaches the device',
    async (session, { subject, trial }) => {
      for (const name of HOSTILE) {
        const lines = subject.device.transcript.length;
        const error = await session.apply([{ op: 'vlan-create', vlan: trial.vlans[0] ?? 2, name }]).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (!isFabricError(error)) throw new Error(`${JSON.stringify(name)} gave ${String(error)}`);
        expectNone('it sent', subject.device.transcript.slice(lines));
      }
    },
  ),
];
