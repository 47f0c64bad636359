/** `switchyard/switch-drivers`: what a driver is written against. */

export { FabricError, isFabricError } from '../../topology/error/fabric-error.ts';
export type { Change, PortSettings, PortState } from '../../topology/plan/model.ts';
export { cliDriver } from '../transports/ssh-cli/cli-driver.ts';
export type { CliDialect, CliMode } from '../transports/ssh-cli/dialect.ts';
export { type CliLine, line, safeName } from '../transports/ssh-cli/guard.ts';
export { type SshOptions, sshOptions } from '../transports/ssh-cli/options.ts';
export { formatVlanList, invalidOutput, normalizeMac, parseJson, parseVlanList } from '../transports/ssh-cli/parse.ts';
export type {
  BlockSetting,
  CliPlatform,
  ConfigSessions,
  OrderedLines,
  PortTable,
  Reader,
} from '../transports/ssh-cli/platform.ts';
export { type Column, cellsOf, columnsOf } from '../transports/ssh-cli/text/columns.ts';
export { type LineRule, readLines } from '../transports/ssh-cli/text/read-lines.ts';
export * from './driver.ts';
export * from './rows.ts';
export type { TargetOptions } from './target.ts';
