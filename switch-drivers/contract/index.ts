/** `switchyard/switch-drivers`: what a driver is written against. */

export { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
export type { Change, PortSettings, PortState } from '../../topology/plan/model.ts';
export { netconfDriver } from '../transports/netconf/netconf-driver.ts';
export type { EditStyle, NodeEdit, PathStep } from '../transports/netconf/node-edit.ts';
export { type NetconfOptions, netconfOptions } from '../transports/netconf/options.ts';
export type { NetconfPlatform, NetconfPorts, NetconfReader } from '../transports/netconf/platform.ts';
export { inPortBlock } from '../transports/ssh-cli/blocks.ts';
export { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
export type { CliDialect, CliMode } from '../transports/ssh-cli/dialect.ts';
export { macsFrom, neighborsFrom } from '../transports/ssh-cli/evidence.ts';
export { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
export { type SshOptions, sshOptions } from '../transports/ssh-cli/options.ts';
export { formatVlanList, invalidOutput, normalizeMac, parseJson, parseVlanList } from '../transports/ssh-cli/parse.ts';
export type {
  BlockSetting,
  Candidate,
  CliPlatform,
  ConfigSessions,
  LineGroup,
  OrderedLines,
  PortBefore,
  PortTable,
  Reader,
} from '../transports/ssh-cli/platform.ts';
export { type PortSources, portTable } from '../transports/ssh-cli/port-table.ts';
export { EVERY_VLAN, listPieces, oneLine, unsupported, unusedVlan, vlanId } from '../transports/ssh-cli/settings.ts';
export { type SwitchportDialect, switchportOrder } from '../transports/ssh-cli/switchport-order.ts';
export { blocksOf } from '../transports/ssh-cli/text/blocks-of.ts';
export { type Column, cellsOf, columnsOf } from '../transports/ssh-cli/text/columns.ts';
export { type LineRule, readLines } from '../transports/ssh-cli/text/read-lines.ts';
export type { ExecDialect } from '../transports/ssh-exec/dialect.ts';
export { execDriver } from '../transports/ssh-exec/exec-driver.ts';
export { type ExecOptions, execOptions } from '../transports/ssh-exec/options.ts';
export type { ExecPlatform } from '../transports/ssh-exec/platform.ts';
export * from './driver.ts';
export * from './rows.ts';
export type { TargetOptions } from './target.ts';
