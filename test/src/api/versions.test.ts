import { describe, expect, it } from 'vitest';
import { MAX_MINOR, negotiate } from '../../../src/api/baremetal/versions.ts';

describe('version negotiation', () => {
  it.each([
    [{}, 1],
    [{ 'x-openstack-ironic-api-version': '1.78' }, 78],
    [{ 'x-openstack-ironic-api-version': 'latest' }, MAX_MINOR],
    [{ 'openstack-api-version': 'baremetal 1.76', 'x-openstack-ironic-api-version': '1.50' }, 76],
    [{ 'openstack-api-version': 'compute 2.1, baremetal 1.30' }, 30],
    [{ 'openstack-api-version': 'compute 2.1', 'x-openstack-ironic-api-version': '1.20' }, 20],
  ])('%j means minor %i', (headers, minor) => {
    expect(negotiate(headers)).toEqual({ minor });
  });

  it.each(['1.500', '1.0', '2.1', 'new', '1.78.1', '1.99999999999'])('%s is refused with the range', (value) => {
    expect(negotiate({ 'x-openstack-ironic-api-version': value })).toEqual({
      refusal: expect.stringContaining(`[1.1, 1.${MAX_MINOR}]`),
    });
  });
});
