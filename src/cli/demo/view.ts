import { createLogUpdate } from 'log-update';
import type { Rack } from '../../rack/rack.ts';
import { type Style, styled, wantsColor } from '../output/style.ts';
import { type Column, renderTable } from '../output/table.ts';
import type { DemoApi } from './api.ts';
import { bootNic } from './report.ts';

interface Line {
  name: string;
  state: string;
  project: string | null;
  power: string | null;
  port: string | null;
  vlan: number | null;
}

export interface DemoView {
  phase(text: string): void;
  watch(demo: { api: DemoApi; rack: Rack }): void;
  end(): Promise<void>;
}

const REFRESH_MS = 400;
const STYLES: Record<string, Style> = { active: 'good', available: 'good', manageable: 'good' };

const COLUMNS: ReadonlyArray<Column<Line>> = [
  { title: 'NODE', value: (line) => line.name },
  {
    title: 'STATE',
    value: (line) => line.state,
    style: ({ state }) => STYLES[state] ?? (/fail|error/.test(state) ? 'bad' : 'busy'),
  },
  { title: 'PROJECT', value: (line) => line.project },
  { title: 'POWER', value: (line) => line.power?.replace('power ', '') },
  { title: 'SWITCH PORT', value: (line) => line.port },
  { title: 'VLAN NOW', value: (line) => line.vlan },
];

/**
 * What the demo shows while it runs: on a terminal one table that is drawn anew, elsewhere a line for each phase and each
 * state a node comes to rest in.
 */
export function createView(stream: NodeJS.WriteStream): DemoView {
  return stream.isTTY ? terminalView(stream) : plainView(stream);
}

function terminalView(stream: NodeJS.WriteStream): DemoView {
  const draw = createLogUpdate(stream);
  const color = wantsColor(stream);
  const started = Date.now();
  let phase = '';
  let lines: Line[] = [];
  const show = () => {
    const head = `${styled('strong', `${seconds(started)}  ${phase}`, color)}`;
    draw(lines.length === 0 ? head : `${head}\n\n${renderTable(COLUMNS, lines, { color })}\n`);
  };
  const polling = poll((found) => {
    lines = found;
  }, show);
  return {
    phase(text) {
      phase = text;
      show();
    },
    watch: polling.watch,
    async end() {
      await polling.end();
      draw.clear();
    },
  };
}

function plainView(stream: NodeJS.WriteStream): DemoView {
  const started = Date.now();
  const rested = new Map<string, string>();
  const polling = poll((lines) => {
    for (const { name, state, port } of lines) {
      if (!/^(manageable|available|active|.*failed|error)$/.test(state) || rested.get(name) === state) continue;
      rested.set(name, state);
      stream.write(`${seconds(started)}    ${name}: ${state}${port === null ? '' : ` (${port})`}\n`);
    }
  });
  return {
    phase: (text) => void stream.write(`${seconds(started)}  ${text}\n`),
    watch: polling.watch,
    end: polling.end,
  };
}

function poll(tell: (lines: Line[]) => void, each: () => void = () => {}) {
  let ended = false;
  let running: Promise<void> = Promise.resolve();
  return {
    watch({ api, rack }: { api: DemoApi; rack: Rack }): void {
      running = (async () => {
        while (!ended) {
          // When the demo fails its controller goes first; the demo itself says why.
          const lines = await linesOf(api, rack).catch(() => null);
          if (lines) tell(lines);
          each();
          await new Promise((done) => setTimeout(done, REFRESH_MS));
        }
      })();
    },
    async end(): Promise<void> {
      ended = true;
      await running;
    },
  };
}

async function linesOf(api: DemoApi, rack: Rack): Promise<Line[]> {
  const { nodes } = (await api.get('/v1/nodes?fields=uuid,name,provision_state,lessee,power_state')) as {
    nodes: Array<{
      uuid: string;
      name: string;
      provision_state: string;
      lessee: string | null;
      power_state: string | null;
    }>;
  };
  const { ports } = (await api.get('/v1/ports?fields=node_uuid,address,pxe_enabled,local_link_connection')) as {
    ports: Array<{
      node_uuid: string;
      address: string;
      pxe_enabled: boolean;
      local_link_connection: Record<string, string>;
    }>;
  };
  return rack.servers.flatMap((server) => {
    const node = nodes.find((one) => one.name === server.name);
    if (!node) return [];
    const { mac, jack } = bootNic(server, ports);
    const link = ports.find(({ address }) => address === mac)?.local_link_connection;
    return [
      {
        name: server.name,
        state: node.provision_state,
        project: node.lessee,
        power: node.power_state,
        port: link?.port_id ? `${link.switch_info ?? link.switch_id} ${link.port_id}` : null,
        vlan: jack.model.port(jack.portId).untagged,
      },
    ];
  });
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;
}
