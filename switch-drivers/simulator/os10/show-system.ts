import type { SwitchModel } from '../model/switch-model.ts';

export function showVersion(): string {
  return `Dell SmartFabric OS10 Enterprise
Copyright (c) 1999-2026 by Dell Inc. All Rights Reserved.
OS Version: 10.5.4.2
Build Version: 10.5.4.2.97
Build Time: 2022-12-02T17:55:39+0000
System Type: S5248F-ON
Architecture: x86_64
Up Time: 3 weeks 2 days 04:01:09
`;
}

export function showSystem({ chassisMac }: SwitchModel): string {
  return `Node Id              : 1
MAC                  : ${chassisMac}
Number of MACs       : 256
Up Time              : 3 weeks 2 days 04:01:09

-- Unit 1 --
Status                     : up
System Identifier          : 1
Current Type               : S5248F
Software Version           : 10.5.4.2
`;
}

export function showMacTable(model: SwitchModel): string {
  const rows = model
    .macTable()
    .map(({ vlan, mac, portId }) => `${`${vlan}`.padEnd(14)}${mac.padEnd(20)}dynamic     ${portId}\n`);
  return `Codes: pv <vlan-id> - private vlan where the mac is originally learnt
VlanId        Mac Address         Type        Interface
${rows.join('')}`;
}
