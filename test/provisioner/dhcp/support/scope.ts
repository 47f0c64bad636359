import type { DhcpScope } from '../../../../provisioner/dhcp/scope.ts';

export const PROVISIONING: DhcpScope = {
  name: 'provisioning',
  role: 'provisioning',
  subnet: '127.77.0.0/24',
  range: { first: '127.77.0.100', last: '127.77.0.109' },
  serverAddress: '127.77.0.1',
  httpBase: 'http://127.77.0.1:8080',
  router: '127.77.0.254',
  leaseSeconds: 600,
  open: false,
};

export const INSPECTION: DhcpScope = {
  ...PROVISIONING,
  name: 'inspection',
  role: 'inspection',
  subnet: '127.78.0.0/24',
  range: { first: '127.78.0.10', last: '127.78.0.12' },
  serverAddress: '127.78.0.1',
  router: undefined,
  open: true,
};
