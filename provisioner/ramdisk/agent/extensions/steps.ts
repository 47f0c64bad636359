import { FabricError } from '../../../../topology/error/fabric-error.ts';
import type { CommandParams } from '../command-table.ts';
import { MANAGER_VERSION } from './machine.ts';

export interface StepRequest {
  /** As the conductor sent it; it compares what it gets back. */
  raw: Record<string, unknown>;
  name: string;
  args: Record<string, unknown>;
}

/** Reads `params.step`; FabricError `command_invalid`, or `command_version` when the conductor's view is outdated. */
export function stepOf(params: CommandParams, versionKey: 'clean_version' | 'deploy_version'): StepRequest {
  const raw = objectOf(params.step);
  if (!raw || typeof raw.step !== 'string') {
    throw new FabricError(
      'command_invalid',
      'params.step is missing; send {step: {step, interface, args}, node, ports}',
    );
  }
  const version = objectOf(params[versionKey]);
  if (version && JSON.stringify(version) !== JSON.stringify(MANAGER_VERSION)) {
    throw new FabricError(
      'command_version',
      `the steps were read from hardware manager ${JSON.stringify(version)}, this agent has ${JSON.stringify(MANAGER_VERSION)}; ask for the steps again`,
    );
  }
  return { raw, name: raw.step, args: objectOf(raw.args) ?? {} };
}

export function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
