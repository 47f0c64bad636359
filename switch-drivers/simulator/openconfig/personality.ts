import { faultOf } from '../netconf/fault.ts';
import { ModelStore } from '../netconf/model-store.ts';
import { startNetconfServer } from '../netconf/server.ts';
import type { SimulatedPlatform } from '../platform.ts';
import { schema } from './elements.ts';
import { parse } from './parse.ts';
import { render } from './render.ts';
import { state } from './state.ts';

const capability = (name: string) => `urn:ietf:params:netconf:capability:${name}`;

/** A device that can do all that the transport makes use of. */
export const CANDIDATE = ['candidate:1.0', 'confirmed-commit:1.1', 'validate:1.1', 'startup:1.0'].map(capability);
/** A device without a candidate: edits are in force at once. */
export const RUNNING_ONLY = ['writable-running:1.0', 'rollback-on-error:1.0', 'validate:1.0', 'startup:1.0'].map(
  capability,
);

/** A switch of no vendor in particular that is told what to do in OpenConfig models. */
export function openconfigWith(capabilities: readonly string[]): SimulatedPlatform {
  return {
    platform: 'openconfig-netconf',
    refusal: 'invalid configuration',
    operations: ['lock', 'discard-changes', 'edit-config', 'validate', 'commit', 'unlock'],
    portNames: (count) => Array.from({ length: count }, (_, index) => `Ethernet${index + 1}`),
    async serve(device, options) {
      const { model } = device;
      return startNetconfServer({
        ...options,
        simulated: device,
        capabilities,
        schema,
        backing: new ModelStore(model, { parse, render }),
        validate: (tree) => faultOf(() => parse(tree, model.running)),
        state: () => state(model),
        save: () => device.save(),
      });
    },
  };
}

export const openconfig = openconfigWith(CANDIDATE);
