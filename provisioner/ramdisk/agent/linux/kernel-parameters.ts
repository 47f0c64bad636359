import type { RootDeviceHints } from '../../../inspection/root-device.ts';

/** What the kernel command line tells the agent; names as ironic-python-agent has them. */
export interface KernelParameters {
  apiUrls: string[];
  inspectionUrl: string | null;
  /** As given: `01-52-54-00-12-34-56`. */
  bootif: string | null;
  listenPort: number;
  /** null: the address of the interface that leads to the conductor. */
  advertiseHost: string | null;
  lldpTimeoutMs: number;
  lookupTimeoutMs: number;
  lookupIntervalMs: number;
  token: string | null;
  insecure: boolean;
  rootDevice: RootDeviceHints | null;
  downloadRetries: number;
  downloadRetryDelayMs: number;
}

export function parseKernelParameters(commandLine: string): KernelParameters {
  const values = new Map<string, string>();
  for (const word of commandLine.match(/(?:[^\s"]|"[^"]*")+/g) ?? []) {
    const [key = '', ...rest] = word.replaceAll('"', '').split('=');
    values.set(key, rest.join('='));
  }
  const text = (key: string): string | null => values.get(key) || null;
  const number = (key: string, fallback: number): number => {
    const value = Number(values.get(key) ?? Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value : fallback;
  };
  const root = text('root_device');
  return {
    apiUrls: (text('ipa-api-url') ?? '').split(',').filter((url) => /^https?:\/\//.test(url)),
    inspectionUrl: text('ipa-inspection-callback-url'),
    bootif: text('BOOTIF'),
    listenPort: number('ipa-listen-port', 9999),
    advertiseHost: text('ipa-advertise-host'),
    lldpTimeoutMs: number('ipa-lldp-timeout', 30) * 1000,
    lookupTimeoutMs: number('ipa-lookup-timeout', 600) * 1000,
    lookupIntervalMs: number('ipa-lookup-interval', 1) * 1000,
    token: text('ipa-agent-token'),
    insecure: ['1', 'true', 'True'].includes(values.get('ipa-insecure') ?? ''),
    rootDevice: root ? rootDeviceOf(root) : null,
    downloadRetries: number('ipa-image-download-connection-retries', 9),
    downloadRetryDelayMs: number('ipa-image-download-connection-retry-interval', 5) * 1000,
  };
}

/** Hints as the kernel parameter has them: `serial=ABC,size=100`. */
function rootDeviceOf(text: string): RootDeviceHints {
  const pairs = text.split(',').map((part) => {
    const [key = '', ...value] = part.split('=');
    return [key.trim(), value.join('=').trim()] as const;
  });
  return Object.fromEntries(pairs.filter(([key, value]) => key !== '' && value !== ''));
}

/** `01-52-54-00-12-34-56` as `52:54:00:12:34:56`. */
export function bootMac(bootif: string): string {
  return bootif.replace(/^01-/, '').replaceAll('-', ':').toLowerCase();
}

/** The command line without what must not leave the machine. */
export function redacted(commandLine: string): string {
  return commandLine.replace(/(ipa-agent-token=)\S+/g, '$1***');
}
