/** `switchyard/simulator`: what the simulated switch of a driver from outside is built of. */

export type { Answer, CliGrammar, Login, Place, Reply } from './cli/grammar.ts';
export { type InterfaceKind, type InterfaceNames, interfaceNames } from './cli/interface-names.ts';
export { further, type Line, misfitColumn, restOf, skipWords, wrongWord } from './cli/line.ts';
export { dotted } from './cli/mac-text.ts';
export { piped } from './cli/pipe.ts';
export { type Context, done, go, type Outcome, type Scene } from './cli/scene.ts';
export { CliTerminal, shifted } from './cli/terminal.ts';
export { ascending, EVERY_VLAN, vlanIds, vlanText } from './cli/vlan-text.ts';
export { type CommandTable, lookUp, type Misfit } from './cli/words.ts';
export { SaveFailed, SimulatedDevice } from './device.ts';
export { factoryPort, type SimConfig, type SimPortConfig } from './model/config.ts';
export { SwitchModel } from './model/switch-model.ts';
export { type CliPersonality, overSsh, type Terminal } from './personality.ts';
export type { ServeOptions, SimulatedPlatform, SimulatedServer } from './platform.ts';
export { type CommandResult, type HostPersonality, overExec } from './ssh/exec-server.ts';
