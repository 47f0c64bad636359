import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { FabricError, messageOf } from '../../../topology/error/fabric-error.ts';
import type { Json } from '../../../topology/lldp/describe.ts';
import { EXIT } from '../exit-code.ts';
import { globals, note } from '../output/print.ts';
import { renderTable } from '../output/table.ts';
import { clean } from '../output/text.ts';

type Frame = { [key: string]: Json };

export function addLldp(program: Command): void {
  program
    .command('lldp')
    .description('LLDP (IEEE 802.1AB) frames')
    .command('decode')
    .description('one JSON object a frame, with every TLV')
    .argument('<file>', 'pcap, pcapng, hex text or one frame; - is standard input')
    .option('--table', 'one line a frame, for people')
    .action(decode);
}

async function decode(file: string, options: { table?: boolean }, command: Command): Promise<void> {
  const { describeFrame, readCapture } = await import('../../../topology/lldp/index.ts');
  const capture = readCapture(read(file));
  const frames = capture.frames.map(describeFrame).filter((frame) => frame !== null);
  for (const problem of capture.problems) note(`switchyard: ${file}: ${clean(problem)}`);
  if (frames.length === 0) note(`switchyard: ${file}: no LLDP among ${capture.frames.length} frames`);
  if (capture.problems.length > 0 || frames.length === 0) process.exitCode = EXIT.failed;
  if (options.table && !globals(command).json) process.stdout.write(`${table(frames)}\n`);
  else for (const frame of frames) process.stdout.write(`${JSON.stringify(frame)}\n`);
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new FabricError('file_not_found', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

const idOf = (id: Frame[string] | undefined): string | null => (id as { value?: string } | null)?.value ?? null;
const lengthOf = (list: Frame[string] | undefined): number => (Array.isArray(list) ? list.length : 0);
const textOf = (value: Frame[string] | undefined): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

function table(frames: readonly Frame[]): string {
  return renderTable<Frame>(
    [
      { title: 'Time', value: ({ time }) => textOf(time) },
      { title: 'From', value: ({ source }) => textOf(source) },
      { title: 'Chassis id', value: ({ chassis_id }) => idOf(chassis_id), shrink: true },
      { title: 'Port id', value: ({ port_id }) => idOf(port_id), shrink: true },
      { title: 'TTL', value: ({ ttl }) => textOf(ttl) },
      { title: 'System name', value: ({ system_name }) => textOf(system_name), shrink: true },
      { title: 'Port description', value: ({ port_description }) => textOf(port_description), shrink: true },
      { title: 'TLVs', value: ({ tlvs }) => lengthOf(tlvs) },
      { title: 'Errors', value: ({ errors }) => lengthOf(errors) },
    ],
    frames,
  );
}
