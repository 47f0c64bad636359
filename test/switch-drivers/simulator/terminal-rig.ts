import { SimulatedDevice } from '../../../switch-drivers/simulator/device.ts';
import { SwitchModel } from '../../../switch-drivers/simulator/model/switch-model.ts';
import type { CliPersonality } from '../../../switch-drivers/simulator/personality.ts';

/** A simulated switch with its command line, without a server before it. */
export function terminalOf(personality: CliPersonality, name = 'sw-1') {
  const model = new SwitchModel({
    name,
    chassisMac: '02:00:5e:00:53:00',
    ports: personality.portNames(4),
    factory: personality.factory,
  });
  const device = new SimulatedDevice(model);
  const terminal = personality.attach(device).connect('admin');
  return {
    model,
    device,
    /** Sends lines; returns what the last of them printed and the prompt behind it. */
    async send(...lines: string[]): Promise<{ output: string; prompt: string }> {
      let output = '';
      for (const line of lines) ({ output } = await terminal.execute(line));
      return { output, prompt: terminal.prompt() };
    },
  };
}
