// Simulated switches in a process of their own: `switches.ts COUNT PORTS LINE_MS SAVE_MS`. Tells where they listen in one line
// of JSON; ends with its standard input.
import { startSimulatedSwitch } from '../../../switch-drivers/simulator/start.ts';

const [count = 1, ports = 60, lineLatencyMs = 0, saveLatencyMs = 0] = process.argv.slice(2).map(Number);

const switches = await Promise.all(
  Array.from({ length: count }, (_, index) =>
    startSimulatedSwitch({
      platform: 'cisco-ios',
      name: `leaf${index + 1}`,
      ports,
      chassisMac: `02:00:5e:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`,
      username: 'admin',
      password: 'bench',
      knobs: { lineLatencyMs, saveLatencyMs, enableSecret: 'bench' },
    }),
  ),
);
for (const { model } of switches) {
  model.change('set-up', ({ vlans }) => {
    for (const vlan of [100, 999]) vlans[vlan] = { name: `VLAN0${vlan}`, active: true };
  });
}
console.log(JSON.stringify(switches.map(({ host, port, hostKeyFingerprint: hostKey }) => ({ host, port, hostKey }))));
process.stdin.resume().on('end', () => process.exit(0));
