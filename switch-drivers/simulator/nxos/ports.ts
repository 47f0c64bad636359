import { type PortView, portViews as viewsOf } from '../cli/port-views.ts';
import type { SwitchModel } from '../model/switch-model.ts';
import { shortName } from './interface-names.ts';

export type { PortView };

export function portViews(model: SwitchModel): PortView[] {
  return viewsOf(model, shortName);
}
